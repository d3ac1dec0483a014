/// Returns the number a text is, if it is exactly one JSON number (RFC 8259) with nothing around it.
///
/// The result is the nearest binary64; a number beyond its range is none.
/// - Complexity: O(n), with no allocation for up to 19 digits and small exponents.
package func jsonNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
  guard let literal = NumberLiteral(bytes) else { return nil }
  // Clinger's fast path: both factors are exact in binary64, so one rounding is all there is.
  if literal.isExact, literal.mantissa < 1 << 53, abs(literal.exponent) <= 22 {
    let magnitude = Double(literal.mantissa)
    let power = powersOfTen[abs(literal.exponent)]
    let value = literal.exponent < 0 ? magnitude / power : magnitude * power
    return literal.isNegative ? -value : value
  }
  // The standard library rounds correctly and knows no locale.
  guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
    return nil
  }
  return value
}

/// Returns the number a text is, see above.
package func jsonNumber(_ text: String) -> Double? {
  var copy = text
  return copy.withUTF8 { jsonNumber($0) }
}

/// A JSON number taken apart: mantissa × 10 ^ exponent.
private struct NumberLiteral {
  var isNegative = false
  var mantissa: UInt64 = 0
  var exponent = 0
  /// Whether mantissa and exponent held everything that was written.
  var isExact = true

  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") {
      isNegative = true
      index += 1
    }
    let start = index
    takeDigits(bytes, &index)
    guard index > start, index == start + 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let fraction = index
      takeDigits(bytes, &index)
      guard index > fraction else { return nil }
      exponent -= index - fraction
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      guard takeExponent(bytes, &index) else { return nil }
    }
    guard index == bytes.count else { return nil }
  }

  private mutating func takeDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
    while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 {
      // 10 × this + 9 still fits; more digits are left to the slow path.
      if mantissa < 1 << 60 {
        mantissa = mantissa * 10 + UInt64(bytes[index] - UInt8(ascii: "0"))
      } else {
        isExact = false
      }
      index += 1
    }
  }

  private mutating func takeExponent(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Bool {
    var isDown = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isDown = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    let start = index
    var power = 0
    while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 {
      if power < 100_000 { power = power * 10 + Int(bytes[index] - UInt8(ascii: "0")) }
      index += 1
    }
    exponent += isDown ? -power : power
    return index > start
  }
}

/// 10 ^ 0 to 10 ^ 22, the powers of ten that binary64 holds exactly.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]
