/// Returns the shortest decimal that reads back as the same number, written without an exponent.
///
/// There are no trailing zeros, and no negative zero. The number is finite.
package func shortestDecimal(_ value: Double) -> String {
  if value == 0 { return "0" }
  // The standard library prints the fewest digits that read back the same; only where the point
  // goes is left to do.
  let printed = value.magnitude.description
  var digits: [UInt8] = []
  var pointAt = 0
  var exponent = 0
  var sawPoint = false
  for (offset, byte) in printed.utf8.enumerated() {
    if byte == UInt8(ascii: "e") {
      exponent =
        Int(
          printed.utf8.dropFirst(offset + 1).reduce(into: "") { text, digit in
            text.unicodeScalars.append(Unicode.Scalar(digit))
          }) ?? 0
      break
    }
    if byte == UInt8(ascii: ".") { sawPoint = true; continue }
    digits.append(byte)
    if !sawPoint { pointAt += 1 }
  }
  let sign = value < 0 ? "-" : ""
  return sign + positional(digits, pointAt: pointAt + exponent)
}

/// Returns digits with the point after the given number of them, padded with zeros as needed.
private func positional(_ digits: [UInt8], pointAt: Int) -> String {
  let zero = UInt8(ascii: "0")
  var whole = pointAt > 0 ? Array(digits.prefix(pointAt)) : []
  whole += Array(repeating: zero, count: max(0, pointAt - digits.count))
  var fraction = Array(repeating: zero, count: max(0, -pointAt))
  fraction += digits.dropFirst(max(0, pointAt))
  while whole.first == zero { whole.removeFirst() }
  while fraction.last == zero { fraction.removeLast() }
  let integer = whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)
  return fraction.isEmpty ? integer : integer + "." + String(decoding: fraction, as: UTF8.self)
}
