/// Whether bytes are UTF-8 as RFC 3629 has it: no overlong form, no surrogate, nothing past
/// U+10FFFF, nothing cut short.
func isUTF8(_ bytes: [UInt8]) -> Bool {
  var at = 0
  while at < bytes.count {
    guard let length = lengthOfSequence(bytes, at: at) else { return false }
    at += length
  }
  return true
}

private func lengthOfSequence(_ bytes: [UInt8], at start: Int) -> Int? {
  let lead = bytes[start]
  if lead < 0x80 { return 1 }
  let length: Int
  var code: UInt32
  let least: UInt32
  switch lead {
  case 0xC0...0xDF: (length, code, least) = (2, UInt32(lead & 0x1F), 0x80)
  case 0xE0...0xEF: (length, code, least) = (3, UInt32(lead & 0x0F), 0x800)
  case 0xF0...0xF7: (length, code, least) = (4, UInt32(lead & 0x07), 0x10000)
  default: return nil
  }
  guard start + length <= bytes.count else { return nil }
  for byte in bytes[(start + 1)..<(start + length)] {
    guard byte & 0xC0 == 0x80 else { return nil }
    code = code << 6 | UInt32(byte & 0x3F)
  }
  guard code >= least, Unicode.Scalar(code) != nil else { return nil }
  return length
}
