import Definition
import Notation

/// The weight of a contribution by its age, applied exactly.
///
/// A contribution is points x weight rounded to a micro-point. The fast path works in binary64 and
/// knows a bound on its own error; where that could touch the rounding, the slow path computes the
/// same product in whole numbers, with as many bits as it takes. So no library's last bit reaches a
/// result.
struct Weight: Sendable {
  private let roots = Weight.roots

  /// 2^(-i/256) for i from 0 to 255, each the nearest binary64.
  static let roots: Fixed<Double> = {
    let root = PowerOfHalf(1, 256, wordCount: 2).scaled
    var power = root
    return Fixed(count: 256) { index in
      guard index > 0 else { return 1 }
      defer { power = (power * root).shiftedDown(2) }
      return Double(power.exactly ?? 0) * 0x1p-128
    }
  }()

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
    let left = UInt128(aging.fade.map { $0 - age } ?? 1)
    let halvings = aging.halfLife.map { age / $0 } ?? 0
    let product = ExactProduct(
      numerator: UInt128(points.magnitude) * left,
      denominator: UInt128(aging.fade ?? 1) << UInt128(halvings))
    let rest = aging.halfLife.map { age % $0 } ?? 0
    let magnitude =
      rest == 0
      ? product.rounded : product.rounded(times: UInt64(rest), over: UInt64(aging.halfLife ?? 1))
    return points < 0 ? -Micropoints(magnitude) : Micropoints(magnitude)
  }
}

/// A fraction of two numbers below 2^96, and what it rounds to.
private struct ExactProduct {
  let numerator: UInt128
  let denominator: UInt128

  var rounded: UInt128 { (2 * numerator + denominator) / (2 * denominator) }

  /// Returns it times 2^(-rest / halfLife) for a rest below the half-life and above 0, rounded.
  ///
  /// More bits are asked for until all that the power may be rounds alike. That happens: the power is
  /// irrational, and so is the product, which therefore lies some way off every tie.
  func rounded(times rest: UInt64, over halfLife: UInt64) -> UInt128 {
    var wordCount = 2
    while true {
      let power = PowerOfHalf(rest, halfLife, wordCount: wordCount)
      var (low, high) = (power.scaled, power.scaled)
      low -= WideNumber(power.error)
      high += WideNumber(power.error)
      let roundings = (rounded(times: low, wordCount), rounded(times: high, wordCount))
      if roundings.0 == roundings.1 { return roundings.0 }
      wordCount *= 2
    }
  }

  private func rounded(times power: WideNumber, _ wordCount: Int) -> UInt128 {
    // Rounding down twice is rounding down once: what is left of the first is less than a whole number.
    let doubled = (WideNumber(2 * numerator) * power).shiftedDown(wordCount)
    return ((doubled.exactly ?? .max) + denominator) / (2 * denominator)
  }
}
