#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An estimate's bounds.
package struct Interval: Sendable, Equatable {
  package var low: Double
  package var high: Double

  /// 95% of a normal distribution lie within this many standard deviations of its mean.
  private static let deviations = 1.959_963_984_540_054

  /// The 95% interval of an estimate that errs normally, held within bounds.
  init(_ estimate: Double, deviation: Double, within bounds: ClosedRange<Double>) {
    low = max(bounds.lowerBound, estimate - Interval.deviations * deviation)
    high = min(bounds.upperBound, estimate + Interval.deviations * deviation)
  }
}

/// The chance that a standard normal number is at least this far from 0, to either side.
func twoSidedChance(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }
