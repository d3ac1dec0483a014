/// Whether RFC 4180 wants a text in quotes, for a comma, a quote or a line break in it: eight bytes at
/// a time, by which of them are equal to one of the four.
@inline(__always)
func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  let everyByte: UInt64 = 0x0101_0101_0101_0101
  let everyHighBit: UInt64 = 0x8080_8080_8080_8080
  @inline(__always) func marks(_ word: UInt64, _ byte: UInt64) -> UInt64 {
    let difference = word ^ (everyByte &* byte)
    return (difference &- everyByte) & ~difference
  }
  @inline(__always) func hasMark(_ word: UInt64) -> Bool {
    (marks(word, 0x2c) | marks(word, 0x22) | marks(word, 0x0a) | marks(word, 0x0d))
      & everyHighBit != 0
  }
  guard let start = UnsafeRawPointer(text.baseAddress) else { return false }
  var at = 0
  while at + 8 <= text.count {
    if hasMark(start.loadUnaligned(fromByteOffset: at, as: UInt64.self)) { return true }
    at += 8
  }
  if text.count >= 8 {
    // The last eight bytes, of which some have been looked at before.
    return hasMark(start.loadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self))
  }
  var rest: UInt64 = 0
  while at < text.count {
    rest = rest << 8 | UInt64(start.load(fromByteOffset: at, as: UInt8.self))
    at += 1
  }
  return hasMark(rest)
}

extension KeyList {
  /// The bytes of the longest text.
  var byteCountMax: Int { (0..<count).reduce(0) { max($0, self[$1].count) } }

  /// The texts as they stand in a CSV file; the list itself where none of them needs quotes.
  func asFields() -> KeyList {
    guard (0..<count).contains(where: { needsQuotes(self[$0]) }) else { return self }
    let fields = KeyList()
    let csv = CSVWriter()
    for index in 0..<count {
      csv.removeAll()
      csv.field(self[index])
      fields.append(csv.bytes.assumingMemoryBound(to: UInt8.self))
    }
    return fields
  }
}
