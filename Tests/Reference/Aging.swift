import Foundation

/// What one occurrence contributes.
struct Contribution {
  /// In millionths.
  var micro: Int
  /// Whether binary floating point was used within about 1e-6 of a rounding tie.
  var nearTie: Bool
}

extension Aging {
  /// "A contribution is points × weight rounded to a millionth", for an occurrence of that age.
  func contribution(points: Int, age: Int) -> Contribution {
    // "`expires: E` → 0 if a ≥ E"
    if let expires, age >= expires { return Contribution(micro: 0, nearTie: false) }
    // "`fade: F` → max(0, 1 − a/F)" is (F − a) / F until it is 0.
    var numerator = Int128(points)
    var denominator: Int128 = 1
    if let fade {
      numerator *= Int128(max(0, fade - age))
      denominator *= Int128(fade)
    }
    guard let halfLife, numerator != 0 else {
      return Contribution(micro: roundedQuotient(numerator, denominator), nearTie: false)
    }
    // "`half_life: H` → 2^(−a/H)": whole half-lives are exact.
    let halvings = age / halfLife
    let rest = age % halfLife
    if halvings > 60 { return Contribution(micro: 0, nearTie: false) }
    if rest == 0 {
      let exact = roundedQuotient(numerator, denominator << Int128(halvings))
      return Contribution(micro: exact, nearTie: false)
    }
    let weighted =
      Double(numerator) / Double(denominator) * exp2(-Double(rest) / Double(halfLife))
      / Double(1 << halvings)
    return Aging.roundedWithCare(weighted)
  }

  private static func roundedWithCare(_ value: Double) -> Contribution {
    let fromTie = abs(abs(value).truncatingRemainder(dividingBy: 1) - 0.5)
    // What is large is known less well.
    let doubt = 1e-6 + abs(value) * 2e-15
    return Contribution(
      micro: Int(value.rounded(.toNearestOrAwayFromZero)), nearTie: fromTie < doubt)
  }
}
