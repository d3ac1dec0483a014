import Definition
import Notation

/// A number that is compared exactly with others: a count, points, or the binary64 of an attribute.
enum ExactNumber: Sendable, Equatable {
  case millionths(Int128)
  /// One that is no whole number of millionths, or that is too large to be told so.
  case binary(Double)

  /// The number that a value is or spells; nil where it is none.
  init?(_ value: Scalar) {
    guard let number = value.asNumber else { return nil }
    self = ExactNumber.wholeMillionths(of: number).map { .millionths($0) } ?? .binary(number)
  }

  private static func wholeMillionths(of number: Double) -> Int128? {
    if number == 0 { return 0 }
    let magnitude = UInt128(number.significandBitPattern | 1 << 52) * 1_000_000
    let shift = 52 - number.exponent
    // Of 73 bits: those that are shifted out are 0, and those that come in have room.
    guard shift > -32, shift < 73, shift <= magnitude.trailingZeroBitCount else { return nil }
    let whole = Int128(shift < 0 ? magnitude << -shift : magnitude >> shift)
    return number < 0 ? -whole : whole
  }

  /// Whether it is so many millionths more than another number, or beyond that.
  func isAtLeast(_ gap: Int64, above other: ExactNumber) -> Bool {
    if case .millionths(let mine) = self, case .millionths(let others) = other {
      return mine - others >= Int128(gap)
    }
    return isAtLeastWide(gap, above: other)
  }

  @inline(never)
  private func isAtLeastWide(_ gap: Int64, above other: ExactNumber) -> Bool {
    // What is taken from one side is added to the other, so that no number is below 0.
    var (more, less) = (WideNumber(0), WideNumber(0))
    for (term, isAdded) in [
      (self, true), (other, false), (.millionths(Int128(gap)), false),
    ] {
      if term.isNegative == isAdded { less += term.scaled } else { more += term.scaled }
    }
    return !more.isLess(than: less)
  }

  private var isNegative: Bool {
    switch self {
    case .millionths(let number): number < 0
    case .binary(let number): number < 0
    }
  }

  /// The number without its sign in units that measure every binary64: 2^-1074 millionths.
  private var scaled: WideNumber {
    switch self {
    case .millionths(let number):
      return (WideNumber(number.magnitude) * WideNumber(1 << 50)).shiftedUp(16)
    case .binary(let number):
      let isSubnormal = number.exponentBitPattern == 0
      let significand = number.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
      let doublings = isSubnormal ? 0 : Int(number.exponentBitPattern) - 1
      return
        (WideNumber(UInt128(significand))
        * WideNumber(UInt128(1_000_000) << UInt128(doublings % 64)))
        .shiftedUp(doublings / 64)
    }
  }
}
