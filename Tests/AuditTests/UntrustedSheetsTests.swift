import Audit
import Definition
import Engine
import Foundation
import Notation
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

  /// The same explanation and history by a definition of one's own, where no snapshot has the last word.
  private func told(_ scratch: ScratchBook) throws -> [Data] {
    let definition = try Definition.load(text: Self.rules, file: "d.yaml")
    let subject = AuditSubject(
      definition: definition, asOf: eventTime("2026-02-01T00:00:00Z") ?? 0, knownAt: nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let plan = ExplainPlan(book: scratch.book, subject: subject, lead: "lead-4", jobs: 1)
    let history = HistoryPlan(
      book: scratch.book, subject: subject, who: .lead("lead-4"), step: .week, jobs: 1)
    return [try encoder.encode(explain(plan)), try encoder.encode(Audit.history(history))]
  }

  @Test("no flipped bit of the cache changes an explanation or a history")
  func flippedBits() throws {
    let scratch = try makeBook()
    let whole = try told(scratch)
    for file in try sheets(scratch.book) + ["\(scratch.book.cache)/index.json"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
      for bit in stride(from: 3, to: bytes.count * 8, by: bytes.count * 8 / 90 | 1) {
        var flipped = bytes
        flipped[bit / 8] ^= 1 << UInt8(bit % 8)
        try flipped.write(to: URL(fileURLWithPath: file))
        #expect(try told(scratch) == whole, "\(file): bit \(bit)")
      }
      try bytes.write(to: URL(fileURLWithPath: file))
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
