import Definition
import Engine
import Foundation
import Notation
import Reference
import TestBooks
import Testing
import Trials

/// A backtest against cold runs: what it says of a lead is what a run says of it on the log up to its
/// outcome.
@Suite("no leakage") struct LeakageTests {
  @Test("of every lead with an outcome it says what a run on the log before it says")
  func coldRuns() throws {
    var compared = 0
    for seed in 1..<60 as Range<UInt64> where compared < 40 {
      // What is one, and what was taken back, is so for all history.
      let book = RandomBook(
        seed: seed, features: Feature.inEngine.subtracting([.withdraw, .accountMerge]))
      guard let definition = try? Definition.load(text: book.definition, file: "x"),
        !definition.scores.isEmpty,
        // A run knows the outcomes before the one that decides when it leaves leads out.
        definition.exclude?.subjects.contains(.outcome) != true
      else { continue }
      let log = LogLines(book)
      let scratch = try ScratchBook()
      try scratch.writeLog(book.segments)
      guard let moments = try scratch.moments(definition, asOf: book.asOf, outcome: "won") else {
        continue
      }
      for lead in log.leadsWithoutMerges {
        guard let found = moments[lead], let word = found["outcome"], !word.isEmpty else {
          continue
        }
        if found["as_of"] == "" {
          #expect(found["events"] == "0", "seed \(seed): \(lead)")
          continue
        }
        let cut = log.cut(before: try #require(log.decidingOutcome(of: lead, word: "won")))
        let cold = try ScratchBook()
        try cold.writeLog(cut)
        let files = try cold.run(
          definition: book.definition, asOf: try #require(found["as_of"]), jobs: 1
        ).files
        let expected = NamedRows(files["leads.csv"] ?? []).rows.first { $0["lead"] == lead }
        if found["events"] == "0" {
          #expect(expected == nil, "seed \(seed): \(lead)")
          continue
        }
        let row = try #require(expected, "seed \(seed): \(lead)")
        // Here it is the one that decided, which comes after.
        for (column, value) in row where column != "outcome" {
          #expect(found[column] == value, "seed \(seed): \(lead): \(column)")
        }
        compared += 1
      }
    }
    #expect(compared >= 40)
  }

  @Test("nothing that happens behind an outcome changes anything")
  func laterEvents() throws {
    let early = [
      event("1", "2026-01-01T00:00:00Z", "page_view", "a", #","path":"/pricing","account":"x""#),
      event("2", "2026-01-05T00:00:00Z", "outcome", "a", #","outcome":"won""#),
      event("3", "2026-01-02T00:00:00Z", "page_view", "b"),
      event("4", "2026-01-06T00:00:00Z", "outcome", "b", #","outcome":"lost""#),
    ]
    let late = [
      event("5", "2026-01-05T00:00:00Z", "page_view", "a", #","path":"/pricing""#),
      event("6", "2026-01-07T00:00:00Z", "profile", "a", #","fields":{"title":"Chief"}"#),
      event("7", "2026-01-07T00:00:00Z", "outcome", "a", #","outcome":"lost""#),
      event(
        "8", "2026-01-05T00:00:00.001Z", "account_profile", "",
        #","account":"x","fields":{"size":9}"#),
      event("9", "2026-01-07T00:00:00Z", "page_view", "b", #","account":"x""#),
    ]
    func table(_ lines: [String]) throws -> [String: [String: String]] {
      let scratch = try ScratchBook()
      try scratch.writeLog([("1.ndjson", Array(lines.joined(separator: "\n").utf8))])
      let definition = try Definition.load(text: pricing, file: "x")
      return try #require(
        try scratch.moments(definition, asOf: "2026-02-01T00:00:00Z", outcome: "won"))
    }
    let without = try table(early)
    #expect(without["a"]?["score.s"] == "8")
    #expect(without["a"]?["as_of"] == "2026-01-04T23:59:59.999Z")
    #expect(without["a"]?["grade.fit"] == "")
    #expect(try table(early + late) == without)
  }

  @Test("what stands before an outcome in the same millisecond is known, what stands behind is not")
  func sameMillisecond() throws {
    let lines = [
      event("1", "2026-01-01T00:00:00Z", "page_view", "a", #","path":"/pricing""#),
      event("2", "2026-01-01T00:00:00Z", "outcome", "a", #","outcome":"won""#),
      event("3", "2026-01-01T00:00:00Z", "page_view", "a", #","path":"/pricing""#),
      event("4", "2026-01-01T00:00:00Z", "page_view", "b"),
    ]
    let scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", Array(lines.joined(separator: "\n").utf8))])
    let table = try #require(
      try scratch.moments(
        Definition.load(text: pricing, file: "x"), asOf: "2026-02-01T00:00:00Z", outcome: "won"))
    #expect(table["a"]?["score.s"] == "9")
    #expect(table["a"]?["as_of"] == "2026-01-01T00:00:00.000Z")
  }

  private let pricing = """
    name: x
    interactions:
      view: { type: page_view }
      pricing-view: { type: page_view, path: "/pricing*" }
    scores: { s: { half_life: 30d, points: { pricing-view: 9 } } }
    grades:
      fit:
        letters: { A: 50, B: 0 }
        criteria:
          - { attribute: size, weight: 1, values: [ { min: 5, value: 100 } ] }
          - { attribute: title, weight: 1, values: [ { is: Chief, value: 100 } ] }
    """

  private func event(
    _ id: String, _ time: String, _ type: String, _ lead: String, _ rest: String = ""
  ) -> String {
    #"{"id":"\#(id)","time":"\#(time)","type":"\#(type)","lead":"\#(lead)"\#(rest)}"#
  }
}

extension ScratchBook {
  /// The leads at their moments by their names; nil where nothing tells them apart.
  func moments(
    _ definition: Definition, asOf: String, outcome: String
  ) throws -> [String: [String: String]]? {
    let out = "\(book.root)/moments.csv"
    var plan = BacktestPlan(
      Log(of: book, jobs: 2), definition, asOf: try #require(eventTime(asOf)))
    plan.outcome = outcome
    plan.out = out
    do {
      _ = try backtest(plan)
    } catch let error as RunError where error.kind == .badData {
      guard FileManager.default.fileExists(atPath: out) else { return nil }
    }
    let table = NamedRows(Array(try Data(contentsOf: URL(fileURLWithPath: out))))
    return Dictionary(table.rows.map { ($0["lead"] ?? "", $0) }) { one, _ in one }
  }
}

/// The lines of a random book, so far as a test needs to understand them.
private struct LogLines {
  private struct Line {
    var bytes: [UInt8]
    var path: String
    var number: Int
    /// Nil where the line is none of these.
    var event: Event?
  }

  struct Event {
    var place: Place
    var id: String
    var type: String
    var lead: String
    var from: String
    var outcome: String
  }

  struct Place: Comparable {
    var time: Milliseconds
    var segment: Int
    var line: Int

    static func < (a: Place, b: Place) -> Bool {
      (a.time, a.segment, a.line) < (b.time, b.segment, b.line)
    }
  }

  private var lines: [Line] = []

  init(_ book: RandomBook) {
    let segments = book.segments.sorted {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
    for (segment, file) in segments.enumerated() {
      for (number, bytes) in file.bytes.split(
        separator: 0x0A, omittingEmptySubsequences: false
      ).enumerated() {
        lines.append(
          Line(
            bytes: Array(bytes), path: file.path, number: number,
            event: LogLines.event(Array(bytes), segment, number)))
      }
    }
  }

  private static func event(_ bytes: [UInt8], _ segment: Int, _ line: Int) -> Event? {
    // Foundation takes a line with a number of that size for none.
    let text = String(decoding: bytes, as: UTF8.self).replacing("1e400", with: "1e300")
    guard bytes.count < 1 << 20,
      let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
      let time = (object["time"] as? String).flatMap({ eventTime($0) })
    else { return nil }
    func member(_ name: String) -> String { object[name] as? String ?? "" }
    return Event(
      place: Place(time: time, segment: segment, line: line), id: member("id"),
      type: member("type"), lead: member("lead"), from: member("from"), outcome: member("outcome"))
  }

  /// Leads that no merge and no forget mentions: of others more than the time of their events matters.
  var leadsWithoutMerges: [String] {
    let events = lines.compactMap(\.event)
    let others = Set(
      events.filter { $0.type == "merge" || $0.type == "forget" }.flatMap { [$0.lead, $0.from] })
    return Set(events.map(\.lead)).subtracting(others).sorted()
  }

  /// Where the first outcome of a word stands, or else the first of any.
  func decidingOutcome(of lead: String, word: String) -> Place? {
    let events = lines.compactMap(\.event).filter { $0.lead == lead && !$0.id.isEmpty }
      .sorted { $0.place < $1.place }
    // A later copy of an id is no event.
    let outcomes = events.enumerated().filter { index, event in
      event.type == "outcome" && !event.outcome.isEmpty
        && !events[..<index].contains { $0.id == event.id }
    }.map(\.element)
    return (outcomes.first { $0.outcome == word } ?? outcomes.first)?.place
  }

  /// The log without what happens at a place or behind it; line numbers stay.
  func cut(before place: Place) -> [(path: String, bytes: [UInt8])] {
    var files: [String: [UInt8]] = [:]
    for line in lines {
      let isLater = line.event.map { $0.place >= place } ?? false
      files[line.path, default: []] += (isLater ? [] : line.bytes) + [0x0A]
    }
    return files.map { (path: $0.key, bytes: $0.value) }
  }
}
