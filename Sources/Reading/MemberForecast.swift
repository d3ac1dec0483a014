import Definition

/// Guesses which member of an event comes next.
///
/// Programs write their events' members in one order, so after `time` comes what came after it last
/// time. A guess that is right costs a comparison of sixteen bytes instead of scanning a name and
/// looking it up; a wrong one costs that comparison.
struct MemberForecast {
  /// A name met, as it stands in a line with its quotes and its colon.
  private struct Name {
    var token: (UInt64, UInt64)
    var mask: (UInt64, UInt64)
    var byteCount: Int
    var slot: Int
    /// The names that followed it last.
    var followers: (Int, Int, Int, Int)
  }

  private let names: UnsafeMutablePointer<Name>
  private var nameCount = 1
  /// The first name is none: what stands before the first member.
  static let start = 0
  /// A name that is not among those met.
  static let unknown = 0

  private static let nameCountMax = 64
  private static let tokenByteCountMax = 16

  init() {
    names = .allocate(capacity: Self.nameCountMax)
    // No token is empty, so this one is never guessed right.
    names.initialize(
      to: Name(token: (0, 0), mask: (.max, .max), byteCount: 0, slot: -1, followers: (0, 0, 0, 0)))
  }

  func deallocate() { names.deallocate() }

  /// Returns the name that stands at a position, if it is one of those that are expected behind
  /// another.
  @inline(__always)
  func guess(after name: Int, at position: Position) -> (name: Int, slot: Int, byteCount: Int)? {
    let bytes = UnsafeRawPointer(position)
    let low = bytes.loadUnaligned(as: UInt64.self)
    let high = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    let (first, second, third, fourth) = names[name].followers
    let found: Int
    if isAt(first, low, high) {
      found = first
    } else if isAt(second, low, high) {
      found = second
    } else if isAt(third, low, high) {
      found = third
    } else if isAt(fourth, low, high) {
      found = fourth
    } else {
      return nil
    }
    return (found, names[found].slot, names[found].byteCount)
  }

  @inline(__always)
  private func isAt(_ name: Int, _ low: UInt64, _ high: UInt64) -> Bool {
    let guess = names + name
    return (low ^ guess.pointee.token.0) & guess.pointee.mask.0
      | (high ^ guess.pointee.token.1) & guess.pointee.mask.1 == 0
  }

  /// Remembers that a name came behind another; returns its number.
  ///
  /// `token`: where its opening quote stands; its colon is the last of `byteCount` bytes.
  @inline(never)
  mutating func learn(_ token: Position, _ byteCount: Int, slot: Int, after name: Int) -> Int {
    guard byteCount <= Self.tokenByteCountMax else { return Self.unknown }
    let low = loadPrefix(token, byteCount)
    let high = byteCount > 8 ? loadPrefix(token + 8, byteCount - 8) : 0
    var found = 1
    while found < nameCount, names[found].token != (low, high) { found += 1 }
    if found == nameCount {
      guard nameCount < Self.nameCountMax else { return Self.unknown }
      (names + found).initialize(
        to: Name(
          token: (low, high), mask: (mask(byteCount), mask(byteCount - 8)), byteCount: byteCount,
          slot: slot, followers: (0, 0, 0, 0)))
      nameCount += 1
    }
    let followers = names[name].followers
    names[name].followers = (found, followers.0, followers.1, followers.2)
    return found
  }

  private func mask(_ byteCount: Int) -> UInt64 {
    byteCount >= 8 ? .max : byteCount <= 0 ? 0 : (1 << UInt64(byteCount * 8)) - 1
  }
}
