import Definition
import Engine
import EventLog
import Foundation
import Nightly
import Notation
import TestBooks
import Testing

/// The second clock: what was known at a time, whatever has been appended since.
@Suite("known-at") struct KnownAtTests {
  private let definition = """
    name: known
    interactions: { view: { type: page_view } }
    scores: { heat: { points: { view: 10 } } }
    lists: { warm: { score.heat: { min: 10 } } }
    """
  private let asOf: Milliseconds = 1_772_600_000_000
  private let nights = (0..<4).map { Milliseconds(1_772_500_000_000 + $0 * 86_400_000) }

  private func line(_ id: Int, _ type: String, _ lead: String, _ rest: String = "") -> String {
    #"{"id":"\#(id)","time":"2026-03-01T00:00:0\#(id)Z","type":"\#(type)","lead":"\#(lead)"\#(rest)}"#
      + "\n"
  }

  private var batches: [String] {
    [
      line(1, "page_view", "ada") + line(2, "page_view", "bob"),
      line(3, "page_view", "ada") + line(4, "page_view", "cy") + "oops\n",
      line(5, "merge", "ada", #","from":"bob""#) + line(1, "page_view", "ada"),
      line(6, "forget", "cy"),
    ]
  }

  /// Appends the batches, each at its own night's time, as an append would have.
  private func append(_ range: Range<Int>, to book: Book) throws {
    for index in range {
      let lines = Array(batches[index].utf8)
      var span = EventSpan()
      for _ in 0..<lines.count(where: { $0 == 10 }) { span.add(time: nights[0]) }
      _ = try LogAppender(log: book.log).append(lines: [lines], span: span, appended: nights[index])
    }
  }

  private func run(_ book: Book, knownAt: Milliseconds? = nil) throws -> RunReport {
    try Nightly.run(
      RunPlan(
        Log(of: book, knownAt: knownAt),
        try Definition.load(text: definition, file: "known.yaml"), asOf: asOf, refusedShareMax: 1))
  }

  @Test("a run with a known-at is the run of that night to the byte, whatever has come since")
  func sameBytes() throws {
    let scratch = try ScratchBook()
    var published: [SnapshotBytes] = []
    for night in 0..<3 {
      try append(night..<night + 1, to: scratch.book)
      let report = try run(scratch.book)
      #expect(report.knownAt == timeText(milliseconds: nights[night]))
      published.append(try scratch.latest())
    }
    #expect(Set(published.map(\.name)).count == 3)

    let other = try ScratchBook()
    try append(0..<3, to: other.book)
    for night in [0, 2, 1] {
      _ = try run(other.book, knownAt: nights[night])
      let found = try other.latest()
      #expect(found.name == published[night].name)
      #expect(found.differences(from: published[night]) == [])
    }
    // Between two nights it is the earlier one's results; the manifest says for which time it stands.
    let between = try run(other.book, knownAt: nights[2] - 1)
    #expect(between.knownAt == timeText(milliseconds: nights[2] - 1))
    #expect(try other.csvFiles() == published[1].files.filter { $0.key.hasSuffix(".csv") })
    #expect(between.summary.events.read == 5 && between.summary.events.refused == 1)
    #expect(between.segments == 2)
  }

  @Test("forgets are worked out on the whole log, merges and copies of what was not known are not")
  func forgets() throws {
    let scratch = try ScratchBook()
    try append(0..<4, to: scratch.book)
    let report = try run(scratch.book, knownAt: nights[1])
    let leads = NamedRows(try #require(try scratch.csvFiles()["leads.csv"]))
    #expect(leads.rows.compactMap { $0["lead"] } == ["ada", "bob"])
    let events = report.summary.events
    #expect(events.read == 5 && events.erased == 1 && events.forgets == 0)
    #expect(events.used == 3 && events.refused == 1 && events.duplicates == 0)
    let quarantine = try #require(report.quarantine)
    #expect(try String(contentsOfFile: quarantine, encoding: .utf8).contains("oops"))
  }

  @Test("a segment that is not in the chain leaves no known-at to tell")
  func stray() throws {
    let scratch = try ScratchBook()
    try append(0..<1, to: scratch.book)
    try scratch.writeLog([("stray.ndjson", Array(line(7, "page_view", "dan").utf8))])
    #expect(try run(scratch.book).knownAt == nil)
    let error = #expect(throws: RunError.self) { try run(scratch.book, knownAt: nights[3]) }
    #expect(
      error?.exitCode == 65 && error?.message.contains("stray.ndjson: not in the chain") == true)
    #expect(error?.hint?.isEmpty == false)
  }

  @Test("a log without a chain, and a time before the first append, are clear errors")
  func foreign() throws {
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array(line(1, "page_view", "ada").utf8))])
    let foreign = #expect(throws: RunError.self) { try run(scratch.book, knownAt: nights[0]) }
    #expect(
      foreign?.exitCode == 65 && foreign?.message.contains("chain.ndjson: there is none") == true)
    let early = try ScratchBook()
    try append(0..<1, to: early.book)
    let before = #expect(throws: RunError.self) { try run(early.book, knownAt: nights[0] - 1) }
    #expect(
      before?.exitCode == 66 && before?.hint?.contains(timeText(milliseconds: nights[0])) == true)
    #expect(!FileManager.default.fileExists(atPath: early.book.snapshots))
  }
}
