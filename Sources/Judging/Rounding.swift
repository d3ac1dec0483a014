import Notation

// Every rounding is half away from zero.

/// Returns `numerator / denominator` rounded to a whole number; `denominator` is above 0.
func roundedQuotient(_ numerator: Int128, _ denominator: Int128) -> Int64 {
  if let small = Int64(exactly: numerator), let divisor = Int64(exactly: denominator),
    small.magnitude < 1 << 61, divisor < 1 << 61
  {
    // Dividing 128 bits takes five times as long.
    let magnitude = (2 * small.magnitude + divisor.magnitude) / (2 * divisor.magnitude)
    return small < 0 ? -Int64(magnitude) : Int64(magnitude)
  }
  let magnitude = (2 * numerator.magnitude + denominator.magnitude) / (2 * denominator.magnitude)
  let limited = min(magnitude, UInt128(Int64.max))
  return numerator < 0 ? -Int64(limited) : Int64(limited)
}

/// Returns micro-points rounded to whole points.
package func wholePoints(_ micropoints: Micropoints) -> Int64 {
  let whole = micropoints / 1_000_000
  let rest = micropoints % 1_000_000
  return whole + (rest >= 500_000 ? 1 : rest <= -500_000 ? -1 : 0)
}
