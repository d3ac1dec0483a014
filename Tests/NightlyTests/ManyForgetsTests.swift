import Audit
import Definition
import Engine
import EventLog
import Foundation
import Nightly
import Notation
import TestBooks
import Testing
import Upkeep

/// As many merges as forgets, each reaching as many keys as it can.
///
/// `SCOREBOOK_MANY_FORGETS=100000` in the environment makes that many of each: a minute of work, and days
/// where each is compared with all others. The usual tests make a few.
@Suite("Many merges and forgets", .serialized) struct ManyForgetsTests {
  private static let count =
    ProcessInfo.processInfo.environment["SCOREBOOK_MANY_FORGETS"].flatMap(Int.init) ?? 500
  private static let definition = """
    name: d
    interactions: { view: { type: page_view } }
    scores: { s: { points: { view: 1 } } }
    """
  private static let end = "2027-01-01T00:00:00Z"

  enum Shape: String, CaseIterable {
    case chain, star, pairs

    /// The keys of a merge: who stays, who joins.
    func keys(_ number: Int) -> (lead: Int, from: Int) {
      switch self {
      case .chain: (number + 1, number)
      case .star: (0, number + 1)
      case .pairs: (number * 2, number * 2 + 1)
      }
    }
  }

  /// The first second of 2026 is 1.
  private static func line(
    _ id: String, _ second: Int, _ type: String, _ lead: Int, _ rest: String = ""
  ) -> String {
    let time = timeText(milliseconds: 1_767_225_600_000 + Int64(second) * 1000)
    return #"{"id":"\#(id)","time":"\#(time)","type":"\#(type)","lead":"k\#(lead)"\#(rest)}"# + "\n"
  }

  /// Merges and forgets in turn; of each merge one event before all of them, copied behind them, and one
  /// that is new then.
  private func book(_ shape: Shape) throws -> ScratchBook {
    let scratch = try ScratchBook()
    var text = ""
    for number in 0..<Self.count {
      let (lead, from) = shape.keys(number)
      let last = Self.count * 2 + 2
      text += Self.line("e\(number)", 1, "page_view", from)
      text += Self.line("m\(number)", number * 2 + 2, "merge", lead, #","from":"k\#(from)""#)
      text += Self.line("f\(number)", number * 2 + 3, "forget", from)
      text += Self.line("e\(number)", last, "page_view", lead)
      text += Self.line("n\(number)", last, "page_view", from)
    }
    try scratch.writeLog([("1.ndjson", Array(text.utf8))])
    return scratch
  }

  @Test("each forget erases all that it reaches, and copies of it", arguments: Shape.allCases)
  func run(shape: Shape) throws {
    let scratch = try book(shape)
    let events = try scratch.run(definition: Self.definition, asOf: Self.end).report.summary.events
    #expect(events.read == Self.count * 5 && events.forgets == Self.count)
    #expect(events.erased == Self.count * 3 && events.used == Self.count)
    let leads = NamedRows(try #require(try scratch.csvFiles()["leads.csv"])).rows
    #expect(leads.count == Self.count)

    let subject = AuditSubject(
      definition: try Definition.load(text: Self.definition, file: "d.yaml"),
      asOf: try #require(eventTime(Self.end)), knownAt: nil)
    let explanation = try explain(ExplainPlan(book: scratch.book, subject: subject, lead: "k1"))
    #expect(explanation.scores.first?.score == 1)

    // In their midst half of the merges and no new event are there.
    var before = subject
    before.asOf = 1_767_225_600_000 + Int64(Self.count) * 1000
    let report = try diff(
      DiffPlan(book: scratch.book, from: before, to: subject, shownMax: nil))
    #expect(report.leads.came == Self.count && report.leads.gone == 0)
  }

  @Test("an erasure takes out all that merges join", arguments: Shape.allCases)
  func erase(shape: Shape) throws {
    let scratch = try book(shape)
    // A snapshot of strangers, so that every key is looked for in all of it.
    let strangers = try ScratchBook()
    let lines = (0..<Self.count).map { Self.line("s\($0)", 1, "page_view", -1 - $0) }
    try strangers.writeLog([("1.ndjson", Array(lines.joined().utf8))])
    _ = try strangers.run(definition: Self.definition, asOf: Self.end)
    try FileManager.default.moveItem(
      atPath: strangers.book.snapshots, toPath: scratch.book.snapshots)

    let receipt = try Upkeep.erase(
      ErasePlan(
        book: scratch.book, lead: "k1",
        definition: try Definition.load(text: Self.definition, file: "d.yaml"), purges: true,
        time: try #require(eventTime(Self.end))))
    let keyCount = shape == .pairs ? 2 : Self.count + 1
    #expect(receipt.keys.count == keyCount && receipt.snapshots.isEmpty)
    #expect(receipt.lines == (shape == .pairs ? 4 : Self.count * 4))
    #expect(receipt.otherLeadsUnchanged == (shape == .pairs ? Self.count - 1 : 0))
  }
}
