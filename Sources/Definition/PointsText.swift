/// Returns micro-points as points: exactly, without trailing zeros.
package func pointsText(_ points: Micropoints) -> String {
  let magnitude = points.magnitude
  let digits = String(magnitude % 1_000_000)
  var fraction = String(repeating: "0", count: 6 - digits.count) + digits
  while fraction.last == "0" { fraction.removeLast() }
  return (points < 0 ? "-" : "") + String(magnitude / 1_000_000)
    + (fraction.isEmpty ? "" : "." + fraction)
}
