import Audit
import Definition
import Engine
import Foundation
import Notation
import TestBooks
import Testing

/// Audits of definitions that take several spellings for one key, or leave events out.
@Suite struct SpellingTests {
  private static let rules = """
    name: spelt
    interactions: { view: { type: page_view } }
    scores: { interest: { points: { view: 1 } } }
    accounts: { ready: { total.interest: { min: 3 } } }

    """
  private static let folded = rules + "keys: { leads: fold-case, accounts: fold-case }"
  private static let asOf = "2026-03-01T00:00:00Z"

  private static func event(_ id: Int, _ lead: String, _ rest: String = "") -> String {
    #"{"id":"\#(id)","time":"2026-02-0\#(id)T00:00:00Z","type":"page_view","lead":"\#(lead)"\#(rest)}"#
  }

  private static let log = [
    event(1, "Jane@x", #","account":"Acme""#), event(2, "jane@x "),
    event(3, "JANE@X", #","account":"ACME""#), event(4, "bob"),
    event(5, "Visitor"),
    #"{"id":"6","time":"2026-02-06T00:00:00Z","type":"merge","lead":"jane@X","from":"visitor"}"#,
    event(7, "staff@us"),
  ]

  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    let text = Self.log.joined(separator: "\n") + "\n"
    try scratch.writeLog([("1.ndjson", Array(text.utf8))])
    return scratch
  }

  private func subject(_ text: String) throws -> AuditSubject {
    AuditSubject(
      definition: try Definition.load(text: text, file: "d.yaml"),
      asOf: try #require(eventTime(Self.asOf)), knownAt: nil)
  }

  @Test("a lead is explained from the lines of all its spellings, whichever is typed")
  func explained() throws {
    let scratch = try book()
    try scratch.run(definition: Self.folded, asOf: Self.asOf)
    let latest = try AuditSubject(snapshot: "latest", of: scratch.book)
    for typed in ["jane@x", " JANE@X", "VISITOR"] {
      let found = try explain(
        ExplainPlan(book: scratch.book, subject: latest, lead: typed))
      #expect(found.lead == "jane@x" && found.keys == ["jane@x", "visitor"])
      #expect(found.scores[0].contributions.map(\.event.id) == ["1", "2", "3", "5"])
      #expect(found.account?.value == "acme" && found.snapshot?.isEqual == true)
    }
    let account = try explain(account: "ACME ", of: scratch.book, latest)
    #expect(account.account == "acme" && account.leads.map(\.lead) == ["jane@x"])
    #expect(account.ready?.isReady == true)
  }

  @Test("a history is of all spellings, whichever is typed")
  func histories() throws {
    let scratch = try book()
    let subject = try subject(Self.folded)
    func found(_ who: HistoryPlan.Who) throws -> HistoryReport {
      try history(
        HistoryPlan(
          book: scratch.book, subject: subject, who: who,
          step: .event))
    }
    #expect(try found(.lead("jane@x")).lead == "jane@x")
    #expect(try found(.lead("Jane@X")).lead == "jane@x")
    #expect(try found(.account("Acme")).account == "acme")
  }

  @Test("what is not found says how keys are compared")
  func notFound() throws {
    let scratch = try book()
    func hint(_ text: String) throws -> String? {
      let subject = try subject(text)
      do {
        _ = try explain(ExplainPlan(book: scratch.book, subject: subject, lead: "nobody"))
        return nil
      } catch let error as RunError {
        return error.hint
      }
    }
    #expect(try hint(Self.rules)?.contains("byte by byte") == true)
    #expect(try hint(Self.folded)?.contains("without regard to case") == true)
  }

  @Test("from a definition with other keys each lead's change has the rules for its cause")
  func otherKeys() throws {
    let scratch = try book()
    let before = try scratch.run(definition: Self.rules, asOf: Self.asOf).report.snapshot
    let after = try scratch.run(definition: Self.folded, asOf: Self.asOf).report.snapshot
    func report(_ a: String, _ b: String, _ lead: String? = nil) throws -> DiffReport {
      var plan = DiffPlan(
        book: scratch.book, from: try AuditSubject(snapshot: a, of: scratch.book),
        to: try AuditSubject(snapshot: b, of: scratch.book))
      plan.lead = lead
      return try diff(plan)
    }
    let there = try report(before, after)
    #expect(there.unreproduced.isEmpty)
    #expect(Set(there.causes.map(\.cause)) == [.rules])
    func changes(_ report: DiffReport) -> [String: String] {
      Dictionary(uniqueKeysWithValues: report.changes.map { ($0.lead, $0.change) })
    }
    // Before, the merge joined nobody's visits: it names two spellings that nobody else has.
    #expect(
      changes(there) == [
        "jane@x": "came", "Jane@x": "gone", "jane@x ": "gone", "JANE@X": "gone",
        "jane@X": "gone", "Visitor": "gone",
      ])
    #expect(there.leads.unchanged == 2)
    let back = try report(after, before)
    #expect(back.unreproduced.isEmpty && back.leads.came == 5 && back.leads.gone == 1)
    // Whoever asks for one lead means its key on either side.
    #expect(try Set(report(before, after, "JANE@X").changes.map(\.lead)) == ["JANE@X", "jane@x"])
  }

  @Test("a lead that only one definition ignores is gone, and comes back")
  func ignored() throws {
    let scratch = try book()
    let rules = Self.rules + #"ignore: { lead: "*@us" }"#
    let (a, b) = (try subject(Self.rules), try subject(rules))
    let there = try diff(DiffPlan(book: scratch.book, from: a, to: b))
    #expect(there.changes.map(\.lead) == ["staff@us"] && there.leads.gone == 1)
    #expect(there.causes.map(\.cause) == [.rules])
    let back = try diff(DiffPlan(book: scratch.book, from: b, to: a))
    #expect(back.changes.map(\.lead) == ["staff@us"] && back.leads.came == 1)
  }
}
