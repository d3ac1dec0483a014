import Definition
import Notation

/// How points are made of a value: times a factor, as binary64 multiplies, then held within bounds.
struct ValueArithmetic: BitwiseCopyable, Equatable {
  private var times = 0.0
  private var least: Micropoints = 0
  private var most: Micropoints = 0
  private var more: Micropoints = 0

  /// Makes nothing of any value.
  init() {}

  init(_ points: ValuePoints) {
    times = ValueArithmetic.factor(points.times)
    least = max(points.min ?? -ValueArithmetic.end, -ValueArithmetic.end)
    most = min(points.max ?? ValueArithmetic.end, ValueArithmetic.end)
    more = points.more
  }

  /// No value comes to more than this many micro-points either way.
  private static let end: Micropoints = 1_000_000_000_000_000

  /// The binary64 next to so many millionths.
  ///
  /// Both numbers are exact, so that one rounding is all there is.
  private static func factor(_ millionths: Int64) -> Double { Double(millionths) / 1_000_000 }

  /// The product before it is held within bounds, but for those of all numbers.
  func product(with value: Double) -> Micropoints {
    ValueArithmetic.micropoints(value * times)
  }

  func points(of value: Double) -> Micropoints {
    held(Int128(min(max(product(with: value), least), most) + more), within: ValueArithmetic.end)
  }

  /// The exact value of a number in millionths, rounded, and held within a billion points.
  static func micropoints(_ number: Double) -> Micropoints {
    // 2^30 is beyond a billion.
    guard number.magnitude < 0x1p30 else { return number < 0 ? -end : end }
    guard number != 0 else { return 0 }
    // What stands before and behind the point of a product below 2^30 is a whole number of 53 bits, times a
    // power of two that is 2^-23 at most; times a million it has 73 bits.
    let shift = 52 - number.exponent
    // Less than half a millionth.
    if shift > 73 { return 0 }
    let significand = UInt128(number.significandBitPattern | 1 << 52)
    let magnitude = (significand * 1_000_000 + UInt128(1) << (shift - 1)) >> shift
    return held(number < 0 ? -Int128(magnitude) : Int128(magnitude), within: end)
  }
}

extension ValuePoints {
  /// What a value comes to before it is held within `min` and `max`; nil of a text that is no number.
  package func product(with value: String) -> Micropoints? {
    jsonNumber(value).map { ValueArithmetic(self).product(with: $0) }
  }
}
