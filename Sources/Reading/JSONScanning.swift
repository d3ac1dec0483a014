#if PRIMITIVES
  import CPrimitives
#endif

// The hot loop's pieces: each takes a position in a line and returns the one behind what it read,
// or nil where the text is not JSON. A line ends at a line feed or, the last, at a zero byte; both
// are errors wherever a token is due, so no piece needs to know where the line ends.

package typealias Position = UnsafePointer<UInt8>

/// What was met on the way through a line's strings.
struct StringMarks {
  /// A backslash in the string scanned last.
  var escaped = false
  /// Not zero once any string had a byte of 0x80 or above.
  var highBits: UInt64 = 0
}

private let everyByte: UInt64 = 0x0101_0101_0101_0101
private let everyHighBit: UInt64 = 0x8080_8080_8080_8080

@inline(__always)
func skipSpace(_ position: Position) -> Position {
  var p = position
  while p.pointee == 0x20 || p.pointee == 0x09 || p.pointee == 0x0d { p += 1 }
  return p
}

/// Scans a string from behind its opening quote to its closing quote.
@inline(__always)
func scanString(_ position: Position, _ marks: inout StringMarks) -> Position? {
  var p = position
  marks.escaped = false
  while true {
    p = plainEnd(p, &marks.highBits)
    if p.pointee == 0x22 { return p }
    guard p.pointee == 0x5c, let behind = scanEscape(p) else { return nil }
    marks.escaped = true
    p = behind
  }
}

/// Where the plain bytes of a string end: at the first quote, backslash or control character.
///
/// `highBits`: no longer zero once any byte before that is 0x80 or above.
@inline(__always)
func plainEnd(_ position: Position, _ highBits: inout UInt64) -> Position {
  #if PRIMITIVES && arch(x86_64)
    return primitivePlainEnd(position, &highBits)
  #else
    return plainEndByWords(position, &highBits)
  #endif
}

/// The same, eight bytes at a time.
///
/// The lowest flagged byte of each of the three tests is exact; borrows can only flag bytes above
/// a true one.
@inline(__always)
func plainEndByWords(_ position: Position, _ highBits: inout UInt64) -> Position {
  var p = position
  while true {
    let word = UnsafeRawPointer(p).loadUnaligned(as: UInt64.self).littleEndian
    let quote = word ^ (everyByte &* 0x22)
    let slash = word ^ (everyByte &* 0x5c)
    let stops =
      (((quote &- everyByte) & ~quote) | ((slash &- everyByte) & ~slash)
        | ((word &- everyByte &* 0x20) & ~word)) & everyHighBit
    if stops == 0 {
      highBits |= word & everyHighBit
      p += 8
      continue
    }
    let bit = UInt64(stops.trailingZeroBitCount)
    highBits |= word & everyHighBit & ((1 &<< (bit &- 7)) &- 1)
    return p + Int(bit >> 3)
  }
}

/// Scans one escape from its backslash on; a surrogate counts only with its other half.
@inline(never)
private func scanEscape(_ position: Position) -> Position? {
  switch position[1] {
  case 0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74: return position + 2
  case 0x75:
    guard let unit = hexUnit(position + 2) else { return nil }
    if unit < 0xd800 || unit > 0xdfff { return position + 6 }
    guard unit < 0xdc00, position[6] == 0x5c, position[7] == 0x75,
      let low = hexUnit(position + 8), low >= 0xdc00, low <= 0xdfff
    else { return nil }
    return position + 12
  default: return nil
  }
}

/// Reads four hexadecimal digits; stops at the first byte that is none, so never beyond the line.
private func hexUnit(_ position: Position) -> UInt32? {
  var unit: UInt32 = 0
  for i in 0..<4 {
    let byte = position[i]
    switch byte {
    case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
    case 0x41...0x46: unit = unit << 4 | UInt32(byte - 0x41 + 10)
    case 0x61...0x66: unit = unit << 4 | UInt32(byte - 0x61 + 10)
    default: return nil
    }
  }
  return unit
}

/// Writes the text of a scanned string with its escapes resolved; returns how many bytes it has,
/// never more than the string has.
@inline(never)
func unescape(_ start: Position, _ count: Int, into output: UnsafeMutablePointer<UInt8>) -> Int {
  var p = start
  let end = start + count
  var length = 0
  while p < end {
    guard p.pointee == 0x5c else {
      output[length] = p.pointee
      length += 1
      p += 1
      continue
    }
    var scalar: UInt32
    switch p[1] {
    case 0x62: scalar = 0x08
    case 0x66: scalar = 0x0c
    case 0x6e: scalar = 0x0a
    case 0x72: scalar = 0x0d
    case 0x74: scalar = 0x09
    case 0x75:
      scalar = hexUnit(p + 2) ?? 0
      p += 4
      if scalar >= 0xd800, scalar <= 0xdbff, let low = hexUnit(p + 4) {
        scalar = 0x10000 + (scalar - 0xd800) << 10 + (low - 0xdc00)
        p += 6
      }
    default: scalar = UInt32(p[1])
    }
    p += 2
    length += encode(scalar, at: output + length)
  }
  return length
}

private func encode(_ scalar: UInt32, at output: UnsafeMutablePointer<UInt8>) -> Int {
  if scalar < 0x80 {
    output[0] = UInt8(scalar)
    return 1
  }
  let tail = UInt8(0x80 | scalar & 0x3f)
  if scalar < 0x800 {
    output[0] = UInt8(0xc0 | scalar >> 6)
    output[1] = tail
    return 2
  }
  let middle = UInt8(0x80 | scalar >> 6 & 0x3f)
  if scalar < 0x10000 {
    output[0] = UInt8(0xe0 | scalar >> 12)
    output[1] = middle
    output[2] = tail
    return 3
  }
  output[0] = UInt8(0xf0 | scalar >> 18)
  output[1] = UInt8(0x80 | scalar >> 12 & 0x3f)
  output[2] = middle
  output[3] = tail
  return 4
}

/// Scans a number: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
@inline(__always)
func scanNumber(_ position: Position) -> Position? {
  var p = position
  if p.pointee == 0x2d { p += 1 }
  if p.pointee == 0x30 {
    p += 1
  } else {
    guard p.pointee &- 0x30 < 10 else { return nil }
    p = skipDigits(p)
  }
  if p.pointee == 0x2e {
    p += 1
    guard p.pointee &- 0x30 < 10 else { return nil }
    p = skipDigits(p)
  }
  if p.pointee | 0x20 == 0x65 {
    p += 1
    if p.pointee == 0x2b || p.pointee == 0x2d { p += 1 }
    guard p.pointee &- 0x30 < 10 else { return nil }
    p = skipDigits(p)
  }
  return p
}

@inline(__always)
private func skipDigits(_ position: Position) -> Position {
  var p = position
  while p.pointee &- 0x30 < 10 { p += 1 }
  return p
}

/// Scans `true`, `false` or `null` by its first byte.
@inline(__always)
func scanLiteral(_ position: Position) -> Position? {
  switch position.pointee {
  case 0x74: matches(position, 4, 0x6575_7274) ? position + 4 : nil
  case 0x66: matches(position + 1, 4, 0x6573_6c61) ? position + 5 : nil
  case 0x6e: matches(position, 4, 0x6c6c_756e) ? position + 4 : nil
  default: nil
  }
}

@inline(__always)
private func matches(_ position: Position, _ count: Int, _ text: UInt64) -> Bool {
  loadPrefix(position, count) == text
}
