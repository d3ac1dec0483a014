/// Why a number is no whole number of millionths within bounds.
package enum DecimalFault: Error {
  case tooManyDecimals
  case tooLarge
}

/// Returns a JSON number's millionths, exactly: it never passes through binary64.
///
/// `most`: beyond that whole number it is too large.
package func parseMillionths(
  _ number: String, atMost most: Int64 = 1_000_000_000
) throws(DecimalFault) -> Int64 {
  let parts = number.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) {
    $0 | 0x20 == 0x65
  }
  let isNegative = number.utf8.first == UInt8(ascii: "-")
  var digits: [UInt8] = []
  var scale = 6
  var sawPoint = false
  for byte in parts[0].dropFirst(isNegative ? 1 : 0) {
    if byte == UInt8(ascii: ".") {
      sawPoint = true
    } else {
      if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - UInt8(ascii: "0")) }
      if sawPoint { scale -= 1 }
    }
  }
  while digits.last == 0 {
    digits.removeLast()
    scale += 1
  }
  if digits.isEmpty { return 0 }
  if parts.count == 2 {
    let written = String(decoding: parts[1], as: UTF8.self)
    // An exponent that does not even fit an Int is too large or too small by far.
    let power = Int(written) ?? (written.hasPrefix("-") ? Int.min / 4 : Int.max / 4)
    scale += max(min(power, Int.max / 4), Int.min / 4)
  }
  if scale < 0 { throw .tooManyDecimals }
  // 18 digits fit an Int64 whatever they are.
  if digits.count + scale > 18 { throw .tooLarge }
  var value = digits.reduce(Int64(0)) { $0 * 10 + Int64($1) }
  for _ in 0..<scale { value *= 10 }
  if value > most * 1_000_000 { throw .tooLarge }
  return isNegative ? -value : value
}
