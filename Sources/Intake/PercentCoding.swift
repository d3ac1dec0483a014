/// Returns the value of two hexadecimal digits.
func hexadecimalValue(_ digits: ArraySlice<UInt8>) -> UInt8? {
  guard digits.count == 2 else { return nil }
  var value: UInt8 = 0
  for digit in digits {
    switch digit {
    case 0x30...0x39: value = value << 4 + (digit - 0x30)
    case 0x41...0x46: value = value << 4 + (digit - 0x41 + 10)
    case 0x61...0x66: value = value << 4 + (digit - 0x61 + 10)
    default: return nil
    }
  }
  return value
}

/// Decodes a value of a query as forms encode it: `%HH`, and `+` for a space.
func formDecoded(_ value: ArraySlice<UInt8>) -> [UInt8] {
  var result: [UInt8] = []
  var rest = value
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), let decoded = hexadecimalValue(rest.prefix(2)) {
      result.append(decoded)
      rest = rest.dropFirst(2)
    } else {
      result.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
    }
  }
  return result
}

/// Returns the bytes as text; what is not UTF-8, and what is in `range`, stands as `%HH`.
///
/// Encoding keeps two strange paths two, where a replacement character would make them one.
func text(_ bytes: [UInt8], encoding range: ClosedRange<UInt8>? = nil) -> String {
  let isText = String(validating: bytes, as: UTF8.self) != nil
  guard !isText || range.map({ range in bytes.contains { range.contains($0) } }) == true else {
    return String(decoding: bytes, as: UTF8.self)
  }
  let digits = Array("0123456789ABCDEF".utf8)
  var result: [UInt8] = []
  for byte in bytes {
    if (!isText && byte >= 0x80) || range?.contains(byte) == true {
      result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    } else {
      result.append(byte)
    }
  }
  return String(decoding: result, as: UTF8.self)
}
