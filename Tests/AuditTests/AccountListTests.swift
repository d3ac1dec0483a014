import Audit
import Definition
import Engine
import Foundation
import Notation
import TestBooks
import Testing

/// Lists of accounts, looked at account by account.
@Suite struct AccountListTests {
  private static let definition = """
    name: t
    interactions: { view: { type: page_view } }
    accounts:
      scores: { reach: { sum: activities } }
      lists:
        lately: { active@7d: { min: 1 } }
        large: { score.reach: { min: 2 } }
    examples:
      - name: the example is on one list and not on the other
        as_of: 2026-01-09T00:00:00Z
        events:
          - { time: 2026-01-01T00:00:00Z, type: page_view, account: acme }
          - { time: 2026-01-01T00:00:00Z, type: page_view, account: acme }
        expect:
          - account: acme
            list.large: true
            list.lately: false
            score.reach: 2
            raw.reach: 2
            days_since_last: 8
            active@30d: 1
    """

  private static let log = [
    #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"ada","account":"acme"}"#,
    #"{"id":"2","time":"2026-01-03T00:00:00Z","type":"page_view","lead":"bob","account":"acme"}"#,
  ]

  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array(Self.log.joined(separator: "\n").utf8))])
    return scratch
  }

  @Test("explain tells which lists an account is on, and the tests that decided")
  func explained() throws {
    let scratch = try book()
    try scratch.run(definition: Self.definition, asOf: "2026-01-12T00:00:00Z")
    let latest = try AuditSubject(snapshot: "latest", of: scratch.book)
    let account = try explain(account: "acme", of: scratch.book, latest)
    #expect(account.lists.map(\.list) == ["lately", "large"])
    #expect(account.lists.map(\.isMember) == [false, true])
    #expect(account.lists.map { $0.tests.map(\.value) } == [["0"], ["2"]])
  }

  @Test("history tells when an account came onto its lists and left them, to the millisecond")
  func history() throws {
    let scratch = try book()
    let subject = AuditSubject(
      definition: try Definition.load(text: Self.definition, file: "d.yaml"),
      asOf: try #require(eventTime("2026-01-12T00:00:00Z")), knownAt: nil)
    let found = try Audit.history(
      HistoryPlan(
        book: scratch.book, subject: subject, who: .account("acme"), step: .month, jobs: 1))
    #expect(found.crossings.map(\.what) == ["list.large", "list.lately"])
    #expect(
      found.crossings.map(\.time) == [
        "2026-01-03T00:00:00.000Z", "2026-01-10T00:00:00.000Z",
      ])
    #expect(found.crossings.map(\.causes.isEmpty) == [false, true])
  }

  @Test("examples may ask for lists and scores of accounts, and say what they found instead")
  func examples() throws {
    let definition = try Definition.load(text: Self.definition, file: "d.yaml")
    #expect(try failures(ofExamplesIn: definition).isEmpty)
    let wrong = try Definition.load(
      text: Self.definition.replacingOccurrences(
        of: "list.lately: false", with: "list.lately: true"),
      file: "d.yaml")
    #expect(
      try failures(ofExamplesIn: wrong).map(\.message) == [
        "expected list.lately to be true, but it is false"
      ])
  }
}
