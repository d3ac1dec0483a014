import Audit
import Definition
import Engine
import Files
import Foundation
import Notation
import TestBooks
import Testing

/// Leads that come to an account by a domain, looked at one by one.
@Suite struct FromDomainTests {
  private static let definition = """
    name: t
    interactions: { view: { type: page_view } }
    scores: { s: { points: { view: 10 } } }
    accounts:
      from_domain: { of: [attribute.email, lead], except: [free-mail] }
      ready: { total.s: { min: 20 } }
    """

  private static let log = [
    #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"ada@acme.com"}"#,
    #"{"id":"2","time":"2026-01-02T00:00:00Z","type":"page_view","lead":"bob"}"#,
    #"{"id":"3","time":"2026-01-03T00:00:00Z","type":"profile","lead":"bob","fields":{"email":"bob@ACME.com"}}"#,
    #"{"id":"4","time":"2026-01-04T00:00:00Z","type":"page_view","lead":"cy","account":"other"}"#,
    #"{"id":"5","time":"2026-01-05T00:00:00Z","type":"account_profile","account":"acme.com","fields":{"email":"x@y.z"}}"#,
    #"{"id":"6","time":"2026-01-06T00:00:00Z","type":"profile","lead":"bob","fields":{"email":"bob@gmail.com"}}"#,
  ]

  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array(Self.log.joined(separator: "\n").utf8))])
    return scratch
  }

  private func subject(_ text: String, _ asOf: String) throws -> AuditSubject {
    AuditSubject(
      definition: try Definition.load(text: text, file: "d.yaml"),
      asOf: try #require(eventTime(asOf)), knownAt: nil)
  }

  @Test("explain says what an account is the domain of, and agrees with the snapshot")
  func explained() throws {
    let scratch = try book()
    try scratch.run(definition: Self.definition, asOf: "2026-01-05T12:00:00Z")
    let latest = try AuditSubject(snapshot: "latest", of: scratch.book)
    func lead(_ name: String) throws -> Explanation {
      try explain(ExplainPlan(book: scratch.book, subject: latest, lead: name, jobs: 1))
    }
    let (ada, bob, cy) = (try lead("ada@acme.com"), try lead("bob"), try lead("cy"))
    #expect([ada, bob, cy].map(\.account?.value) == ["acme.com", "acme.com", "other"])
    #expect([ada, bob, cy].map(\.account?.domainOf) == ["lead", "attribute.email", nil])
    #expect([ada, bob, cy].map(\.account?.event?.id) == [nil, "3", "4"])
    #expect([ada, bob, cy].allSatisfy { $0.snapshot?.isEqual == true })
    // What the account says of itself is seen by the lead that says nothing.
    #expect(ada.attributes.map(\.value) == ["x@y.z"] && ada.attributes[0].isAccounts)
    let account = try explain(account: "acme.com", of: scratch.book, latest)
    #expect(account.leads.map(\.lead) == ["ada@acme.com", "bob"])
    #expect(account.ready?.isReady == true && account.snapshot?.isEqual == true)
  }

  @Test("an account's history has the leads that came by its domain, from then until they left")
  func history() throws {
    let scratch = try book()
    let plan = HistoryPlan(
      book: scratch.book, subject: try subject(Self.definition, "2026-01-07T00:00:00Z"),
      who: .account("acme.com"), step: .event, jobs: 1)
    let found = try Audit.history(plan)
    func value(_ day: Int, _ column: String) -> String? {
      let index = found.columns.firstIndex(of: column)
      let moment = found.moments.last { $0.time == "2026-01-0\(day)T00:00:00.000Z" }
      return index.flatMap { moment?.values[$0] }
    }
    #expect((1...6).map { value($0, "leads") } == ["1", "1", "2", "2", "2", "1"])
    #expect(
      found.crossings.map(\.time) == ["2026-01-03T00:00:00.000Z", "2026-01-06T00:00:00.000Z"])
  }

  @Test("a diff of definitions with and without it moves leads, and their scores with them")
  func compared() throws {
    let scratch = try book()
    let without = Self.definition.replacingOccurrences(
      of: "  from_domain: { of: [attribute.email, lead], except: [free-mail] }\n", with: "")
    let asOf = "2026-01-05T12:00:00Z"
    // The attribute is read for the one alone, or for both.
    let mentions = "\nexclude: { attribute.email: nobody }"
    for more in ["", mentions] {
      let report = try diff(
        DiffPlan(
          book: scratch.book, from: subject(without + more, asOf),
          to: subject(Self.definition + more, asOf), jobs: 1))
      #expect(report.changes.map(\.lead) == ["ada@acme.com", "bob"])
      #expect(report.changes.flatMap(\.moves).map(\.to) == ["acme.com", "acme.com"])
      #expect(report.accounts.map(\.account) == ["acme.com"])
      #expect(report.accounts[0].totals.map(\.movedIn) == [20])
    }
  }

  @Test("the manifest has the hash of the list free-mail, and another list is told")
  func otherList() throws {
    let scratch = try book()
    try scratch.run(definition: Self.definition, asOf: "2026-01-05T12:00:00Z")
    let sha256 = SHA256Hasher.hex(of: DomainRule.freeMailText)
    let latest = try AuditSubject(snapshot: "latest", of: scratch.book)
    #expect(latest.manifest?.definition.freeMailSHA256 == sha256)
    #expect(try reproduce(snapshot: "latest", of: scratch.book).isSame)
    let other = try scratch.pretendOtherFreeMail(than: sha256)
    let found = try reproduce(snapshot: other, of: scratch.book)
    #expect(found.faults.map(\.message) == ["this program has another list 'free-mail'"])
    try scratch.run(
      definition: Self.definition.replacingOccurrences(of: "[free-mail]", with: "[\"*.mail\"]"),
      asOf: "2026-01-05T12:00:00Z")
    let without = try AuditSubject(snapshot: "latest", of: scratch.book)
    #expect(without.manifest?.definition.freeMailSHA256 == nil)
  }
}
