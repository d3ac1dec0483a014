import Audit
import Definition
import Engine
import Notation
import TestBooks
import Testing

/// Histories of conditions that change as time passes.
@Suite struct TimesHistoryTests {
  private func report(
    _ who: HistoryPlan.Who, _ definition: String, _ lines: [String],
    asOf: String = "2026-06-01T00:00:00Z"
  ) throws -> HistoryReport {
    let scratch = try ScratchBook()
    let log = lines.joined(separator: "\n")
    try scratch.writeLog([(path: "a.ndjson", bytes: Array(log.utf8))])
    let subject = AuditSubject(
      definition: try Definition.load(text: definition, file: "d.yaml"),
      asOf: try #require(eventTime(asOf)), knownAt: nil)
    return try history(
      HistoryPlan(book: scratch.book, subject: subject, who: who, step: .month, jobs: 1))
  }

  /// What was crossed, each as the time, the bound and whether it was entered.
  private func crossings(_ report: HistoryReport) -> [String] {
    report.crossings.map { "\($0.time) \($0.what) \($0.to ?? "none")" }
  }

  @Test("ago and ahead are crossed in the millisecond in which time makes them so")
  func lapses() throws {
    let found = try report(
      .lead("ada"),
      """
      name: t
      interactions: { view: { type: page_view } }
      lists:
        renewal: { attribute.renewal: { ahead: { max: 60d } } }
        recent: { last_seen: { ago: { min: 1d, max: 2d } } }
        one-of-late: { not: { last_seen: { ago: { min: 1d } } } }
      """,
      [
        #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"profile","lead":"ada","fields":{"renewal":"2026-05-01 00:00:00.500"}}"#,
        #"{"id":"2","time":"2026-02-01T00:00:00.250Z","type":"page_view","lead":"ada"}"#,
      ])
    #expect(
      crossings(found) == [
        "2026-02-02T00:00:00.250Z list.recent in",
        "2026-02-02T00:00:00.250Z list.one-of-late none",
        "2026-02-03T00:00:00.251Z list.recent none",
        "2026-03-02T00:00:00.500Z list.renewal in",
        "2026-05-01T00:00:00.501Z list.renewal none",
      ])
    #expect(found.crossings.allSatisfy { $0.causes.isEmpty })
  }

  @Test("days since a stage was entered, and in the present one, turn in their own millisecond")
  func stages() throws {
    let found = try report(
      .lead("ada"),
      """
      name: t
      journey: [early, late]
      interactions: { view: { type: page_view, stage: early }, form: { type: form_fill, stage: late } }
      lists:
        stuck: { days_in_stage: { min: 10 } }
        old: { days_since_entered.early: { min: 15 } }
      """,
      [
        #"{"id":"1","time":"2026-01-01T00:00:00.001Z","type":"page_view","lead":"ada"}"#,
        #"{"id":"2","time":"2026-01-13T00:00:00Z","type":"form_fill","lead":"ada"}"#,
        #"{"id":"3","time":"2026-01-20T00:00:00Z","type":"form_fill","lead":"ada"}"#,
      ])
    #expect(
      crossings(found) == [
        "2026-01-11T00:00:00.001Z list.stuck in", "2026-01-13T00:00:00.000Z list.stuck none",
        "2026-01-16T00:00:00.001Z list.old in", "2026-01-23T00:00:00.000Z list.stuck in",
      ])
  }

  @Test("the busiest hour of a window passes when it slides out")
  func busiestHour() throws {
    let found = try report(
      .lead("ada"),
      """
      name: t
      interactions: { view: { type: page_view } }
      lists:
        busy: { busiest_hour@7d: { min: 3 } }
        ever: { busiest_hour: { min: 3 } }
      """,
      [
        #"{"id":"0","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"ada"}"#,
        #"{"id":"1","time":"2026-01-01T09:00:00Z","type":"page_view","lead":"ada"}"#,
        #"{"id":"2","time":"2026-01-01T09:30:00Z","type":"page_view","lead":"ada"}"#,
        #"{"id":"3","time":"2026-01-01T09:59:59.999Z","type":"page_view","lead":"ada"}"#,
        #"{"id":"4","time":"2026-01-01T10:10:00Z","type":"page_view","lead":"ada"}"#,
      ])
    #expect(
      crossings(found) == [
        "2026-01-01T09:59:59.999Z list.busy in", "2026-01-01T09:59:59.999Z list.ever in",
        "2026-01-08T09:30:00.000Z list.busy none",
      ])
  }

  private static let excluding = """
    name: t
    interactions: { view: { type: page_view } }
    scores: { s: { points: { view: 10 } } }
    exclude: { any: [ { lead: "staff*" }, { attribute.until: { ago: { max: 10d } } } ] }
    lists: { seen: { score.s: { min: 10 } } }
    accounts: { ready: { total.s: { min: 15 } } }
    """

  private static let lines = [
    #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"ada","account":"acme","fields":{"until":"2026-02-01"}}"#,
    #"{"id":"2","time":"2026-01-02T00:00:00Z","type":"page_view","lead":"bob","account":"acme"}"#,
    #"{"id":"3","time":"2026-01-03T00:00:00Z","type":"page_view","lead":"staff-1","account":"acme"}"#,
  ]

  @Test("a history says when a lead is left out, and shows it all the same")
  func excluded() throws {
    let found = try report(.lead("ada"), Self.excluding, Self.lines)
    #expect(
      crossings(found) == [
        "2026-02-01T00:00:00.000Z excluded true", "2026-02-11T00:00:00.001Z excluded none",
      ])
    #expect(found.isExcluded == false)
    #expect(found.moments.allSatisfy { $0.values == ["10", "10"] })
    let staff = try report(.lead("staff-1"), Self.excluding, Self.lines)
    #expect(staff.isExcluded == true && staff.moments.last?.values == ["10", "10"])
  }

  @Test("an account's history has its leads only while they are not left out")
  func account() throws {
    let found = try report(.account("acme"), Self.excluding, Self.lines)
    #expect(
      crossings(found) == [
        "2026-01-02T00:00:00.000Z ready true", "2026-02-01T00:00:00.000Z ready none",
        "2026-02-11T00:00:00.001Z ready true",
      ])
    // leads, engaged and the total at the beginnings of months.
    #expect(
      found.moments.map(\.values) == [
        ["1", "1", "10"], ["1", "1", "10"], ["2", "2", "20"], ["2", "2", "20"], ["2", "2", "20"],
        ["2", "2", "20"],
      ])
  }

  @Test("an account's own times are counted as time passes")
  func accountTimes() throws {
    let found = try report(
      .account("acme"),
      """
      name: t
      interactions: { view: { type: page_view } }
      accounts: { ready: { attribute.ends: { ahead: { min: 10d, max: 30d } } } }
      """,
      [
        #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"account_profile","account":"acme","fields":{"ends":"2026-03-31T00:00:00.250Z"}}"#
      ])
    #expect(
      crossings(found) == [
        "2026-03-01T00:00:00.250Z ready true", "2026-03-21T00:00:00.251Z ready none",
      ])
  }
}
