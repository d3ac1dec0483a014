/// Takes a byte order mark off the beginning of a file.
struct ByteOrderMark {
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The first bytes, as long as they could still be a mark; nil from then on.
  private var start: [UInt8]? = []

  /// Returns the bytes that are the file's next, without the mark: what was held back, and the others.
  mutating func strip(
    _ bytes: UnsafeRawBufferPointer
  ) -> (held: [UInt8], rest: UnsafeRawBufferPointer) {
    guard let held = start else { return ([], bytes) }
    let beginning = held + bytes.prefix(Self.mark.count - held.count)
    let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(beginning.count - held.count))
    if beginning.count < Self.mark.count, Self.mark.starts(with: beginning) {
      start = beginning
      return ([], rest)
    }
    start = nil
    return (beginning == Self.mark ? [] : beginning, rest)
  }

  /// Returns what was held back at the end of the file.
  mutating func finish() -> [UInt8] {
    defer { start = nil }
    return start ?? []
  }
}
