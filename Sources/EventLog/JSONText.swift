/// Returns `text` as a JSON string, quotes included.
func jsonString(_ text: String) -> String {
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
func appendJSONString(_ utf8: some Sequence<UInt8>, to line: inout [UInt8]) {
  let digits = Array("0123456789abcdef".utf8)
  line.append(UInt8(ascii: "\""))
  for byte in utf8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      line.append(UInt8(ascii: "\\"))
      line.append(byte)
    case 0x09: line.append(contentsOf: "\\t".utf8)
    case 0x0A: line.append(contentsOf: "\\n".utf8)
    case 0x0D: line.append(contentsOf: "\\r".utf8)
    case 0..<0x20:
      line.append(contentsOf: "\\u00".utf8)
      line.append(digits[Int(byte >> 4)])
      line.append(digits[Int(byte & 15)])
    default: line.append(byte)
    }
  }
  line.append(UInt8(ascii: "\""))
}
