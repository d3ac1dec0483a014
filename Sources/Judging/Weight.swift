import Definition

/// The weight of a contribution by its age, applied exactly.
///
/// A contribution is points x weight rounded to a micro-point. The fast path works in binary64 and
/// knows a bound on its own error; where that could touch the rounding, the slow path computes the
/// same product in integers. So no library's last bit reaches a result.
struct Weight: Sendable {
  /// 2^(-i/64) for i from 0 to 63.
  private let roots: Fixed<Double>

  init() {
    roots = Fixed(count: 64) { i in
      // The nearest binary64 of the fixed-point root; 2^-127 is exact.
      Double(Weight.powerOfHalf(UInt64(i), 64)) * 0x1p-127
    }
  }

  /// Returns `points` aged: 2^(-age / half-life), times 1 - age / fade, and 0 once expired.
  func apply(_ aging: Aging, to points: Micropoints, age: Milliseconds) -> Micropoints {
    apply(factor(of: aging, age: age), aging, to: points, age: age)
  }

  /// The weight itself, to about a dozen roundings; an event's rules mostly share it.
  func factor(of aging: Aging, age: Milliseconds) -> Double {
    if let expires = aging.expires, age >= expires { return 0 }
    var factor = 1.0
    if let halfLife = aging.halfLife {
      let halvings = age / halfLife
      // Points have at most 50 bits: what is halved 52 times rounds to 0.
      if halvings > 52 { return 0 }
      factor = root(Double(age - halvings * halfLife) / Double(halfLife))
      factor *= Double(sign: .plus, exponent: -Int(halvings), significand: 1)
    }
    if let fade = aging.fade {
      if age >= fade { return 0 }
      factor *= Double(fade - age) / Double(fade)
    }
    return factor
  }

  /// Returns points times their factor, rounded as the exact product is.
  @inline(__always)
  func apply(
    _ factor: Double, _ aging: @autoclosure () -> Aging, to points: Micropoints, age: Milliseconds
  ) -> Micropoints {
    // What is this near to 1 is a weight of 1: points have at most 50 bits.
    if factor == 1 { return points }
    let value = Double(points) * factor
    let whole = Micropoints(value)
    let fraction = abs(value - Double(whole))
    // Distance to the tie, against the error of at most a dozen roundings.
    if abs(fraction - 0.5) > abs(value) * 0x1p-48 + 0x1p-40 {
      return fraction < 0.5 ? whole : value < 0 ? whole - 1 : whole + 1
    }
    return Weight.exact(aging(), points, age)
  }

  /// 2^-x for x in [0, 1): a table for the first six bits, a Taylor polynomial for the rest.
  @inline(__always)
  private func root(_ x: Double) -> Double {
    let step = Int(x * 64)
    let y = (x - Double(step) / 64) * -0.693_147_180_559_945_3
    let series =
      1 + y * (1 + y * (1 / 2 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720))))))
    return roots[min(step, 63)] * series
  }

  @inline(never)
  static func exact(_ aging: Aging, _ points: Micropoints, _ age: Milliseconds) -> Micropoints {
    let fade = UInt128(aging.fade ?? 1)
    let left = UInt128(aging.fade.map { $0 - age } ?? 1)
    let halvings = aging.halfLife.map { age / $0 } ?? 0
    let rest = aging.halfLife.map { age % $0 } ?? 0
    let magnitude: UInt128
    if rest == 0 {
      let denominator = fade << UInt128(halvings)
      magnitude = (2 * UInt128(points.magnitude) * left + denominator) / (2 * denominator)
    } else {
      // 2^(-rest / half-life) with 77 bits: with points' 50 it fills the word, and it is
      // irrational, so that no tie is to be decided.
      let power = powerOfHalf(UInt64(rest), UInt64(aging.halfLife ?? 1)) >> 50
      let scaled = UInt128(points.magnitude) * power / fade * left
      let shift = UInt128(77 + halvings)
      magnitude = ((scaled >> (shift - 1)) + 1) >> 1
    }
    return points < 0 ? -Micropoints(magnitude) : Micropoints(magnitude)
  }

  /// Returns 2^(-numerator / denominator) x 2^127 for a fraction in [0, 1), good to 120 bits.
  ///
  /// exp(-z) with z = x ln 2, by its Taylor series in fixed point.
  static func powerOfHalf(_ numerator: UInt64, _ denominator: UInt64) -> UInt128 {
    let one: UInt128 = 1 << 127
    // ln 2 x 2^127.
    let ln2: UInt128 = 0x58b9_0bfb_e8e7_bcd5_e4f1_d9cc_01f9_7b57
    let wide = ln2.multipliedFullWidth(by: UInt128(numerator))
    let z = UInt128(denominator).dividingFullWidth((wide.high, wide.low)).quotient
    var sum = one
    var term = one
    var k: UInt128 = 1
    while term > 0 {
      let product = term.multipliedFullWidth(by: z)
      term = (product.high << 1 | product.low >> 127) / k
      sum = k & 1 == 1 ? sum - term : sum + term
      k += 1
    }
    return sum
  }
}
