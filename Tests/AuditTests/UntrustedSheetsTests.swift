import Audit
import Engine
import Foundation
import TestBooks
import Testing

/// Explanations on a cache that somebody damaged: the log has the last word.
@Suite struct UntrustedSheetsTests {
  private static let rules = """
    name: small
    interactions:
      view: { type: page_view }
    scores:
      interest: { half_life: 30d, points: { view: 3 } }
    """

  private func makeBook() throws -> ScratchBook {
    let scratch = try ScratchBook()
    let lines = (1...300).map { number in
      #"{"id":"\#(number)","time":"2026-01-\#(10 + number % 20)T09:00:00Z","type":"page_view","#
        + #""lead":"lead-\#(number % 9)","path":"/\#(number)"}"#
    }
    try scratch.writeLog([("1.ndjson", Array((lines.joined(separator: "\n") + "\n").utf8))])
    // A file that has just changed is not kept; this one is old.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)],
      ofItemAtPath: "\(scratch.book.log)/1.ndjson")
    usleep(80_000)
    _ = try scratch.run(definition: Self.rules, asOf: "2026-02-01T00:00:00Z")
    return scratch
  }

  private func sheets(_ book: Book) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: book.cache)
      .filter { $0.hasSuffix(".sheet") }.map { "\(book.cache)/\($0)" }
  }

  @Test("an explanation ends in the snapshot whatever byte of a cached sheet is wrong")
  func damagedSheets() throws {
    let scratch = try makeBook()
    let subject = try AuditSubject(snapshot: "latest", of: scratch.book)
    let sheet = try #require(try sheets(scratch.book).first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: sheet))
    for place in stride(from: 0, to: whole.count, by: whole.count / 60) {
      var damaged = whole
      damaged[place] ^= 0xff
      try damaged.write(to: URL(fileURLWithPath: sheet))
      let explanation = try explain(
        ExplainPlan(book: scratch.book, subject: subject, lead: "lead-4"))
      #expect(explanation.snapshot?.isEqual == true, "byte \(place)")
      #expect(explanation.scores[0].contributions.count == 33, "byte \(place)")
    }
  }

  @Test("an explanation needs no cache, and names events by their ids and lines")
  func withoutCache() throws {
    let scratch = try makeBook()
    try FileManager.default.removeItem(atPath: scratch.book.cache)
    let subject = try AuditSubject(snapshot: "latest", of: scratch.book)
    var plan = ExplainPlan(book: scratch.book, subject: subject, lead: "lead-4")
    plan.wantsLines = true
    let explanation = try explain(plan)
    #expect(explanation.snapshot?.isEqual == true)
    for item in explanation.scores[0].contributions {
      #expect(item.event.at == "1.ndjson:\(item.event.id)")
    }
    #expect(explanation.lines?.count == 33)
    #expect(explanation.lines?[0].text.contains(#""id":"4""#) == true)
  }
}
