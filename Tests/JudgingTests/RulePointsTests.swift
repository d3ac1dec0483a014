import Notation
import Testing

@testable import Definition
@testable import Judging

@Suite("Points made of a value, and limits that slide")
struct RulePointsTests {
  private func lead(_ points: String, _ values: [Double?], _ rest: String = "") throws -> JudgedLead
  {
    var deeds = values.indices.map { Deed(at: 1_772_000_000_000 + Milliseconds($0) * 1000) }
    for (index, value) in values.enumerated() { deeds[index].value = value }
    return try JudgedLead(
      scoring("{ points: { view: { points: \(points)\(rest) } } }"), deeds)
  }

  @Test("an occurrence offers value × times, rounded to a millionth, half away from zero")
  func product() throws {
    #expect(try lead("{ of: amount }", [129.9]).raw == "129.9")
    #expect(try lead("{ of: amount, times: 0.5 }", [129.9, 0.1]).raw == "65")
    // 0.0000005 is a hair less than half a millionth in binary64, 0.0000015 a hair more than one and a half.
    #expect(try lead("{ of: amount }", [0.000_000_5]).rawCell(0) == 0)
    #expect(try lead("{ of: amount }", [0.000_001_5]).rawCell(0) == 2)
    // 2^-7 is 0.0078125: with a half behind its sixth decimal, exactly.
    #expect(try lead("{ of: amount }", [0x1p-7]).rawCell(0) == 7813)
    #expect(try lead("{ of: amount }", [-0x1p-7]).rawCell(0) == -7813)
    // 1.1 x 1.1 is 1.2100000000000002 in binary64.
    #expect(try lead("{ of: amount, times: 1.1 }", [1.1]).rawCell(0) == 1_210_000)
    #expect(try lead("{ of: amount, times: -2 }", [3, -4]).raw == "2")
    #expect(try lead("{ of: amount, times: 0 }", [-3, 1e308]).rawCell(0) == 0)
  }

  @Test("the product is taken in binary64, and its exact value rounded")
  func binary() {
    // The two numbers of binary64 on either side of half a millionth, which is none.
    for (number, micropoints) in [
      (0x1.fffffffffffffp-21, 1), (0x1p-21, 0), (0x1.0c6f7a0b5ed8ep-21, 1),
      (0x1.0c6f7a0b5ed8dp-21, 0), (999_999_999.999_999_9, 1_000_000_000_000_000),
      (999_999_999.999_999, 999_999_999_999_999), (.leastNonzeroMagnitude, 0),
      (-.leastNonzeroMagnitude, 0), (0x1p30, 1 << 50),
    ] as [(Double, Int64)] {
      #expect(
        ValueArithmetic.micropoints(number) == min(micropoints, 1_000_000_000_000_000), "\(number)")
    }
  }

  @Test("it is held within `min` and `max`, and within a billion")
  func held() throws {
    #expect(try lead("{ of: amount, min: 0, max: 20 }", [-5, 7, 31]).raw == "27")
    #expect(try lead("{ of: amount, min: 2.5 }", [1]).raw == "2.5")
    #expect(try lead("{ of: amount }", [1e300]).raw == "1000000000")
    #expect(try lead("{ of: amount, times: -1000000 }", [1e305]).raw == "-1000000000")
  }

  @Test("without a value an occurrence offers nothing, meets no gate and counts as no_value")
  func noValue() throws {
    let lead = try lead("{ of: amount }", [nil, 3, nil, 4, 5], ", limit: 2")
    let counts = lead.counts.rules[0]
    #expect(lead.raw == "7")
    #expect(
      (counts.occurrences, counts.counted, counts.repeat, counts.limit, counts.noValue)
        == (5, 2, 0, 1, 2))
  }

  @Test("what is offered is weighted, capped and traced like any points")
  func weighted() throws {
    var deeds = [Deed("2026-01-30T00:00:00Z"), Deed("2026-02-27T00:00:00Z")]
    (deeds[0].value, deeds[1].value) = (40, -8)
    let lead = try JudgedLead(
      scoring("{ half_life: 30d, points: { view: { points: { of: amount }, cap: 12 } } }"),
      asOf: "2026-03-01T00:00:00Z", deeds)
    // 40 x 1/2 - 8 x 2^(-2/30) = 20 - 7.638733
    #expect(lead.raw == "12")
    #expect(lead.adjustments(0).map(\.points) == [-361_267])
    #expect(lead.traced(0) == 12_000_000)
  }

  @Test("an occurrence passes if fewer than N passed in the time up to it")
  func sliding() throws {
    func raw(_ hours: [Double], _ rule: String) throws -> String? {
      try JudgedLead(
        scoring("{ points: { view: { points: 1, \(rule) } } }"),
        hours.map { Deed(at: 1_772_000_000_000 + Milliseconds($0 * 3_600_000)) }
      ).raw
    }
    // The one at 24 hours finds the first gone (after t - 24h); the one at 25 finds those of 24 and 10.
    #expect(try raw([0, 10, 23.9, 24, 25], "limit: 2, per: 24h") == "3")
    // What was held back fills no place: the window of the last has that at 1 alone.
    #expect(try raw([0, 1, 2, 24.5], "limit: 2, per: 24h") == "3")
    #expect(try raw([0, 0, 0], "limit: 2, per: 1m") == "2")
    #expect(try raw((0..<100).map { Double($0) }, "limit: 3, per: 10h") == "30")
  }

  @Test("`each` counts windows for each value apart; absent is one", arguments: ["24h", "day"])
  func each(per: String) throws {
    var deeds = (0..<8).map { Deed(at: 1_771_977_600_000 + Milliseconds($0) * 60_000) }
    for (index, value) in ["a", "b", "a", "A", nil, "", nil, "b"].enumerated() {
      deeds[index].once = value
    }
    let lead = try JudgedLead(
      scoring("{ points: { view: { points: 1, limit: 1, per: \(per), each: asset } } }"), deeds)
    #expect(lead.raw == "5" && lead.counts.rules[0].limit == 3)
  }

  @Test("weeks begin with the day that the definition says")
  func weekStarts() throws {
    let text = scoring("{ points: { view: { points: 1, limit: 1, per: week } } }")
    let deeds = [
      "2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-07", "2026-03-08",
    ]
    .map { Deed("\($0)T12:00:00Z") }
    // Friday, Saturday, Sunday, Monday, Saturday, Sunday.
    #expect(try JudgedLead(text, asOf: "2026-03-09T00:00:00Z", deeds).raw == "2")
    #expect(
      try JudgedLead(
        text + "\nweek_starts: sunday\n", asOf: "2026-03-09T00:00:00Z", Array(deeds.dropLast())
      ).raw == "2")
    #expect(
      try JudgedLead(text + "\nweek_starts: sunday\n", asOf: "2026-03-09T00:00:00Z", deeds).raw
        == "3")
  }

  @Test("an answer counts while its age is less than `within`")
  func within() throws {
    let text = scoring(
      "{ points: { view: 1 } }",
      "nps: { answers: { type: form_fill }, value: fields.q, scale: [0, 10], within: 30d }")
    func answer(_ asOf: String) throws -> [String?] {
      var deeds = [Deed("2026-01-01T00:00:00Z"), Deed("2026-01-20T00:00:00Z")]
      (deeds[0].answer, deeds[1].answer) = (9, 11)
      let lead = try JudgedLead(text, asOf: asOf, deeds)
      return [lead[.nps], lead[.npsGroup], "\(lead.counts.invalidAnswers)"]
    }
    #expect(try answer("2026-01-30T23:59:59.999Z") == ["9", "promoter", "1"])
    #expect(try answer("2026-01-31T00:00:00Z") == [nil, nil, "1"])
  }
}
