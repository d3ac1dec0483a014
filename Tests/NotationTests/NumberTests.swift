import Notation
import Testing

@Suite("numbers as text") struct NumberTests {
  @Test(
    "a JSON number reads as the nearest binary64",
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-12.50", -12.5), ("1e3", 1000), ("1E+3", 1000),
      ("25e-2", 0.25), ("0.1", 0.1), ("9007199254740993", 9_007_199_254_740_992),
      ("9007199254740993.0000000001", 9_007_199_254_740_994),
      ("123456789012345678901234567890", 1.2345678901234568e29),
      ("1e22", 1e22), ("1e23", 1e23), ("1.7976931348623157e308", 1.7976931348623157e308),
      ("5e-324", .leastNonzeroMagnitude), ("1e-400", 0), ("0e999999999999", 0),
      ("2.2250738585072011e-308", .leastNormalMagnitude.nextDown),
      ("0.000000000000000000000000000001", 1e-30), ("8.41e21", 8.41e21),
      ("9.5367431640625e-7", 9.5367431640625e-7),
    ] as [(String, Double)])
  func numbers(text: String, value: Double) {
    #expect(jsonNumber(text) == value)
  }

  @Test(
    "anything around it, before it or left out of it, and it is no number",
    arguments: [
      "", " 1", "1 ", "+1", "01", "-01", "00", ".5", "5.", "1.e3", "1e", "1e+", "-", "--1", "1_000",
      "1,5", "0x10", "NaN", "Infinity", "inf", "1e5x", "1.2.3", "١", "1e400", "-1e400",
      "1e99999999999999999999", "1\u{0}", "e5", "1d3",
    ])
  func notNumbers(text: String) {
    #expect(jsonNumber(text) == nil)
  }

  @Test("the fast path and the standard library agree on a sweep of decimals")
  func sweep() {
    var state: UInt64 = 42
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let mantissa = state >> (state % 60)
      let text = "\(mantissa)e\(Int(state >> 20 % 60) - 30)"
      #expect(jsonNumber(text) == Double(text))
    }
  }

  @Test(
    "a number's text is the shortest that reads back, never with an exponent",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (100, "100"), (1e6, "1000000"),
      (1e-7, "0.0000001"), (-2.5e-10, "-0.00000000025"), (1e16, "10000000000000000"),
      (1.5e17, "150000000000000000"), (1e22, "10000000000000000000000"),
      (0.30000000000000004, "0.30000000000000004"),
      (123456789.125, "123456789.125"), (9_007_199_254_740_992, "9007199254740992"),
      (.leastNonzeroMagnitude, "0." + String(repeating: "0", count: 323) + "5"),
    ] as [(Double, String)])
  func shortest(value: Double, text: String) {
    #expect(shortestDecimal(value) == text)
    #expect(jsonNumber(text) == value)
  }
}
