import Audit
import Definition
import Foundation
import Notation
import TestBooks
import Testing

/// Pairs that differ in one thing show that cause and no other.
@Suite struct SingleCauseTests {
  private static let rules = """
    name: small
    interactions:
      view: { type: page_view }
      form: { type: form_fill }
    scores:
      interest:
        range: [0, 50]
        half_life: 30d
        expires: 300d
        inactivity: { after: 30d, points: -2, every: 30d }
        points:
          view: { points: 3, limit: 2, per: day }
          form: { points: 20, cap: 35 }
    """
  private static let asOf = "2026-03-01T00:00:00Z"

  struct Pair: Sendable, CustomTestStringConvertible {
    var name: String
    var more: [String] = []
    var rules = SingleCauseTests.rules
    var asOf = SingleCauseTests.asOf
    var causes: Set<DiffCause>
    var parts: Set<DiffPart> = []
    var testDescription: String { name }
  }

  private static func event(
    _ id: String, _ time: String, _ type: String, _ lead: String, _ rest: String = ""
  ) -> String {
    #"{"id":"\#(id)","time":"\#(time)","type":"\#(type)","lead":"\#(lead)"\#(rest)}"#
  }

  private static let log = [
    event("1", "2026-01-10T09:00:00Z", "page_view", "ada"),
    event("2", "2026-01-10T10:00:00Z", "page_view", "ada"),
    event("3", "2026-02-01T09:00:00Z", "form_fill", "ada"),
    event("4", "2026-02-03T09:00:00Z", "form_fill", "bob"),
    event("5", "2026-02-04T09:00:00Z", "page_view", "cleo"),
  ]

  static let pairs: [Pair] = [
    Pair(name: "nothing", causes: []),
    Pair(
      name: "a late event",
      more: [event("6", "2026-02-02T09:00:00Z", "form_fill", "ada")], causes: [.lateEvents]),
    Pair(
      name: "a late event that takes another's place under a limit",
      more: [event("6", "2026-01-10T08:00:00Z", "page_view", "ada")], causes: [.lateEvents],
      parts: [.gates]),
    Pair(
      name: "an earlier copy of an event",
      more: [event("3", "2026-01-20T09:00:00Z", "form_fill", "ada")], causes: [.duplicates]),
    Pair(
      name: "a merge",
      more: [event("6", "2026-02-20T09:00:00Z", "merge", "ada", #","from":"bob""#)],
      causes: [.mergedIn, .mergedOut]),
    Pair(
      name: "a forget", more: [event("6", "2026-02-20T09:00:00Z", "forget", "ada")],
      causes: [.erased]),
    Pair(
      name: "a withdraw",
      more: [event("6", "2026-02-20T09:00:00Z", "withdraw", "ada", #","event":"3""#)],
      causes: [.withdrawal], parts: [.points]),
    Pair(
      name: "a merge that is withdrawn",
      more: [
        event("6", "2026-02-20T09:00:00Z", "merge", "ada", #","from":"bob""#),
        event("7", "2026-02-21T09:00:00Z", "withdraw", "ada", #","event":"6""#),
      ], causes: []),
    Pair(
      name: "rules that hold all merges back",
      rules: rules + "\nidentity: { never: [\"*\"] }", causes: []),
    Pair(
      name: "other points",
      rules: rules.replacingOccurrences(of: "points: 20", with: "points: 24"), causes: [.rules]),
    Pair(
      name: "another range",
      rules: rules.replacingOccurrences(of: "[0, 50]", with: "[0, 5]"), causes: [.rules],
      parts: [.range]),
    Pair(
      name: "time", asOf: "2026-04-15T00:00:00Z", causes: [.time], parts: [.decay, .inactivity]),
    Pair(
      name: "time until all is expired", asOf: "2027-04-15T00:00:00Z", causes: [.time],
      parts: [.expiry]),
  ]

  @Test("a pair that differs in one thing shows that cause alone", arguments: pairs)
  func single(pair: Pair) throws {
    let scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", lines(Self.log))])
    let before = try scratch.run(definition: Self.rules, asOf: Self.asOf).report.snapshot
    if !pair.more.isEmpty { try scratch.writeLog([("2.ndjson", lines(pair.more))]) }
    let after = try scratch.run(definition: pair.rules, asOf: pair.asOf).report.snapshot
    let report = try diff(
      DiffPlan(
        book: scratch.book, from: try AuditSubject(snapshot: before, of: scratch.book),
        to: try AuditSubject(snapshot: after, of: scratch.book)))
    #expect(Set(report.causes.map(\.cause)) == pair.causes)
    #expect(pair.parts.isSubset(of: Set(report.causes.map(\.part))))
    #expect(report.isSame == pair.causes.isEmpty)
    #expect(report.unreproduced.isEmpty)
  }

  @Test(
    "what takes a merge back is the cause of what each of the two loses, in either direction of time"
  )
  func withdrawnMerge() throws {
    let scratch = try ScratchBook()
    let merge = Self.event("6", "2026-02-20T09:00:00Z", "merge", "ada", #","from":"bob""#)
    let withdraw = Self.event("7", "2026-02-22T09:00:00Z", "withdraw", "ada", #","event":"6""#)
    try scratch.writeLog([("1.ndjson", lines(Self.log + [merge, withdraw]))])
    let rules = Self.rules.split(separator: "\n")
      .filter { !$0.contains("half_life") && !$0.contains("inactivity") }.joined(separator: "\n")
    let definition = try Definition.load(text: rules, file: "")
    func subject(_ time: String) throws -> AuditSubject {
      AuditSubject(
        definition: definition, asOf: try #require(eventTime(time)), knownAt: nil)
    }
    let (a, b) = (try subject("2026-02-21T00:00:00Z"), try subject("2026-02-23T00:00:00Z"))
    for (from, to) in [(a, b), (b, a)] {
      let report = try diff(DiffPlan(book: scratch.book, from: from, to: to))
      let sums = Dictionary(
        report.changes.map { ($0.lead, $0.scores.flatMap(\.causes)) }, uniquingKeysWith: { $1 })
      #expect(Set(sums.keys) == ["ada", "bob"])
      #expect(sums.values.joined().allSatisfy { $0.cause == .withdrawal })
      #expect(report.unreproduced.isEmpty)
    }
  }

  @Test(
    "account merges, and their withdrawal, are causes of what attributes of accounts do to scores")
  func accounts() throws {
    let definition = try Definition.load(
      text: """
        name: small
        interactions: { view: { type: page_view } }
        grades:
          fit:
            letters: { A: 50, F: 0 }
            criteria:
              - { attribute: size, weight: 1, values: [ { min: 10, value: 80 } ] }
        scores:
          fit: { blend: { percent.fit: 1 } }
        """, file: "")
    let scratch = try ScratchBook()
    try scratch.writeLog([
      (
        "1.ndjson",
        lines([
          Self.event("1", "2026-01-10T09:00:00Z", "page_view", "ada", #","account":"old""#),
          Self.event(
            "2", "2026-01-10T09:00:00Z", "account_profile", "",
            #","account":"new","fields":{"size":20}"#),
          Self.event(
            "3", "2026-01-12T09:00:00Z", "account_merge", "", #","account":"new","from":"old""#),
          #"{"id":"4","time":"2026-01-14T09:00:00Z","type":"withdraw","account":"new","event":"3"}"#,
        ])
      )
    ])
    func subject(_ day: Int) throws -> AuditSubject {
      AuditSubject(
        definition: definition, asOf: try #require(eventTime("2026-01-\(day)T00:00:00Z")),
        knownAt: nil)
    }
    let (before, merged, apart) = (try subject(11), try subject(13), try subject(15))
    for (from, to, cause, points) in [
      (before, merged, DiffCause.accountMerge, 80), (merged, before, .accountMerge, -80),
      (merged, apart, .withdrawal, -80),
    ] {
      let report = try diff(DiffPlan(book: scratch.book, from: from, to: to))
      #expect(Set(report.causes.map(\.cause)) == [cause])
      #expect(report.causes.map(\.micropoints).reduce(0, +) == Int128(points) * 1_000_000)
      #expect(report.changes.map(\.lead) == ["ada"])
    }
  }

  @Test("events between two as-ofs are new, and time alone makes the rest")
  func newEvents() throws {
    let scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", lines(Self.log))])
    let definition = try Definition.load(text: Self.rules, file: "")
    func subject(_ time: String) throws -> AuditSubject {
      AuditSubject(
        definition: definition, asOf: try #require(eventTime(time)), knownAt: nil)
    }
    let (a, b) = (try subject("2026-02-02T00:00:00Z"), try subject("2026-02-03T09:00:00Z"))
    let report = try diff(DiffPlan(book: scratch.book, from: a, to: b))
    let bob = try #require(report.changes.first { $0.lead == "bob" })
    #expect(bob.change == "came")
    #expect(bob.scores[0].causes.map(\.cause) == [.newEvents])
    #expect(bob.scores[0].causes[0].micropoints == 20_000_000)
    let back = try diff(DiffPlan(book: scratch.book, from: b, to: a))
    let gone = try #require(back.changes.first { $0.lead == "bob" })
    #expect(gone.scores[0].causes.map(\.cause) == [.futureEvents])
  }

  private func lines(_ events: [String]) -> [UInt8] {
    Array((events.joined(separator: "\n") + "\n").utf8)
  }
}
