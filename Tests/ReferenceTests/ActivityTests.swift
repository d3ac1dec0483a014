import Testing

@testable import Reference

@Suite struct ActivityTests {
  private func book(_ lines: [String], timezone: String = "UTC") throws -> HandResult {
    try HandBook(viewing("timezone: \(timezone)"), lines).result()
  }

  /// 0:00, 0:30 exactly, then 30 min and 1 ms later: two visits of 2 and 1 page views; the `open`
  /// between keeps the visit going but is no page view.
  @Test func aGapOfThirtyMinutesKeepsAVisit() throws {
    let found = try book([
      line("1", "2026-02-01T00:00:00Z", "page_view", "a"),
      line("2", "2026-02-01T00:30:00Z", "page_view", "a"),
      line("3", "2026-02-01T01:00:00Z", "open", "a"),
      line("4", "2026-02-01T01:30:00.001Z", "page_view", "a"),
    ])
    #expect(found.cell("a", "visits") == "2")
    #expect(found.cell("a", "deepest_visit") == "2")
    #expect(found.cell("a", "activities") == "4")
    #expect(found.cell("a", "first_seen") == "2026-02-01T00:00:00.000Z")
    #expect(found.cell("a", "last_seen") == "2026-02-01T01:30:00.001Z")
  }

  /// `type: page_view` is a condition and ignores case; the meaning of the type does not: Page_View
  /// is an activity, but no page view of a visit, and its duration is not time on site.
  @Test func typesWithAMeaningAreExact() throws {
    let found = try book([
      line("1", "2026-02-01T00:00:00Z", "Page_View", "a", #""duration":60"#),
      line("2", "2026-02-01T00:00:00Z", "Forget", "a"),
    ])
    #expect(found.tally("a", "view") == "1")
    #expect(found.cell("a", "deepest_visit") == "0")
    #expect(found.cell("a", "time_on_site") == "0")
    #expect(found.counts.forgets == 0)
  }

  /// −1 → 0, 1800 → 1800, 1801 → 1800, 12.3456 → 12.346, "12.5" → 12.5, "abc", true, " 5" → 0,
  /// 0.0005 → 0.001: 1800 + 1800 + 12.346 + 12.5 + 0.001 = 3624.847.
  @Test func timeOnSite() throws {
    let durations = [
      "-1", "1800", "1801", "12.3456", #""12.5""#, #""abc""#, "true", #"" 5""#, "0.0005", "1e400",
    ]
    let found = try book(
      durations.enumerated().map {
        line("\($0)", "2026-02-01T00:00:00Z", "page_view", "a", "\"duration\":\($1)")
      })
    #expect(found.cell("a", "time_on_site") == "3624.847")
  }

  /// 21:59 and 22:00 UTC are 23:59 and 0:00 in Tallinn in winter: one day in UTC, two there.
  @Test func daysAreThoseOfTheTimezone() throws {
    let lines = [
      line("1", "2026-02-01T21:59:00Z", "page_view", "a"),
      line("2", "2026-02-01T22:00:00Z", "page_view", "a"),
    ]
    #expect(try book(lines).cell("a", "active_days") == "1")
    #expect(try book(lines, timezone: "Europe/Tallinn").cell("a", "active_days") == "2")
  }

  /// An event that is an occurrence of two interactions of a stage counts twice in its tally; the
  /// furthest stage with a tally is the stage.
  @Test func tallies() throws {
    let text = """
      name: test
      journey: [early, late, last]
      interactions:
        view: { type: page_view, stage: early }
        blog: { type: page_view, path: "/blog/*", stage: early }
        ask: { type: ask, stage: late }
      scores:
        s: { points: { view: 1 } }
      """
    let found = try HandBook(
      text,
      [
        line("1", "2026-02-01T00:00:00Z", "page_view", "a", #""url":"https://x.org/blog/a?b""#),
        line("2", "2026-02-01T00:00:00Z", "ask", "a"),
        line("3", "2026-02-01T00:00:00Z", "page_view", "b"),
      ]
    ).result()
    #expect(found.cell("a", "tally.early") == "2")
    #expect(found.cell("a", "activities") == "2")
    #expect(found.cell("a", "stage") == "late")
    #expect(found.cell("b", "stage") == "early")
    #expect(
      found.rows("tallies.csv").dropFirst().map { $0.joined(separator: " ") }
        == ["a ask 1", "a blog 1", "a view 1", "b view 1"])
  }
}
