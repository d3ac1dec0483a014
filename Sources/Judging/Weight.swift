import Definition
import Notation

/// The weight of a contribution by its age, applied exactly.
///
/// A contribution is points x weight rounded to a micro-point. The fast path works in binary64 and
/// knows a bound on its own error; where that could touch the rounding, the slow path computes the
/// same product in integers. So no library's last bit reaches a result.
struct Weight: Sendable {
  /// 2^(-i/256) for i from 0 to 255.
  private let roots: Fixed<Double>

  init() {
    roots = Fixed(count: 256) { i in
      // The nearest binary64 of the fixed-point root; 2^-127 is exact.
      Double(Weight.powerOfHalf(UInt64(i), 256)) * 0x1p-127
    }
  }

  /// Returns `points` aged: 2^(-age / half-life), times 1 - age / fade, and 0 once expired.
  func apply(_ aging: Aging, to points: Micropoints, age: Milliseconds) -> Micropoints {
    apply(factor(of: AgingCurve(aging), age: age), aging, to: points, age: age)
  }

  /// The weight itself, to 20 x 2^-53 of it; an event's rules mostly share it.
  @inline(__always)
  func factor(of curve: borrowing AgingCurve, age: Milliseconds) -> Double {
    if age >= curve.end { return 0 }
    var factor = 1.0
    if curve.halfLife > 0 {
      let (halvings, rest) = curve.halvings(at: age)
      // Points have at most 50 bits: what is halved 52 times rounds to 0.
      if halvings > 52 { return 0 }
      factor = root(Double(rest) * curve.perHalfLife)
      factor *= Double(bitPattern: UInt64(bitPattern: 1023 &- halvings) &<< 52)
    }
    if curve.fade > 0 { factor *= Double(curve.fade &- age) * curve.perFade }
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
    // Numbers of this size have no fraction, so that adding one rounds; what the sum is more than it,
    // in units of its last bit, is the whole number.
    let rounder = 0x1.8p52
    let rounded = value + rounder
    let fromTie = 0.5 - abs(value - (rounded - rounder))
    // Against the error of the factor and of the product; beyond 2^47 no value passes.
    if fromTie > abs(value) * 0x1p-48 + 0x1p-40 {
      return Micropoints(bitPattern: rounded.bitPattern &- rounder.bitPattern)
    }
    return Weight.exact(aging(), points, age)
  }

  /// 2^-x for x in [0, 1): a table for the first eight bits, a Taylor polynomial for the rest.
  ///
  /// In units of 2^-53 of the result: the polynomial ends 11 short of its series, its roundings are 4,
  /// those of the table and the product 2; x, off by 2 such units, brings 2.
  @inline(__always)
  func root(_ x: Double) -> Double {
    let step = min(Int(x * 256), 255)
    let y = (x * 256 - Double(step)) * (-0.693_147_180_559_945_3 / 256)
    let square = y * y
    return roots[step] * ((1 + y) + square * ((1 / 2 + y * (1 / 6)) + square * (1 / 24)))
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
