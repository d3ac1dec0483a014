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
package func pointsText(_ points: Micropoints) -> String {
  let magnitude = points.magnitude
  let digits = String(magnitude % 1_000_000)
  var fraction = String(repeating: "0", count: 6 - digits.count) + digits
  while fraction.last == "0" { fraction.removeLast() }
  return (points < 0 ? "-" : "") + String(magnitude / 1_000_000)
    + (fraction.isEmpty ? "" : "." + fraction)
}
