/// Returns whether the bytes are well-formed UTF-8: no overlong forms, no surrogates, nothing
/// beyond U+10FFFF.
///
/// Up to 8 bytes past `count` are read.
func isUTF8(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  var i = 0
  while i < count {
    let lead = start[i]
    if lead < 0x80 {
      let word = UnsafeRawPointer(start + i).loadUnaligned(as: UInt64.self)
      i += word & 0x8080_8080_8080_8080 == 0 ? 8 : 1
      continue
    }
    let length: Int
    // The second byte's range is what rules out overlong forms, surrogates and too large values.
    var low: UInt8 = 0x80
    var high: UInt8 = 0xbf
    switch lead {
    case 0xc2...0xdf: length = 2
    case 0xe0:
      length = 3
      low = 0xa0
    case 0xed:
      length = 3
      high = 0x9f
    case 0xe1...0xef: length = 3
    case 0xf0:
      length = 4
      low = 0x90
    case 0xf4:
      length = 4
      high = 0x8f
    case 0xf1...0xf3: length = 4
    default: return false
    }
    guard i + length <= count, start[i + 1] >= low, start[i + 1] <= high else { return false }
    for k in 2..<max(length, 2) where start[i + k] & 0xc0 != 0x80 { return false }
    i += length
  }
  return true
}
