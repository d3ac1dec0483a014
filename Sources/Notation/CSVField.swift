/// Returns texts as a line of a CSV file, without its line feed.
package func csvLine(_ texts: [String]) -> String {
  texts.map { csvField($0) }.joined(separator: ",")
}

/// Returns a text as it stands in a CSV file: in quotes where RFC 4180 wants them.
package func csvField(_ text: String) -> String {
  String(decoding: csvField(Array(text.utf8)), as: UTF8.self)
}

/// Returns a text's bytes as they stand in a CSV file.
package func csvField(_ text: [UInt8]) -> [UInt8] {
  let quote = UInt8(ascii: "\"")
  guard text.withUnsafeBufferPointer(needsCSVQuotes) else { return text }
  return [quote] + text.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
}

/// Returns a field of a CSV file as it was before it was quoted.
package func csvText(_ field: some Collection<UInt8>) -> [UInt8] {
  let quote = UInt8(ascii: "\"")
  guard field.first == quote else { return Array(field) }
  var text: [UInt8] = []
  var isSecond = false
  for byte in field.dropFirst().dropLast() {
    isSecond = byte == quote && !isSecond
    if !isSecond { text.append(byte) }
  }
  return text
}

/// Whether RFC 4180 wants a text in quotes, for a comma, a quote or a line break in it: eight bytes at
/// a time, by which of them are equal to one of the four.
@inlinable @inline(__always)
public func needsCSVQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
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
