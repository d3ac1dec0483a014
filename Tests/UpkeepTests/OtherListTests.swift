import Definition
import Engine
import Files
import TestBooks
import Testing
import Upkeep

/// Snapshots that depend on a list that comes with the program.
@Suite struct OtherListTests {
  @Test("a snapshot that was made with another list free-mail is sound, and noted")
  func noted() throws {
    let scratch = try ScratchBook()
    let line = #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"a@acme.com"}"#
    try scratch.writeLog([("a.ndjson", Array(line.utf8))])
    try scratch.run(
      definition: """
        name: t
        interactions: { view: { type: page_view } }
        accounts: { from_domain: { of: [lead], except: [free-mail] } }
        """, asOf: "2026-02-01T00:00:00Z")
    func notes() throws -> [String] {
      let report = try verify(VerifyPlan(book: scratch.book))
      #expect(report.isSound)
      return report.notes.filter { $0.contains("free-mail") }
    }
    #expect(try notes().isEmpty)
    let other = try scratch.pretendOtherFreeMail(
      than: SHA256Hasher.hex(of: DomainRule.freeMailText))
    #expect(
      try notes() == [
        "snapshots/\(other): made with another list 'free-mail' than this program has; it cannot be reproduced"
      ])
  }
}
