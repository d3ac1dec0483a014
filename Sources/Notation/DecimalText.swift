/// Returns micro-points as points: exactly, without trailing zeros.
package func pointsText(_ points: Int128) -> String {
  // Dividing 128 bits takes five times as long.
  if let small = Micropoints(exactly: points) { return pointsText(small) }
  let (whole, rest) = points.quotientAndRemainder(dividingBy: 1_000_000)
  // What is this large is not 0, so the sign is the whole number's.
  let fraction = pointsText(Micropoints(rest.magnitude)).dropFirst(1)
  return String(whole) + fraction
}

/// Returns micro-points as points: exactly, without trailing zeros.
package func pointsText(_ points: Micropoints) -> String { decimalText(points, places: 6) }

/// Returns a whole number of 10^-places as a decimal: exactly, without trailing zeros.
package func decimalText(_ value: Int64, places: Int) -> String {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: TextCursor.cellByteCountMax) { room in
    let start = room.baseAddress.unsafelyUnwrapped
    var text = TextCursor(start)
    text.decimal(value, places: places)
    return String(
      decoding: UnsafeBufferPointer(start: start, count: text.at - start), as: UTF8.self)
  }
}

/// Returns a number rounded to so many decimals, without trailing zeros.
package func roundedDecimal(_ value: Double, places: Int = 2) -> String {
  var unit = 1.0
  for _ in 0..<places { unit *= 10 }
  return shortestDecimal((value * unit).rounded() / unit)
}
