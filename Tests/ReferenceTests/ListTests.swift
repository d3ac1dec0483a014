import Testing

@testable import Reference

@Suite struct ListTests {
  private let definition = """
    name: test
    journey: [look, want]
    interactions:
      view: { type: page_view, stage: look }
      price: { type: page_view, path: /pricing, stage: want }
      paper: { type: download }
    grades:
      fit:
        letters: { A: 80, B: 40, F: 0 }
        criteria:
          - { attribute: size, weight: 1, values: [ { min: 100, value: 90 }, { min: 10, value: 50 } ] }
      climb: { start: C, criteria: [ { attribute: size, min: 10, thirds: 3 } ] }
    scores:
      s:
        points: { view: 1.4, price: 8, paper: { points: 5, cap: 7.5 } }
        caps: [ { interactions: [view, price], points: 3 } ]
        bonuses:
          - { name: sized, when: { attribute.size: { exists: true } }, points: 7.5 }
          - { name: never, when: { activities: { max: -1 } }, points: 100 }
          - { name: fine, when: { activities: { min: 1 } }, points: -4 }
      both: { blend: { percent.fit: 1, score.s: 1 } }
    """

  private func profile(_ lead: String, _ value: String) -> String {
    line("p", "2026-01-01T00:00:00Z", "profile", lead, "\"fields\":{\"size\":\(value)}")
  }

  private func result(_ more: String, _ lines: [String]) throws -> HandResult {
    try HandBook(definition + "\n" + more, lines).result()
  }

  /// The leads of a list in the order of its file.
  private func order(_ by: String, _ lines: [String]) throws -> [String] {
    try result("lists: { l: { order_by: \(by) } }", lines).keys("lists/l.csv")
  }

  @Test func aLadderHasNoPercentColumn() throws {
    let header = try result("", []).rows("leads.csv").first ?? []
    #expect(
      header.filter { $0.hasSuffix("fit") || $0.hasSuffix("climb") }
        == ["grade.fit", "percent.fit", "coverage.fit", "grade.climb", "coverage.climb"])
  }

  // Numbers by value, numeric text too: -1, 9, 10, 1e2; then text by its folded bytes: "false" (a
  // boolean), "Zz", "é"; absent last; equal ones by key.
  @Test func numbersComeBeforeTextAndAbsentLast() throws {
    let lines = [
      profile("a", "10"), profile("b", #""9""#), profile("c", #""1e2""#), profile("d", #""Zz""#),
      profile("e", "false"), profile("f", #""É""#), profile("g", "-1"), profile("h", #""zZ""#),
      line("p", "2026-01-01T00:00:00Z", "profile", "0"),
    ]
    #expect(
      try order("attribute.size", lines) == ["g", "b", "a", "c", "e", "d", "h", "f", "0"])
    // "`-` turns all of this; absent last both ways; at the end by key"
    #expect(
      try order("-attribute.size", lines) == ["f", "d", "h", "e", "c", "a", "b", "g", "0"])
  }

  // a is an A, b a B, f an F; u is ungraded. By rank A is above F.
  @Test func gradesAreByRankStagesByTheJourneyAndTimesByInstant() throws {
    let lines = [
      profile("a", "100"), profile("b", "10"), profile("f", "1"),
      line("u", "2026-01-02T00:00:00Z", "page_view", "u", #""path":"/pricing""#),
      line("v", "2026-01-03T00:00:00Z", "page_view", "b"),
    ]
    #expect(try order("grade.fit", lines) == ["f", "b", "a", "u"])
    #expect(try order("-grade.fit", lines) == ["a", "b", "f", "u"])
    #expect(try order("stage", lines) == ["b", "u", "a", "f"])
    #expect(try order("-last_seen", lines) == ["b", "u", "a", "f"])
    #expect(try order("[stage, -grade.fit]", lines) == ["b", "u", "a", "f"])
    #expect(try order("[activities, grade.fit]", lines) == ["f", "a", "b", "u"])
  }

  @Test func firstLimitsTheFileAndNotTheList() throws {
    let lines = ["a", "b", "c", "d"].map { profile($0, $0 == "c" ? "1" : "5") }
    let found = try result(
      """
      lists:
        top: { when: { attribute.size: { min: 2 } }, order_by: -attribute.size, first: 2 }
        few: { order_by: lead, first: 9 }
        old: { attribute.size: 1 }
      """, lines)
    #expect(found.keys("lists/top.csv") == ["a", "b"])
    #expect(found.counts.lists == ["top": 3, "few": 4, "old": 1])
    #expect(found.counts.inFile == ["top": 2, "few": 4])
    #expect(
      found.result.files["memberships.csv"] == """
        lead,list
        a,few
        a,top
        b,few
        b,top
        c,few
        c,old
        d,few
        d,top

        """)
  }

  // Columns after the scores, written as in leads.csv; an attribute as text.
  @Test func columnsAreWrittenAsInLeads() throws {
    let found = try result(
      """
      columns: [attribute.size, count.view@30d, time_on_site@60d, reasons]
      lists: { l: { columns: [grade.fit, stage, last_seen, attribute.size, raw.s, nps] } }
      """,
      [
        profile("a", "1e1"),
        line("v", "2026-02-03T00:00:00Z", "page_view", "a", #""duration":1.2345"#),
        line("w", "2026-01-03T00:00:00Z", "page_view", "a", #""duration":"0.3""#),
      ])
    // Two views 2.8, the bonus 7.5, and -4: raw 6.3. The percent is 50, the blend 56.
    #expect(
      found.result.files["lists/l.csv"]
        == "lead,account,score.s,score.both,grade.fit,stage,last_seen,attribute.size,raw.s,nps\n"
        + "a,,6,56,B,look,2026-02-03T00:00:00.000Z,10,6.3,\n")
    #expect(found.rows("leads.csv").first?.suffix(4).first == "attribute.size")
    #expect(found.cell("a", "attribute.size") == "10")
    #expect(found.cell("a", "count.view@30d") == "1")
    #expect(found.cell("a", "time_on_site@60d") == "1.535")
  }

  /// The reasons of a lead with one view of the prices, two papers and a size.
  private func reasons(_ list: String) throws -> String? {
    let found = try result(
      "lists: { l: { \(list) } }",
      [
        profile("a", "10"),
        line("1", "2026-01-01T00:00:00Z", "page_view", "a", #""path":"/pricing""#),
        line("2", "2026-01-01T00:00:00Z", "download", "a"),
        line("3", "2026-01-01T00:00:00Z", "download", "a"),
      ])
    let text = found.result.files["lists/l.csv"] ?? ""
    return text.split(separator: "\n").last.map { String($0) }
  }

  // The rules: view 1.4, price 8, paper 7.5 by its cap of 7.5; the group's cap takes nothing off
  // here. The bonuses: sized 7.5, fine -4. Paper comes before sized, and both round to 8. Raw: 3 by
  // the group's cap, + 7.5 + 7.5 - 4 = 14; the blend 50 + 14 = 64.
  @Test func reasonsAreTheThreeGreatestOfRulesAndBonuses() throws {
    #expect(
      try reasons("columns: [reasons]") == #"a,,14,64,"price +8, paper +8, sized +8""#)
  }

  // For a blend, the first score in it that is none; the score is the first that order_by names.
  @Test func reasonsOfABlendAreOfTheFirstScoreInIt() throws {
    let row = #"a,,14,64,"price +8, paper +8, sized +8""#
    #expect(try reasons("columns: [reasons], order_by: [lead, -score.both]") == row)
    #expect(try reasons("columns: [reasons.both]") == row)
  }

  // 0.5 rounds to 1 and is shown, 0.499999 is not; a minus is no reason.
  @Test func reasonsAreShownWhereTheyRoundToOneAtLeast() throws {
    let definition = """
      name: test
      interactions:
        a: { type: x }
        b: { type: x }
        c: { type: x }
        d: { type: x }
      grades:
        fit: { letters: { A: 0 }, criteria: [ { attribute: z, weight: 1, values: [ { is: 1, value: 1 } ] } ] }
      scores:
        one: { points: { a: 0.5, b: 0.499999, c: -9, d: 1.5 } }
        two: { points: { a: 3 } }
        plain: { blend: { percent.fit: 1 } }
        outer: { blend: { score.plain: 1, score.two: 1, score.one: 1 } }
      columns: [reasons, reasons.two, reasons.plain, reasons.outer]
      """
    let text = try HandBook(definition, [line("1", "2026-02-01T00:00:00Z", "x", "l")]).result()
      .result.files["leads.csv"]
    #expect(text?.hasSuffix(#","d +2, a +1",a +3,,a +3"# + "\n") ?? false)
  }

  @Test func reasonsAreOfTheFirstScoreThatOrderByNames() throws {
    let found = try result(
      "lists: { l: { columns: [reasons], order_by: [-attribute.size, raw.s, score.both] } }",
      [profile("a", "1")])
    #expect(found.cell("a", "reasons", in: "lists/l.csv") == "sized +8")
  }
}
