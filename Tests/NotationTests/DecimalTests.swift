import Notation
import Testing

@Suite("whole numbers as decimals") struct DecimalTests {
  /// The same by moving the point through the digits of text.
  private func naive(_ value: Int64, places: Int) -> String {
    var digits = String(value.magnitude)
    digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    var whole = String(digits.dropLast(places))
    let fraction = digits.suffix(places).reversed().drop { $0 == "0" }.reversed()
    if !fraction.isEmpty { whole += "." + String(fraction) }
    return (value < 0 ? "-" : "") + whole
  }

  @Test("every width of digits and every number of places", arguments: 0...18)
  func widths(places: Int) {
    var values: [Int64] = [0, .max, .min, .min + 1]
    var power: Int64 = 1
    for _ in 0..<19 {
      for value in [power - 1, power, power + 1, power / 2] { values += [value, -value] }
      power = power.multipliedReportingOverflow(by: 10).partialValue
    }
    for value in values {
      #expect(decimalText(value, places: places) == naive(value, places: places))
    }
  }

  @Test(
    "points have up to six decimals, and no zeros behind them",
    arguments: [
      (0, "0"), (1, "0.000001"), (-1, "-0.000001"), (1_500_000, "1.5"), (-2_000_000, "-2"),
      (10_000_000, "10"), (.min, "-9223372036854.775808"),
    ] as [(Micropoints, String)])
  func points(value: Micropoints, text: String) {
    #expect(pointsText(value) == text)
  }

  @Test(
    "a number is rounded to so many decimals, away from zero where it stands between two",
    arguments: [
      (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (2, 2, "2"), (0.004, 2, "0"), (-0.004, 2, "0"),
      (99.999, 1, "100"), (1.5, 0, "2"),
    ] as [(Double, Int, String)])
  func rounded(value: Double, places: Int, text: String) {
    #expect(roundedDecimal(value, places: places) == text)
  }
}
