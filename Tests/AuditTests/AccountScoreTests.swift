import Audit
import Definition
import Engine
import Foundation
import Notation
import TestBooks
import Testing

/// The scores that accounts have of their own, looked at one by one.
@Suite struct AccountScoreTests {
  private static let definition = """
    name: t
    interactions: { view: { type: page_view } }
    scores: { s: { half_life: 30d, points: { view: 8 } } }
    accounts:
      scores:
        reach: { sum: raw.s, best: 2, weights: [{ when: { attribute.title: VP }, weight: 2.5 }] }
        whole: { blend: { score.reach: 1, max.s: 1 } }
      ready: { score.reach: { min: 20 } }
    """

  private static let log = [
    #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"ada","account":"acme","fields":{"title":"VP"}}"#,
    #"{"id":"2","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"bob","account":"acme"}"#,
    #"{"id":"3","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"cy","account":"acme"}"#,
  ]

  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array(Self.log.joined(separator: "\n").utf8))])
    return scratch
  }

  private func subject(_ asOf: String, _ text: String = definition) throws -> AuditSubject {
    AuditSubject(
      definition: try Definition.load(text: text, file: "d.yaml"),
      asOf: try #require(eventTime(asOf)), knownAt: nil)
  }

  @Test(
    "explain shows what each lead gives, by which weight, which of them count, and the parts of a blend"
  )
  func explained() throws {
    let scratch = try book()
    try scratch.run(definition: Self.definition, asOf: "2026-01-01T00:00:00Z")
    let latest = try AuditSubject(snapshot: "latest", of: scratch.book)
    let account = try explain(account: "acme", of: scratch.book, latest)
    #expect(account.snapshot?.isEqual == true)
    let reach = account.scores[0]
    #expect(reach.made == "sum" && reach.value == 28 && reach.raw == 28_000_000)
    let leads = try #require(reach.leads)
    #expect(leads.map(\.lead) == ["ada", "bob", "cy"])
    #expect(leads.map(\.weight) == [2_500_000, 1_000_000, 1_000_000])
    #expect(leads.map(\.points) == [20_000_000, 8_000_000, 8_000_000])
    // Of equals the first by key.
    #expect(leads.map(\.counts) == [true, true, false])
    let whole = account.scores[1]
    #expect(whole.made == "blend" && whole.raw == 36_000_000)
    #expect(whole.parts?.map(\.name) == ["score.reach", "max.s"])
    #expect(whole.parts?.map(\.value) == [2800, 800])
  }

  @Test("what takes a sum back to where numbers end is told, and the summary counts it")
  func held() throws {
    let scratch = try book()
    let text = Self.definition.replacingOccurrences(of: "view: 8", with: "view: 1000000000")
      .replacingOccurrences(of: "weight: 2.5", with: "weight: 1000000000")
    try scratch.run(definition: text, asOf: "2026-01-01T00:00:00Z")
    let latest = try AuditSubject(snapshot: "latest", of: scratch.book)
    let account = try explain(account: "acme", of: scratch.book, latest)
    let reach = account.scores[0]
    #expect(reach.raw == 999_999_999_999_000_000 && account.snapshot?.isEqual == true)
    // 10^18 and 10^9 points are given; 10^12 less one are left.
    #expect(
      reach.held == 999_999_999_999_000_000 - (1_000_000_001_000_000_000 as Int128) * 1_000_000)
    let summary = try #require(latest.snapshot).path + "/summary.json"
    let text2 = try String(contentsOfFile: summary, encoding: .utf8)
    #expect(text2.contains(#""raw.reach" : 1"#) && text2.contains(#""raw.whole" : 1"#))
  }

  // 8 × 2.5 and 8 halve in 30 days: 28 becomes 20 (19.5, rounded) at log2(28 / 19.5) × 30 days.
  @Test("history finds the millisecond at which an account is no longer ready by its own score")
  func history() throws {
    let scratch = try book()
    let found = try Audit.history(
      HistoryPlan(
        book: scratch.book, subject: subject("2026-03-01T00:00:00Z"), who: .account("acme"),
        step: .month, jobs: 1))
    #expect(found.columns == ["leads", "engaged", "total.s", "score.reach", "score.whole"])
    #expect(found.crossings.map(\.what) == ["ready"])
    #expect(found.crossings.map(\.isUp) == [false])
    let last = try #require(found.crossings.last)
    #expect(last.causes.isEmpty && last.time.hasPrefix("2026-01-16T"))
    let time = try #require(eventTime(last.time))
    for (moment, isReady) in [(time - 1, true), (time, false)] {
      try scratch.run(definition: Self.definition, asOf: timeText(milliseconds: moment))
      let then = try AuditSubject(snapshot: "latest", of: scratch.book)
      let account = try explain(account: "acme", of: scratch.book, then)
      #expect(account.ready?.isReady == isReady)
    }
  }

  @Test("a diff tells which scores of accounts changed, also where no total did")
  func compared() throws {
    let scratch = try book()
    let asOf = "2026-01-01T00:00:00Z"
    let other = Self.definition.replacingOccurrences(of: "weight: 2.5", with: "weight: 0.5")
    let report = try diff(
      DiffPlan(
        book: scratch.book, from: subject(asOf), to: subject(asOf, other), jobs: 1))
    #expect(report.leads.unchanged == 3 && report.accountsChanged == 1 && !report.isSame)
    #expect(report.accounts.map(\.account) == ["acme"] && report.accounts[0].totals.isEmpty)
    #expect(report.accounts[0].scores.map(\.score) == ["reach", "whole"])
    #expect(report.accounts[0].scores.map(\.from) == [28, 36])
    #expect(report.accounts[0].scores.map(\.to) == [16, 24])
    let without = Self.definition.replacingOccurrences(of: "reach", with: "other")
    let renamed = try diff(
      DiffPlan(
        book: scratch.book, from: subject(asOf), to: subject(asOf, without), jobs: 1))
    #expect(renamed.accounts[0].scores.map(\.score) == ["reach", "other"])
    #expect(renamed.accounts[0].scores.map(\.to) == [nil, 28])
  }
}
