import Notation
import Testing

@testable import Definition
@testable import Judging

@Suite("Scoring")
struct ScoringTests {
  private func views(_ count: Int, _ interactions: [String] = ["view"]) -> [Deed] {
    (0..<count).map { Deed(at: 1_772_000_000_000 + Milliseconds($0) * 1000, interactions) }
  }

  @Test("`once_per`: absent is a value, other than empty; values compare exactly")
  func oncePer() throws {
    let definition = scoring("{ points: { view: { points: 1, once_per: asset } } }")
    var deeds = views(7)
    for (index, value) in ["a", "A", "a", nil, "", nil, ""].enumerated() {
      deeds[index].once = value
    }
    let lead = try JudgedLead(definition, deeds)
    #expect(lead.raw == "4")
    #expect(lead.counts.rules[0].repeat == 3)
    #expect(lead.counts.rules[0].occurrences == 7)
  }

  @Test("no hash of a text is the value of an event without the property")
  func absentValue() {
    for count in [0, 100] {
      var values = OnceValues()
      for value in 0..<UInt64(count) { values.insert(value) }
      values.insert(nil)
      #expect(values.contains(nil))
      for value in [.max, 0x61_6273_656e_7421, 1 << 63] as [UInt64] {
        #expect(!values.contains(value))
        values.insert(value)
        #expect(values.contains(value))
      }
      values.removeAll()
      #expect(!values.contains(nil))
      #expect(!values.contains(.max))
    }
  }

  @Test("`once_per` tells any number of values apart")
  func manyValues() throws {
    let definition = scoring("{ points: { view: { points: 1, once_per: asset } } }")
    var deeds = views(500)
    // Each value comes twice, the second time in another order.
    for index in deeds.indices { deeds[index].once = "asset-\(index < 250 ? index : 499 - index)" }
    #expect(try JudgedLead(definition, deeds).raw == "250")
  }

  @Test("nothing passes if an earlier occurrence that passed both gates had the same value")
  func gatesInOrder() throws {
    let definition = scoring(
      "{ points: { view: { points: 1, once_per: asset, limit: 1, per: day } } }")
    var deeds = [
      Deed("2026-02-01T00:00:00Z"), Deed("2026-02-01T01:00:00Z"), Deed("2026-02-02T00:00:00Z"),
      Deed("2026-02-03T00:00:00Z"),
    ]
    for (index, value) in ["x", "y", "y", "x"].enumerated() { deeds[index].once = value }
    let lead = try JudgedLead(definition, deeds)
    #expect(lead.raw == "2")
    #expect(lead.counts.rules[0].limit == 1 && lead.counts.rules[0].repeat == 1)
  }

  @Test("at most N pass in a window, faded or not")
  func limitsFaded() throws {
    let definition = scoring("{ expires: 2d, points: { view: { points: 1, limit: 2 } } }")
    let deeds = ["2026-01-01", "2026-02-28", "2026-03-01"].map { Deed("\($0)T00:00:00Z") }
    // The first has expired, yet it took one of the two places.
    #expect(try JudgedLead(definition, deeds).raw == "1")
  }

  @Test(
    "a rule's total is held within [−P, P] by its `cap: P`",
    arguments: [(10, 4, 40, 40), (10, 5, 40, 40), (10, 3, 40, 30), (-10, 5, 40, -40)])
  func caps(points: Int, count: Int, cap: Int, raw: Int) throws {
    let lead = try JudgedLead(
      scoring("{ points: { view: { points: \(points), cap: \(cap) } } }"), views(count))
    #expect(lead.raw == "\(raw)")
    #expect(lead.counts.rules[0].heldByCap == (abs(points) * count > cap ? 1 : 0))
  }

  @Test("`caps` holds the sum of its interactions' totals within [−P, P], after the rules' caps")
  func groupCaps() throws {
    let definition = scoring(
      """
      { points: { view: { points: 10, cap: 25 }, paper: 4 }, \
      caps: [ { interactions: [view, paper], points: 30 } ] }
      """)
    #expect(try JudgedLead(definition, views(5) + views(1, ["paper"])).raw == "29")
    let held = try JudgedLead(definition, views(5) + views(2, ["paper"]))
    #expect(held.raw == "30")
    #expect(held.counts.heldByGroupCap == [1])
    let negative = scoring(
      "{ points: { view: -10, paper: 4 }, caps: [ { interactions: [view, paper], points: 30 } ] }")
    #expect(try JudgedLead(negative, views(5) + views(1, ["paper"])).raw == "-30")
    #expect(try JudgedLead(negative, views(4) + views(3, ["paper"])).raw == "-28")
  }

  @Test(
    "`inactivity`: idle ≥ after: (1 + floor((idle − after) / every)) × points",
    arguments: [
      ("2026-03-01T00:00:00Z", "0", "0"), ("2026-01-30T00:00:00.001Z", "0", "0"),
      ("2026-01-30T00:00:00Z", "-5", "-5"), ("2026-01-20T00:00:00.001Z", "-5", "-5"),
      ("2026-01-20T00:00:00Z", "-10", "-5"), ("2025-12-21T00:00:00Z", "-25", "-5"),
    ])
  func inactivity(last: String, repeated: String, once: String) throws {
    let every = scoring(
      "{ points: { view: 0 }, inactivity: { after: 30d, points: -5, every: 10d } }")
    let single = scoring("{ points: { view: 0 }, inactivity: { after: 30d, points: -5 } }")
    #expect(try JudgedLead(every, [Deed(last)]).raw == repeated)
    #expect(try JudgedLead(single, [Deed(last)]).raw == once)
    // With no activity, inactivity gives 0.
    #expect(try JudgedLead(every, [.profile(last, [])]).raw == "0")
  }

  @Test("`score` = raw rounded to a whole number, then held within `range`")
  func range() throws {
    for (points, score) in [
      ("0.5", "1"), ("0.499999", "0"), ("-0.5", "0"), ("99.5", "100"), ("250", "100"),
    ] {
      let lead = try JudgedLead(
        scoring("{ range: [0, 100], points: { view: \(points) } }"), views(1))
      #expect(lead.score == score, "\(points)")
      #expect(lead.raw == points, "\(points)")
    }
    #expect(try JudgedLead(scoring("{ points: { view: -0.5 } }"), views(1)).score == "-1")
  }

  @Test("a `bonus` adds its points once if its condition holds for the lead as of T")
  func bonus() throws {
    let definition = scoring(
      """
      { points: { view: 1 }, \
      bonuses: [ { name: back, when: { visits@7d: { min: 2 } }, points: 8 } ] }
      """)
    func raw(_ times: [String]) throws -> String? {
      try JudgedLead(definition, times.map { Deed($0) }).raw
    }
    #expect(try raw(["2026-02-27T00:00:00Z", "2026-02-28T00:00:00Z"]) == "10")
    #expect(try raw(["2026-02-22T00:00:00Z", "2026-02-28T00:00:00Z"]) == "2")
    #expect(try raw(["2026-02-22T00:00:00.001Z", "2026-02-28T00:00:00Z"]) == "10")
    #expect(
      try raw(["2026-02-26T00:00:00Z", "2026-02-27T00:00:00Z", "2026-02-28T00:00:00Z"]) == "11")
  }

  @Test("a `blend`: an absent percent leaves it and the others' weights are scaled up")
  func blend() throws {
    func raw(_ attributes: [(String, Scalar?)], blend: String) throws -> String? {
      let grades = """
        grades:
          one: { letters: { A: 50, F: 0 }, criteria: [ { attribute: a, weight: 1, values: [ { min: 0, value: 50 } ] } ] }
          two: { letters: { A: 50, F: 0 }, criteria: [ { attribute: b, weight: 1, values: [ { min: 0, value: 26 } ] } ] }
          three: { letters: { A: 50, F: 0 }, criteria: [ { attribute: c, weight: 1, values: [ { min: 0, value: 80 } ] } ] }
        """
      let definition = scoring(
        "{ points: { view: 7 } }", "  \("t: { blend: { \(blend) } }")\n\(grades)")
      let lead = try JudgedLead(
        definition, views(1) + [.profile("2026-02-01T00:00:00Z", attributes)])
      return lead[.raw(1)]
    }
    let parts = "percent.one: 0.3, percent.two: 0.4, percent.three: 0.2"
    let (a, b, c): ((String, Scalar?), (String, Scalar?), (String, Scalar?)) = (
      ("a", .number(1)), ("b", .number(1)), ("c", .number(1))
    )
    #expect(try raw([a, b, c], blend: parts) == "41.4")
    // (15 + 10.4) × 0.9 / 0.7, rounded once, to a millionth.
    #expect(try raw([a, b], blend: parts) == "32.657143")
    // 50 × 0.9 / 0.3 × 0.3
    #expect(try raw([a], blend: parts) == "45")
    #expect(try raw([], blend: parts) == "0")
    #expect(try raw([], blend: "percent.one: 0.4, score.s: 0.6") == "7")
    #expect(try raw([a], blend: "percent.one: 0.4, score.s: 0.6") == "24.2")
  }
}
