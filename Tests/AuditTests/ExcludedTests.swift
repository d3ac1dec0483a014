import Audit
import Definition
import Engine
import Foundation
import Notation
import TestBooks
import Testing

/// Leads that a definition leaves out, looked at one by one.
@Suite struct ExcludedTests {
  private static let definition = """
    name: t
    interactions: { view: { type: page_view } }
    touches: { source: { last: view, property: campaign } }
    scores: { s: { points: { view: 10 } } }
    exclude: { lead: "staff*" }
    lists: { seen: { score.s: { min: 10 } } }
    """

  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    let log = [
      #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"ada","campaign":"spring"}"#,
      #"{"id":"2","time":"2026-01-02T00:00:00Z","type":"page_view","lead":"staff-1","campaign":7}"#,
      #"{"id":"3","time":"2026-01-03T00:00:00Z","type":"page_view","lead":"staff-1"}"#,
    ].joined(separator: "\n")
    try scratch.writeLog([(path: "a.ndjson", bytes: Array(log.utf8))])
    return scratch
  }

  @Test(
    "explain says that a lead is left out and why, shows all the same, and agrees with the snapshot"
  )
  func explained() throws {
    let scratch = try book()
    try scratch.run(definition: Self.definition, asOf: "2026-02-01T00:00:00Z")
    let subject = try AuditSubject(snapshot: "latest", of: scratch.book)
    let staff = try explain(
      ExplainPlan(book: scratch.book, subject: subject, lead: "staff-1", jobs: 1))
    #expect(staff.exclusion?.isExcluded == true)
    #expect(staff.exclusion?.tests.map(\.test) == ["lead: staff*"])
    #expect(staff.exclusion?.tests.map(\.value) == ["staff-1"])
    #expect(staff.scores.map(\.score) == [20])
    #expect(staff.snapshot?.isEqual == true && staff.snapshot?.differences.isEmpty == true)
    #expect(staff.touches?.map(\.value) == ["7"])
    #expect(staff.touches?.map(\.event?.id) == ["2"])
    let ada = try explain(ExplainPlan(book: scratch.book, subject: subject, lead: "ada", jobs: 1))
    #expect(ada.exclusion?.isExcluded == false && ada.snapshot?.isEqual == true)
    #expect(ada.touches?.map(\.value) == ["spring"])
  }

  @Test(
    "a lead that only one side leaves out has come or is gone, by the rules, and all causes add up")
  func compared() throws {
    let scratch = try book()
    let asOf = try #require(eventTime("2026-02-01T00:00:00Z"))
    func subject(_ text: String) throws -> AuditSubject {
      AuditSubject(
        definition: try Definition.load(text: text, file: "d.yaml"), asOf: asOf, knownAt: nil)
    }
    let all = Self.definition.replacingOccurrences(of: "staff*", with: "nobody")
    let report = try diff(
      DiffPlan(
        book: scratch.book, from: subject(all), to: subject(Self.definition), jobs: 1))
    #expect(report.leads.gone == 1 && report.leads.came == 0 && report.leads.unchanged == 1)
    #expect(report.changes.map(\.lead) == ["staff-1"])
    let back = try diff(
      DiffPlan(
        book: scratch.book, from: subject(Self.definition), to: subject(all), jobs: 1))
    #expect(back.leads.came == 1 && back.leads.gone == 0)
  }

  @Test("a lead that is left out once its score has faded is gone by time, and comes back by it")
  func leftOutByTime() throws {
    let scratch = try book()
    let text = """
      name: t
      interactions: { view: { type: page_view } }
      scores: { s: { half_life: 30d, points: { view: 10 } } }
      exclude: { score.s: { max: 5 } }
      """
    let definition = try Definition.load(text: text, file: "d.yaml")
    func subject(_ asOf: String) throws -> AuditSubject {
      AuditSubject(definition: definition, asOf: try #require(eventTime(asOf)), knownAt: nil)
    }
    let (early, late) = (try subject("2026-01-04T00:00:00Z"), try subject("2026-02-04T00:00:00Z"))
    let gone = try diff(DiffPlan(book: scratch.book, from: early, to: late, jobs: 1))
    #expect(gone.leads.gone == 1 && gone.leads.changed == 1)
    let causes = try #require(gone.changes.first { $0.lead == "ada" }).scores.flatMap(\.causes)
    #expect(causes.allSatisfy { $0.cause == .time })
    #expect(causes.reduce(0) { $0 + $1.micropoints } == -9_000_000)
    let back = try diff(DiffPlan(book: scratch.book, from: late, to: early, jobs: 1))
    #expect(back.leads.came == 1 && back.leads.changed == 1)
  }
}
