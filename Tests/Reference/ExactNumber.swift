/// A number with all its digits, in millionths of the least number above 0 that binary64 has.
struct ExactNumber: Comparable {
  private var isNegative: Bool
  private var magnitude: Natural

  private static let leastExponent = 1074

  private init(isNegative: Bool, magnitude: Natural) {
    self.isNegative = isNegative
    self.magnitude = magnitude
  }

  init(micro: Int) {
    isNegative = micro < 0
    magnitude = Natural(UInt128(micro.magnitude)).doubled(ExactNumber.leastExponent)
  }

  /// The exact value of a finite number: a whole number of 53 bits × a power of two.
  init(_ value: Double) {
    isNegative = value < 0
    let raised = Int(value.bitPattern >> 52 & 0x7FF)
    let fraction = value.bitPattern & (1 << 52 - 1)
    // The numbers nearest to 0 have no leading bit of their own.
    let whole = raised == 0 ? fraction : fraction | 1 << 52
    magnitude = Natural(UInt128(whole) * 1_000_000).doubled(max(0, raised - 1))
  }

  static func == (a: ExactNumber, b: ExactNumber) -> Bool { !(a < b) && !(b < a) }

  static func < (a: ExactNumber, b: ExactNumber) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? b.magnitude < a.magnitude : a.magnitude < b.magnitude
  }

  static func + (a: ExactNumber, b: ExactNumber) -> ExactNumber {
    if a.isNegative == b.isNegative {
      return ExactNumber(isNegative: a.isNegative, magnitude: a.magnitude + b.magnitude)
    }
    let (more, less) = a.magnitude < b.magnitude ? (b, a) : (a, b)
    let rest = more.magnitude - less.magnitude
    return ExactNumber(isNegative: more.isNegative && !rest.isZero, magnitude: rest)
  }
}

extension Scalar {
  /// The exact value of a number or a numeric text.
  var exact: ExactNumber? {
    if case .decimal(let value, let places) = self {
      return ExactNumber(micro: value * [1_000_000, 100_000, 10_000, 1000, 100, 10, 1][places])
    }
    return number.map { ExactNumber($0) }
  }
}
