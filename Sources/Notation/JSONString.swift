/// Returns `text` as a JSON string, quotes included.
package func jsonString(_ text: String) -> String {
  var bytes: [UInt8] = []
  appendJSONString(text.utf8, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

/// Returns UTF-8 bytes as those of a JSON string, quotes included.
package func jsonString(_ utf8: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = []
  appendJSONString(utf8, to: &bytes)
  return bytes
}

/// Appends UTF-8 bytes as a JSON string, escaping no more than JSON asks for.
///
/// `shortEscapes`: whether tabs and line ends are written as `\t`, `\n` and `\r`, else as `\u0009` and so on.
package func appendJSONString(
  _ utf8: some Sequence<UInt8>, to text: inout [UInt8], shortEscapes: Bool = true
) {
  text.append(UInt8(ascii: "\""))
  for byte in utf8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      text.append(UInt8(ascii: "\\"))
      text.append(byte)
    case 0x09 where shortEscapes: text.append(contentsOf: "\\t".utf8)
    case 0x0A where shortEscapes: text.append(contentsOf: "\\n".utf8)
    case 0x0D where shortEscapes: text.append(contentsOf: "\\r".utf8)
    case 0..<0x20:
      text.append(contentsOf: "\\u00".utf8)
      text.append(hexDigit(byte >> 4))
      text.append(hexDigit(byte & 15))
    default: text.append(byte)
    }
  }
  text.append(UInt8(ascii: "\""))
}

private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
