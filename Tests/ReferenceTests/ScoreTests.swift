import Testing

@testable import Reference

@Suite struct ScoreTests {
  private func definition(_ score: String, timezone: String = "UTC") -> String {
    """
    name: test
    timezone: \(timezone)
    interactions:
      view: { type: page_view }
      paper: { type: download }
    grades:
      fit:
        letters: { A: 50, B: 0 }
        criteria:
          - { attribute: size, weight: 1, values: [ { min: 0, value: 70 } ] }
    scores:
      s:
    \(score.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
    """
  }

  private func raw(
    _ score: String, timezone: String = "UTC", asOf: String = "2026-03-01T00:00:00Z",
    _ events: [(String, String)], _ type: String = "page_view"
  ) throws -> String? {
    let lines = events.enumerated().map { line("\($0)", $1.0, type, "a", $1.1) }
    return try HandBook(definition(score, timezone: timezone), asOf: asOf, lines).result()
      .cell("a", "raw.s")
  }

  private func views(_ times: [String]) -> [(String, String)] { times.map { ($0, "") } }

  /// x, x, nothing, "", nothing, X: x once, absent once, empty once, X once (values compare
  /// exactly): 4 of 6.
  @Test func oncePerTellsAbsentFromEmptyAndCaseApart() throws {
    let assets = [
      #""asset":"x""#, #""asset":"x""#, "", #""asset":"""#, #""asset":null"#, #""asset":"X""#,
    ]
    let events = assets.map { ("2026-02-01T00:00:00Z", $0) }
    #expect(try raw("points: { paper: { points: 1, once_per: asset } }", events, "download") == "4")
  }

  /// By their text 1, 1.0, 1e0 and "1" are one value, "1.0" is another, and true is "true": 3.
  @Test func oncePerComparesByText() throws {
    let assets = ["1", "1.0", "1e0", #""1""#, #""1.0""#, "true", #""true""#]
    let events = assets.map { ("2026-02-01T00:00:00Z", "\"asset\":\($0)") }
    #expect(try raw("points: { paper: { points: 1, once_per: asset } }", events, "download") == "3")
  }

  // Limit 1 a day, once per asset. x passes on the 1st; y is stopped by the limit on the 1st, so
  // it passes on the 2nd; x is a repeat on the 3rd.
  @Test func whatTheLimitStopsIsNoEarlierOccurrence() throws {
    let lines = [
      line("1", "2026-02-01T00:00:00Z", "download", "a", #""asset":"x""#),
      line("2", "2026-02-01T01:00:00Z", "download", "a", #""asset":"y""#),
      line("3", "2026-02-02T00:00:00Z", "download", "a", #""asset":"y""#),
      line("4", "2026-02-03T00:00:00Z", "download", "a", #""asset":"x""#),
    ]
    let found = try HandBook(
      definition("points: { paper: { points: 1, once_per: asset, limit: 1, per: day } }"), lines
    ).result()
    let counts = found.counts.rules["s"]?["paper"]
    #expect(counts?.occurrences == 4)
    #expect(counts?.counted == 2)
    #expect(counts?.stoppedByLimit == 1)
    #expect(counts?.stoppedByRepeat == 1)
    #expect(found.cell("a", "raw.s") == "2")
  }

  // 2026-02-22 is a Sunday, the 23rd a Monday. In UTC Sunday 23:59 and Monday 00:00 are two
  // weeks; in New York (UTC−5) both are Sunday.
  @Test func weeksStartOnMonday() throws {
    let score = "points: { view: { points: 1, limit: 1, per: week } }"
    let times = views(["2026-02-22T23:59:00Z", "2026-02-23T00:00:00Z", "2026-02-28T00:00:00Z"])
    #expect(try raw(score, times) == "2")
    #expect(try raw(score, timezone: "America/New_York", Array(times.prefix(2))) == "1")
  }

  // Tallinn goes back on 2025-10-26 at 01:00 UTC, from 04:00 to 03:00: 00:30 UTC and 01:30 UTC are
  // both 03:30 there, but in two hours. The day is one.
  @Test func theHourRepeatedInAutumnIsTwo() throws {
    let times = views(["2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z", "2025-10-26T01:59:59.999Z"])
    let hour = "points: { view: { points: 1, limit: 1, per: hour } }"
    #expect(try raw(hour, timezone: "Europe/Tallinn", times) == "2")
    let day = "points: { view: { points: 1, limit: 1, per: day } }"
    #expect(try raw(day, timezone: "Europe/Tallinn", times) == "1")
  }

  /// An hour is one of the calendar: in Kolkata (UTC+5:30) 00:29 and 00:30 UTC are 05:59 and 06:00.
  @Test func hoursAreLocal() throws {
    let hour = "points: { view: { points: 1, limit: 1, per: hour } }"
    let times = views(["2026-02-01T00:29:00Z", "2026-02-01T00:30:00Z"])
    #expect(try raw(hour, timezone: "Asia/Kolkata", times) == "2")
    #expect(try raw(hour, times) == "1")
  }

  /// January 31st and February 1st are two months; a limit without `per` is for life.
  @Test func monthsAndLifetimes() throws {
    let times = views(["2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", "2026-02-28T00:00:00Z"])
    #expect(try raw("points: { view: { points: 1, limit: 1, per: month } }", times) == "2")
    #expect(try raw("points: { view: { points: 1, limit: 2 } }", times) == "2")
  }

  // 10 points, 60 days old, half-life 30d: 10 / 4 = 2.5. 15 days: 10 / √2 = 7.071068.
  // 10 points of 0.000001 at one half-life: 0.0000005 rounds away from zero to 0.000001.
  @Test func halfLives() throws {
    #expect(
      try raw("{ half_life: 30d, points: { view: 10 } }", views(["2025-12-31T00:00:00Z"])) == "2.5")
    #expect(
      try raw("{ half_life: 30d, points: { view: 10 } }", views(["2026-02-14T00:00:00Z"]))
        == "7.071068")
    #expect(
      try raw("{ half_life: 30d, points: { view: -0.000001 } }", views(["2026-01-30T00:00:00Z"]))
        == "-0.000001")
  }

  /// 10 points 30 days old with fade 90d: 10 × 60/90 = 6.666667; at 90 days exactly 0.
  @Test func fading() throws {
    #expect(
      try raw("{ fade: 90d, points: { view: 10 } }", views(["2026-01-30T00:00:00Z"])) == "6.666667")
    #expect(try raw("{ fade: 90d, points: { view: 10 } }", views(["2025-12-01T00:00:00Z"])) == "0")
  }

  /// At exactly 30 days it has expired, a millisecond earlier not.
  @Test func expiring() throws {
    let score = "{ expires: 30d, points: { view: 10 } }"
    #expect(try raw(score, views(["2026-01-30T00:00:00Z"])) == "0")
    #expect(try raw(score, views(["2026-01-30T00:00:00.001Z"])) == "10")
  }

  // The score's half-life 30d and fade 60d at 30 days: 16 × 1/2 × 1/2 = 4. The rule's own
  // half-life of 15d replaces the first alone: 16 × 1/4 × 1/2 = 2.
  @Test func severalMultiplyAndTheRulesOwnReplaces() throws {
    let day = views(["2026-01-30T00:00:00Z"])
    #expect(try raw("{ half_life: 30d, fade: 60d, points: { view: 16 } }", day) == "4")
    let own = "{ half_life: 30d, fade: 60d, points: { view: { points: 16, half_life: 15d } } }"
    #expect(try raw(own, day) == "2")
  }

  // Three views of 4 are 12, held at 10 by the rule's cap; two papers of −6 are −12. Together −2,
  // which the group's cap of 1.5 holds at −1.5.
  @Test func capsHoldBothSides() throws {
    let score = """
      points: { view: { points: 4, cap: 10 }, paper: -6 }
      caps: [ { interactions: [view, paper], points: 1.5 } ]
      range: [-50, 50]
      """
    let lines =
      (1...3).map { line("v\($0)", "2026-02-01T00:00:00Z", "page_view", "a") }
      + (1...2).map { line("p\($0)", "2026-02-01T00:00:00Z", "download", "a") }
    let found = try HandBook(definition(score), lines).result()
    #expect(found.cell("a", "raw.s") == "-1.5")
    // Half away from zero: −1.5 is −2.
    #expect(found.cell("a", "score.s") == "-2")
    #expect(found.counts.rules["s"]?["view"]?.leadsHeldByCap == 1)
    #expect(found.counts.rules["s"]?["paper"]?.leadsHeldByCap == 0)
    #expect(found.counts.groupCaps["s"] == [1])
  }

  // Idle for 60 days exactly, after 30d, every 30d: 1 + floor(30/30) = 2 times −5, and 1 for the
  // view: −9. A millisecond less: −4. Without `every`: −4. After 61d: 1.
  @Test func inactivity() throws {
    let exact = views(["2025-12-31T00:00:00Z"])
    let score = "{ points: { view: 1 }, inactivity: { after: 30d, points: -5, every: 30d } }"
    #expect(try raw(score, exact) == "-9")
    #expect(try raw(score, views(["2025-12-31T00:00:00.001Z"])) == "-4")
    #expect(
      try raw("{ points: { view: 1 }, inactivity: { after: 30d, points: -5 } }", exact) == "-4")
    #expect(
      try raw("{ points: { view: 1 }, inactivity: { after: 61d, points: -5 } }", exact) == "1")
  }

  /// A lead without activity: rules and inactivity give 0, the bonus still applies.
  @Test func withNoActivityBonusesStillApply() throws {
    let score = """
      points: { view: 1 }
      inactivity: { after: 1d, points: -5 }
      bonuses: [ { name: b, when: { activities: 0, days_since_last: { exists: false } }, points: 8 } ]
      """
    #expect(try raw(score, views(["2026-01-01T00:00:00Z"]), "search") == "8")
  }

  /// A window of 14 days: exactly 14 days old is outside of it, T itself inside.
  @Test func windowsAreOpenAtTheirStart() throws {
    let score = """
      points: { paper: 1 }
      bonuses: [ { name: b, when: { count.view@14d: 1 }, points: 8 } ]
      """
    #expect(try raw(score, views(["2026-02-15T00:00:00Z", "2026-03-01T00:00:00Z"])) == "8")
    #expect(try raw(score, views(["2026-02-15T00:00:00.001Z", "2026-03-01T00:00:00Z"])) == "0")
  }

  // Of percent.fit (0.3) and two scores (0.1 and 0.2) the percent is absent: the others' weights
  // are scaled up to 0.6, so to 0.2 and 0.4: 0.2 × 1 + 0.4 × 2 = 1. With size known:
  // 0.3 × 70 + 0.1 × 1 + 0.2 × 2 = 21.5.
  @Test func anAbsentPercentLeavesTheBlend() throws {
    let text =
      definition("points: { view: 1 }")
      + "\n  t: { points: { view: 2 } }"
      + "\n  u: { blend: { percent.fit: 0.3, score.s: 0.1, score.t: 0.2 } }"
      + "\n  w: { blend: { percent.fit: 0.3 }, bonuses: [ { name: b, when: { visits: 1 }, points: 2 } ] }"
    let view = line("1", "2026-02-01T00:00:00Z", "page_view", "a")
    let unknown = try HandBook(text, [view]).result()
    #expect(unknown.cell("a", "raw.u") == "1")
    // "with none left it is 0", and the bonus is added after.
    #expect(unknown.cell("a", "raw.w") == "2")
    let profile = line("2", "2026-02-01T00:00:00Z", "profile", "a", #""fields":{"size":"5e0"}"#)
    let known = try HandBook(text, [view, profile]).result()
    #expect(known.cell("a", "raw.u") == "21.5")
    #expect(known.cell("a", "score.u") == "22")
    #expect(known.cell("a", "raw.w") == "23")
  }

  /// With percent.fit (weight 1) absent and a weight of 0.000001 for a score of 1, that weight is
  /// scaled up to 1.000001.
  @Test func aBlendIsRoundedOnce() throws {
    let text =
      definition("points: { view: 1 }")
      + "\n  u: { blend: { percent.fit: 1, score.s: 0.000001 } }"
    let found = try HandBook(text, [line("1", "2026-02-01T00:00:00Z", "page_view", "a")]).result()
    #expect(found.cell("a", "raw.u") == "1.000001")
  }

  /// 0.5 rounds to 1, −0.5 to −1, −0.4 to 0 without a sign; the range holds after the rounding.
  @Test func rounding() throws {
    func score(_ points: String, _ range: String = "") throws -> String? {
      let text = definition("{ \(range)points: { view: \(points) } }")
      let lines = [line("1", "2026-02-01T00:00:00Z", "page_view", "a")]
      return try HandBook(text, lines).result().cell("a", "score.s")
    }
    #expect(try score("0.5") == "1")
    #expect(try score("-0.5") == "-1")
    #expect(try score("-0.4") == "0")
    #expect(try score("120", "range: [0, 100], ") == "100")
    #expect(try score("-7", "range: [-5, 100], ") == "-5")
  }
}
