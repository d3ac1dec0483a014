import Testing

@testable import Judging

@Suite("Rounding")
struct RoundingTests {
  @Test(
    "every rounding is half away from zero, and there is no negative zero",
    arguments: [
      (0, 0), (1, 0), (499_999, 0), (500_000, 1), (500_001, 1), (999_999, 1), (1_000_000, 1),
      (1_499_999, 1), (1_500_000, 2), (2_500_000, 3), (-1, 0), (-499_999, 0), (-500_000, -1),
      (-500_001, -1), (-1_000_000, -1), (-1_499_999, -1), (-1_500_000, -2), (-2_500_000, -3),
      (9_223_372_036_854_775_807, 9_223_372_036_855),
      (-9_223_372_036_854_775_808, -9_223_372_036_855),
    ] as [(Int64, Int64)])
  func points(micropoints: Int64, points: Int64) {
    #expect(wholePoints(micropoints) == points)
    #expect(roundedQuotient(Int128(micropoints), 1_000_000) == points)
  }

  @Test(
    "quotients are rounded alike, without losing a digit",
    arguments: [
      (1, 2, 1), (-1, 2, -1), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (5, 2, 3), (-5, 2, -3), (7, 2, 4),
      (0, 5, 0), (100, 8, 13), (-100, 8, -13), (9_007_199_254_740_993, 2, 4_503_599_627_370_497),
    ] as [(Int64, Int64, Int64)])
  func quotients(numerator: Int64, denominator: Int64, expected: Int64) {
    #expect(roundedQuotient(Int128(numerator), Int128(denominator)) == expected)
  }

  @Test(
    "a product of more than 128 bits is divided whole",
    arguments: [
      (Int128.max / 2, Int128.max / 4, Int128.max / 4, Int128.max / 2),
      (7 << 120, 6 << 100, 4 << 100, 21 << 119),
      (1 << 120, 3 << 100, (1 << 101) + 1, 3 * (1 << 119) - (3 << 18)),
      (
        10_000_000_000_000_000_000_000_000_001, 10_000_000_000_000_000_001,
        20_000_000_000_000_000_002, 5_000_000_000_000_000_000_000_000_001
      ),
    ] as [(Int128, Int128, Int128, Int128)])
  func wideProducts(value: Int128, factor: Int128, divisor: Int128, expected: Int128) {
    #expect(scaled(value, by: factor, over: divisor) == expected)
    #expect(scaled(-value, by: factor, over: divisor) == -expected)
  }

  @Test("rounding up and down is the same but for the sign")
  func symmetry() {
    for numerator in -500...500 as ClosedRange<Int128> {
      for denominator in 1...12 as ClosedRange<Int128> {
        let found = roundedQuotient(numerator, denominator)
        #expect(found == -roundedQuotient(-numerator, denominator))
        // Twice the distance is at most the denominator; at exactly that, it is away from zero.
        let distance = 2 * (Int128(found) * denominator - numerator)
        #expect(abs(distance) <= denominator)
        if abs(distance) == denominator {
          #expect(abs(Int128(found) * denominator) > abs(numerator))
        }
      }
    }
  }
}
