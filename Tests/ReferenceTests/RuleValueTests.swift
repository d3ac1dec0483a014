import Testing

@testable import Reference

@Suite struct RuleValueTests {
  private func result(
    _ rule: String, _ events: [(time: String, rest: String)], more: String = ""
  ) throws -> HandResult {
    let definition = """
      name: test
      interactions:
        view: { type: page_view }
      scores:
        s: { \(more)points: { view: \(rule) } }
      """
    return try HandBook(
      definition,
      events.enumerated().map { line("\($0)", $1.time, "page_view", "a", $1.rest) }
    ).result()
  }

  /// What occurrences of these values of `n` come to.
  private func raw(_ offer: String, _ values: [String]) throws -> String? {
    try result(
      "{ points: { \(offer) } }", values.map { ("2026-02-01T00:00:00Z", "\"n\":\($0)") }
    ).cell("a", "raw.s")
  }

  @Test func anOccurrenceOffersItsValueTimesTimes() throws {
    #expect(try raw("of: n, times: 0.5", ["3", #""4""#]) == "3.5")
    #expect(try raw("of: n", ["2", "-5.25"]) == "-3.25")
  }

  // 0.1 × 3 in binary64 is 0.30000000000000004: 0.3. 1.0000005 as binary64 is
  // 1.00000050000000006989: up, to 1.000001. 1.0000015 is 1.00000149999999998762: down, to the same.
  // 0.0000005 is 4.99999999999999977e-7: down, to 0. 4.35 × 100 is 434.99999999999994: 435.
  @Test func theProductsExactValueIsRoundedToAMillionth() throws {
    #expect(try raw("of: n, times: 3", ["0.1"]) == "0.3")
    #expect(try raw("of: n", ["1.0000005"]) == "1.000001")
    #expect(try raw("of: n", ["-1.0000005"]) == "-1.000001")
    #expect(try raw("of: n", ["1.0000015"]) == "1.000001")
    #expect(try raw("of: n", ["0.0000005"]) == "0")
    #expect(try raw("of: n, times: 100", ["4.35"]) == "435")
    // 0.0078125 = 2^-7 is 7812.5 millionths: a tie, away from zero.
    #expect(try raw("of: n", ["0.0078125"]) == "0.007813")
    #expect(try raw("of: n", ["-0.0078125"]) == "-0.007813")
  }

  @Test func itIsHeldWithinMinAndMaxAndABillion() throws {
    #expect(try raw("of: n, min: 0, max: 20", ["-5"]) == "0")
    #expect(try raw("of: n, min: 0, max: 20", ["20.000001"]) == "20")
    #expect(try raw("of: n, max: 20", ["-30"]) == "-30")
    #expect(try raw("of: n", ["1e308"]) == "1000000000")
    #expect(try raw("of: n, times: -2", ["1e308"]) == "-1000000000")
    #expect(try raw("of: n", ["1000000000.4"]) == "1000000000")
  }

  // Of six, two have no value: text, absent. They offer nothing, and meet no gate: the limit of 2 is
  // used up by the others, and the value absent of once_per is still free for the last.
  @Test func withoutAValueItOffersNothingAndMeetsNoGate() throws {
    let day = "2026-02-01T00:00:00Z"
    let found = try result(
      "{ points: { of: n }, once_per: asset, limit: 2 }",
      [
        (day, #""n":"x""#), (day, ""), (day, #""n":1"#), (day, #""n":2"#),
        (day, #""n":4,"asset":"y""#), (day, #""n":8,"asset":"z""#),
      ])
    #expect(found.cell("a", "raw.s") == "5")
    var counts = ReferenceRuleCounts()
    counts.occurrences = 6
    counts.withoutValue = 2
    counts.counted = 2
    counts.stoppedByRepeat = 1
    counts.stoppedByLimit = 1
    #expect(found.counts.rules["s"]?["view"] == counts)
  }

  // 8 fading to half: 4, of the value of the event.
  @Test func theValueIsWeightedByAge() throws {
    let found = try result(
      "{ points: { of: n } }", [("2026-02-19T00:00:00Z", #""n":8"#)], more: "half_life: 10d, ")
    #expect(found.cell("a", "raw.s") == "4")
  }

  // Two in 24 hours: 00:00 and 01:00 pass, 02:00 does not; at 00:00 of the next day only that of 01:00
  // lies after the day before's 00:00, so it passes; at 00:30 two do (01:00 and 00:00): stopped; at
  // 01:00 one does: it passes.
  @Test func aDurationCountsWhatPassedInTheTimeUpToIt() throws {
    let times = ["01T00:00", "01T01:00", "01T02:00", "02T00:00", "02T00:30", "02T01:00"]
    let found = try result(
      "{ points: 1, limit: 2, per: 24h }", times.map { ("2026-02-\($0):00Z", "") })
    #expect(found.cell("a", "raw.s") == "4")
    #expect(found.counts.rules["s"]?["view"]?.stoppedByLimit == 2)
  }

  // Once a day for each asset: x, y, absent, "" and 1 are five values, of which x, absent and 1 (as
  // the text "1") come once more on that day.
  @Test func eachCountsWindowsForEachValueApart() throws {
    let values = [
      #""asset":"x""#, #""asset":"y""#, "", #""asset":"""#, #""asset":"x""#, #""asset":null"#,
      #""asset":1"#, #""asset":"1""#,
    ]
    let found = try result(
      "{ points: 1, limit: 1, per: day, each: asset }",
      values.map { ("2026-02-01T00:00:00Z", $0) } + [("2026-02-02T00:00:00Z", #""asset":"x""#)])
    #expect(found.cell("a", "raw.s") == "6")
    #expect(found.counts.rules["s"]?["view"]?.stoppedByLimit == 3)
  }

  @Test func eachGoesWithADurationToo() throws {
    let found = try result(
      "{ points: 1, limit: 1, per: 1h, each: asset }",
      [
        ("2026-02-01T00:00:00Z", #""asset":"x""#), ("2026-02-01T00:30:00Z", #""asset":"y""#),
        ("2026-02-01T00:59:59.999Z", #""asset":"x""#), ("2026-02-01T01:00:00Z", #""asset":"x""#),
      ])
    #expect(found.cell("a", "raw.s") == "3")
  }

  // The as-of is 2026-03-01: an answer of 30 days before is none, of a millisecond less is one. An
  // older answer does not come back, and an invalid later one changes nothing.
  @Test func anAnswerCountsWhileItIsYoungerThanWithin() throws {
    let text = viewing(
      "nps: { answers: { type: form }, value: fields.n, scale: [0, 10], within: 30d }")
    func nps(_ times: [(String, String)]) throws -> String? {
      try HandBook(
        text,
        times.enumerated().map { line("\($0)", $1.0, "form", "a", "\"fields\":{\"n\":\($1.1)}") }
      ).result().cell("a", "nps")
    }
    #expect(try nps([("2026-01-30T00:00:00Z", "9")]) == "")
    #expect(try nps([("2026-01-30T00:00:00.001Z", "9")]) == "9")
    #expect(try nps([("2026-01-01T00:00:00Z", "9"), ("2026-02-20T00:00:00Z", "11")]) == "")
  }
}
