import Audit
import Chance
import Definition
import Foundation
import Notation
import Reference
import TestBooks
import Testing

/// Histories of random books beside runs of everything as of each of many times.
@Suite struct RandomHistoryTests {
  /// `SCOREBOOK_MORE_HISTORIES=1` in the environment tries hundreds of books.
  private static let isMore =
    ProcessInfo.processInfo.environment["SCOREBOOK_MORE_HISTORIES"] != nil
  /// Some of them, 5 and 13, have large numbers.
  private static let plain = UInt64(1)..<(isMore ? 400 : 7)
  private static let enriched = UInt64(isMore ? 1 : 8)..<(isMore ? 400 : 14)

  @Test("enough of the books are sound", arguments: [plain, enriched])
  func sound(seeds: Range<UInt64>) {
    let count = seeds.count { seed in
      (try? Definition.load(text: RandomBook(seed: seed, size: 120).definition, file: "")) != nil
    }
    #expect(count * 3 >= seeds.count * 2)
  }

  @Test(
    "at every moment and every turn of a bound a history says what a run as of then does",
    arguments: plain)
  func agrees(seed: UInt64) throws {
    let book = RandomBook(seed: seed, size: 120)
    guard let definition = try? Definition.load(text: book.definition, file: "") else { return }
    try agrees(book, definition, "seed \(seed)")
  }

  @Test(
    "a history follows answers that grow old, personas by points, and points made of values",
    arguments: enriched)
  func agreesEnriched(seed: UInt64) throws {
    let book = RandomBook(seed: seed, size: 120)
    guard let definition = try? Definition.load(text: book.definition, file: "") else { return }
    try agrees(book, definition.enriched(seed: seed), "seed \(seed), enriched")
  }

  private func agrees(_ book: RandomBook, _ definition: Definition, _ note: String) throws {
    let scratch = try ScratchBook()
    try scratch.writeLog(book.segments)
    let asOf = try #require(eventTime(book.asOf))
    let oracle = try HistoryOracle(scratch, definition)
    let last = try oracle.moment(at: asOf)
    var dice = SeededDice(seed: book.seed)
    var histories: [History] = []
    func add(_ who: HistoryPlan.Who) throws {
      let subject = AuditSubject(definition: definition, asOf: asOf, knownAt: nil)
      histories.append(
        History(
          who,
          try history(
            HistoryPlan(
              book: scratch.book, subject: subject, who: who, step: .event,
              jobs: 1 + dice.below(3)))))
    }
    for name in last.leadNames.shuffled(using: &dice).prefix(3) { try add(.lead(name)) }
    for name in last.accountNames.shuffled(using: &dice).prefix(2) { try add(.account(name)) }
    // Whatever is looked at costs a run, so all histories share it.
    for time in Set(histories.flatMap { $0.times(&dice) }).sorted() {
      let moment = try oracle.moment(at: time)
      for index in histories.indices {
        histories[index].compare(with: moment, at: time, note)
      }
    }
    for history in histories { history.checkChains(note) }
  }
}

/// A history and what can be asked of it.
private struct History {
  private let who: HistoryPlan.Who
  private let report: HistoryReport
  private let moments: [Milliseconds: HistoryReport.Moment]
  private let crossings: [(time: Milliseconds, crossing: HistoryReport.Crossing)]
  private let first: Milliseconds
  private let asOf: Milliseconds
  /// What was found of bounds that no crossing tells of.
  private var unturned: [String: String]?

  init(_ who: HistoryPlan.Who, _ report: HistoryReport) {
    self.who = who
    self.report = report
    moments = Dictionary(
      report.moments.compactMap { moment in eventTime(moment.time).map { ($0, moment) } }
    ) { first, _ in first }
    crossings = report.crossings.compactMap { crossing in
      eventTime(crossing.time).map { ($0, crossing) }
    }
    first = moments.keys.min() ?? 0
    asOf = moments.keys.max() ?? 0
  }

  /// The times to look at: crossings and the millisecond before, events, where something steps, and any others.
  func times(_ dice: inout SeededDice) -> [Milliseconds] {
    let events = moments.filter { !$0.value.events.isEmpty }.map(\.key)
    var times = crossings.shuffled(using: &dice).prefix(6).flatMap { [$0.time, $0.time - 1] }
    times += events.shuffled(using: &dice).prefix(4)
    times += moments.keys.shuffled(using: &dice).prefix(3)
    let hour: Milliseconds = 3_600_000
    let ages = [12 * hour, 24 * hour, 36 * hour, 7 * 24 * hour, 14 * 24 * hour, 30 * 24 * hour]
    for _ in 0..<5 where !events.isEmpty {
      times.append(dice.pick(events) + dice.pick(ages) + Milliseconds(dice.below(3)) - 1)
    }
    for _ in 0..<2 where first < asOf {
      times.append(first + Milliseconds(dice.below(Int(asOf - first))))
    }
    return (times + [first, asOf]).filter { $0 >= first && $0 <= asOf }
  }

  /// What each bound is at a time by the crossings before it, where one of them tells.
  private func places(at time: Milliseconds) -> [String: String?] {
    var places: [String: String?] = [:]
    // One that is yet to come tells what was before it.
    for (_, crossing) in crossings.reversed() { places[crossing.what] = .some(crossing.from) }
    for (at, crossing) in crossings where at <= time {
      places[crossing.what] = .some(crossing.to)
    }
    return places
  }

  mutating func compare(
    with moment: HistoryOracle.Moment, at time: Milliseconds, _ note: String
  ) {
    if time < first || time > asOf { return }
    let (values, found): ([String]?, [String: String])
    switch who {
    case .lead(let name):
      (values, found) = (moment.values(ofLead: name), moment.places(ofLead: name))
    case .account(let name):
      (values, found) = (moment.values(ofAccount: name), moment.places(ofAccount: name))
    }
    let at = "\(note), \(who), \(timeText(milliseconds: time))"
    if let there = moments[time] {
      let nothing = [String?](repeating: nil, count: report.columns.count)
      #expect(there.values == values ?? nothing, "\(at)")
    }
    let told = places(at: time)
    for (what, place) in told { #expect(found[what] == place, "\(at): \(what)") }
    // What never turns is always the same.
    let rest = found.filter { told[$0.key] == nil }
    #expect(rest == unturned ?? rest, "\(at)")
    unturned = rest
  }

  /// Each crossing of a bound begins where the one before ended.
  func checkChains(_ note: String) {
    var places: [String: String?] = [:]
    var last: Milliseconds = .min
    for (time, crossing) in crossings {
      let before = places[crossing.what] ?? .some(crossing.from)
      #expect(before == crossing.from, "\(note), \(who): \(crossing)")
      #expect(crossing.from != crossing.to && time >= last && time > first)
      places[crossing.what] = .some(crossing.to)
      last = time
    }
  }
}
