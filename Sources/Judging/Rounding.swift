import Notation

// Every rounding is half away from zero.

/// Returns `numerator / denominator` rounded to a whole number; `denominator` is above 0.
package func roundedQuotient(_ numerator: Int128, _ denominator: Int128) -> Int128 {
  if let small = Int64(exactly: numerator), let divisor = Int64(exactly: denominator),
    small.magnitude < 1 << 61, divisor < 1 << 61
  {
    // Dividing 128 bits takes five times as long.
    let magnitude = (2 * small.magnitude + divisor.magnitude) / (2 * divisor.magnitude)
    return small < 0 ? -Int128(magnitude) : Int128(magnitude)
  }
  return rounded(
    numerator.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude), denominator,
    isNegative: numerator < 0)
}

/// Returns `value x factor / divisor` rounded to a whole number that 127 bits hold, though the product may
/// have 254; `factor` and `divisor` are above 0.
func scaled(_ value: Int128, by factor: Int128, over divisor: Int128) -> Int128 {
  let (product, isTooLarge) = value.multipliedReportingOverflow(by: factor)
  if !isTooLarge { return roundedQuotient(product, divisor) }
  let wide = value.magnitude.multipliedFullWidth(by: factor.magnitude)
  return rounded(
    divisor.magnitude.dividingFullWidth((wide.high, wide.low)), divisor, isNegative: value < 0)
}

private func rounded(
  _ division: (quotient: UInt128, remainder: UInt128), _ divisor: Int128, isNegative: Bool
) -> Int128 {
  let isUp = division.remainder >= divisor.magnitude - division.remainder
  let magnitude = Int128(division.quotient) + (isUp ? 1 : 0)
  return isNegative ? -magnitude : magnitude
}

/// Returns micro-points rounded to whole points.
package func wholePoints(_ micropoints: Micropoints) -> Int64 {
  let whole = micropoints / 1_000_000
  let rest = micropoints % 1_000_000
  return whole + (rest >= 500_000 ? 1 : rest <= -500_000 ? -1 : 0)
}

/// Results are held within so many points, either way: twelve digits, which leaves room for all that is added
/// to them, and is far from what stands for absent.
package let resultMax: Int64 = 999_999_999_999

/// Returns what an exact sum of the scores of an account's leads is told as.
package func heldTotal(_ sum: Int128) -> Int64 { held(sum, within: resultMax) }

/// Returns an exact sum of points held within bounds, or one of micro-points within bounds of these.
func held(_ sum: Int128, within bound: Int64) -> Int64 {
  Int64(min(max(sum, -Int128(bound)), Int128(bound)))
}
