import Foundation

extension Aging {
  /// "A contribution is points × weight rounded to a millionth", in millionths, for an occurrence of
  /// that age.
  func contribution(points: Int, age: Int) -> Int {
    // "`expires: E` → 0 if a ≥ E"
    if let expires, age >= expires { return 0 }
    // "`fade: F` → max(0, 1 − a/F)" is (F − a) / F until it is 0.
    var numerator = Int128(points)
    var denominator: Int128 = 1
    if let fade {
      numerator *= Int128(max(0, fade - age))
      denominator *= Int128(fade)
    }
    guard let halfLife, numerator != 0 else {
      return Int(roundedQuotient(numerator, denominator))
    }
    // "`half_life: H` → 2^(−a/H)": whole half-lives are exact.
    let halvings = age / halfLife
    let rest = age % halfLife
    if halvings > 60 { return 0 }
    if rest == 0 { return Int(roundedQuotient(numerator, denominator << Int128(halvings))) }
    let weighted =
      Double(numerator) / Double(denominator) * exp2(-Double(rest) / Double(halfLife))
      / Double(1 << halvings)
    // Binary floating point is not to be trusted near a tie; what is large it knows less well.
    let fromTie = abs(abs(weighted).truncatingRemainder(dividingBy: 1) - 0.5)
    if fromTie > 1e-6 + abs(weighted) * 2e-15 {
      return Int(weighted.rounded(.toNearestOrAwayFromZero))
    }
    let magnitude = Aging.rounded(
      numerator.magnitude, HalfLives.power(rest, halfLife),
      over: denominator << Int128(halvings))
    return points < 0 ? -magnitude : magnitude
  }

  /// numerator × power ÷ denominator, rounded; the power is irrational, so there is no tie.
  private static func rounded(
    _ numerator: UInt128, _ power: Natural, over denominator: Int128
  ) -> Int {
    let bounds = [power, power + HalfLives.doubt].map { power in
      // A whole part is all that rounding a quotient down asks for.
      let doubled = (Natural(2 * numerator) * power).halved(HalfLives.bits).whole ?? 0
      return Int((doubled + denominator) / (2 * denominator))
    }
    precondition(bounds[0] == bounds[1], "256 bits do not tell which way this rounds")
    return bounds[0]
  }
}
