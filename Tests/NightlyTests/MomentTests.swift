import Chance
import Definition
import Foundation
import Notation
import Reference
import TestBooks
import Testing

/// `at` and `because` of random nights, held against recomputations as of any millisecond.
@Suite("when and through what") struct MomentTests {
  /// `SCOREBOOK_MORE_MOMENTS=1` in the environment tries hundreds of nights.
  private static let seeds =
    ProcessInfo.processInfo.environment["SCOREBOOK_MORE_MOMENTS"] == nil
    ? UInt64(1)..<17 : UInt64(1)..<400

  @Test(
    "each row about a grade, a persona, a list or ready says when it last became so, and through what"
  )
  func agrees() throws {
    var told: [String: Int] = [:]
    for seed in MomentTests.seeds {
      let book = RandomBook(seed: seed, size: 120)
      if faults(in: book.definition) != nil { continue }
      var night = try RandomNight(book)
      try night.check(&told)
    }
    // The rarer ones are in ReasonTests.
    for kind in [
      "event", "time passing", "late event", "erasure", "ready", "grade", "persona", "list",
      "list of accounts",
    ] {
      #expect(told[kind, default: 0] > 0, "\(kind): \(told)")
    }
  }

  private func faults(in definition: String) -> DefinitionFaults? {
    do {
      _ = try Definition.load(text: definition, file: "")
      return nil
    } catch let faults as DefinitionFaults {
      return faults
    } catch {
      return nil
    }
  }
}

/// A random book of which some segments came between two runs.
private struct RandomNight {
  private let book: RandomBook
  private let standings: ReferenceStandings
  private let late: Set<String>
  private let rows: [[String: String]]
  private let start: Int
  private let end: Int
  /// Times to look at: events, the millisecond before each, and any.
  private let looks: [Int]
  private var known: [Int: ReferenceStandings.Standing] = [:]
  /// By time, with so many of its events alone.
  private var partly: [[Int]: ReferenceStandings.Standing] = [:]
  private var dice: SeededDice

  init(_ book: RandomBook) throws {
    self.book = book
    var dice = SeededDice(seed: book.seed)
    standings = try ReferenceStandings(book.input)
    let end = Int(try #require(eventTime(book.asOf)))
    self.end = end
    let times = standings.lines.map(\.time).filter { $0 < end }
    start = min(end - 1, max(1, (times.isEmpty ? end : dice.pick(times)) + dice.below(3) - 1))
    var looks = standings.lines.map(\.time).filter { [start] in $0 > start && $0 <= end }
      .shuffled(using: &dice).prefix(6).flatMap { [$0 - 1, $0] }
    for _ in 0..<4 { looks.append(start + 1 + dice.below(end - start)) }
    self.looks = looks
    let paths = book.segments.map(\.path).sorted()
    let later = Set(paths.dropFirst().filter { _ in dice.below(2) == 0 })
    let scratch = try ScratchBook()
    try scratch.writeLog(book.segments.filter { !later.contains($0.path) })
    try scratch.run(
      definition: book.definition, asOf: timeText(milliseconds: Milliseconds(start)))
    try scratch.writeLog(book.segments.filter { later.contains($0.path) })
    let files = try scratch.run(definition: book.definition, asOf: book.asOf).files
    rows = NamedRows(try #require(files["changes.csv"])).rows
    late = later
    self.dice = dice
  }

  mutating func check(_ told: inout [String: Int]) throws {
    for row in rows {
      let what = row["what", default: ""].split(separator: ".").first.map(String.init) ?? ""
      if ["lead", "score"].contains(what) {
        let isGone = row["change"] == "gone" && row["because"] == "exclude"
        #expect(row["at"] == "" && (row["because"] == "" || isGone), "\(book.seed): \(row)")
      }
    }
    let asked = rows.filter { Row($0) != nil }.shuffled(using: &dice).prefix(12)
    for fields in asked {
      guard let row = Row(fields) else { continue }
      let note = "seed \(book.seed): \(fields)"
      told[row.kind, default: 0] += 1
      if row.kind == "list", !row.isLead { told["list of accounts", default: 0] += 1 }
      if let at = row.at {
        try check(row, at: at, note, &told)
      } else {
        try checkUnexplained(row, note, &told)
      }
    }
  }

  private mutating func holds(_ row: Row, at time: Int) throws -> Bool {
    if let standing = known[time] { return row.holds(in: standing) }
    let standing = try standings.standing(at: time)
    known[time] = standing
    return row.holds(in: standing)
  }

  private func events(at time: Int) -> [ReferenceStandings.Line] {
    standings.lines.filter { $0.time == time && $0.type != "forget" }
  }

  /// With the first so many of the events of a millisecond alone.
  private mutating func holds(_ row: Row, at time: Int, withFirst count: Int) throws -> Bool {
    let events = events(at: time)
    if count == events.count { return try holds(row, at: time) }
    if let standing = partly[[time, count]] { return row.holds(in: standing) }
    let hidden = Set(events.dropFirst(count))
    let standing = try standings.standing(at: time) { hidden.contains($0) }
    partly[[time, count]] = standing
    return row.holds(in: standing)
  }

  private mutating func check(
    _ row: Row, at: Int, _ note: String, _ told: inout [String: Int]
  ) throws {
    #expect(at > start && at <= end, "\(note)")
    #expect(try holds(row, at: at), "\(note): is so then")
    #expect(try !holds(row, at: at - 1), "\(note): was not so before")
    for time in looks where time > at {
      #expect(try holds(row, at: time), "\(note): stays so, also at \(time)")
    }
    let byTime = try holds(row, at: at, withFirst: 0)
    if row.because == "time passing" {
      #expect(byTime, "\(note): without the events of this millisecond, too")
      told["time passing", default: 0] += 1
      return
    }
    told["event", default: 0] += 1
    #expect(!byTime, "\(note): not without the events of this millisecond")
    let place = events(at: at).firstIndex {
      row.because == "event \($0.id) at \($0.path):\($0.line)"
    }
    guard let place else {
      Issue.record("\(note): no such event of this millisecond")
      return
    }
    for (count, isNew) in [(place + 1, true), (place, false)] {
      let isSo = try holds(row, at: at, withFirst: count)
      #expect(isSo == isNew, "\(note): with the first \(count) of its events")
    }
  }

  private mutating func checkUnexplained(
    _ row: Row, _ note: String, _ told: inout [String: Int]
  ) throws {
    let causes = row.because.components(separatedBy: ", ")
    let isSoInTheEnd = try holds(row, at: end)
    if causes.contains("exclude") {
      #expect(book.definition.contains("exclude:"), "\(note)")
    } else {
      #expect(isSoInTheEnd, "\(note)")
    }
    for time in [start] + looks where isSoInTheEnd {
      #expect(try holds(row, at: time), "\(note): was so all the time, also at \(time)")
    }
    let kinds = Set(standings.lines.filter { late.contains($0.path) }.map(\.type))
    let news = [
      ("erasure", "forget"), ("merge", "merge"), ("withdrawal", "withdraw"),
      ("account merge", "account_merge"),
    ]
    for (cause, type) in news where causes.contains(cause) {
      #expect(kinds.contains(type), "\(note): \(cause)")
    }
    #expect(!causes.contains("definition"), "\(note)")
    if causes.contains("late event") {
      #expect(
        standings.lines.contains { late.contains($0.path) && $0.time <= start }, "\(note)")
    }
    #expect(!row.because.isEmpty, "\(note): something differs; \(start) \(end) \(late)")
    for cause in causes { told[cause, default: 0] += 1 }
  }
}

/// A row that has a reason.
private struct Row {
  let what: String
  let isLead: Bool
  let key: [UInt8]
  let at: Int?
  let because: String
  private let change: String
  private let after: String

  init?(_ fields: [String: String]) {
    what = fields["what"] ?? ""
    change = fields["change"] ?? ""
    after = fields["after"] ?? ""
    isLead = fields["kind"] == "lead"
    key = Array((fields["key"] ?? "").utf8)
    because = fields["because"] ?? ""
    at = eventTime(fields["at"] ?? "").map { Int($0) }
    if !["grade", "persona", "list", "ready"].contains(kind) { return nil }
  }

  var kind: String { String(what.prefix { $0 != "." }) }

  /// Whether what the row tells is so.
  func holds(in standing: ReferenceStandings.Standing) -> Bool {
    let isIn = change == "in"
    if !isLead { return (standing.accounts[key] ?? []).contains(what) == isIn }
    let lead = standing.leads[key] ?? [:]
    switch kind {
    case "grade": return lead[what] ?? "" == after
    case "persona":
      let parts = what.split(separator: ".", maxSplits: 2).map(String.init)
      return (lead["persona.\(parts[1])"] == parts[2]) == isIn
    default: return (lead[what] == "in") == isIn
    }
  }
}
