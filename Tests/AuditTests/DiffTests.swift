import Audit
import Definition
import Foundation
import Notation
import Reference
import TestBooks
import Testing

/// Diffs of random pairs: every change is the sum of its causes, and both sides are what was published.
@Suite struct DiffTests {
  @Test("causes add up between snapshots of a growing log", arguments: UInt64(1)..<31)
  func growingLog(seed: UInt64) throws {
    let book = RandomBook(seed: seed)
    guard let times = try PairOfTimes(book) else { return }
    let scratch = try ScratchBook()
    let known = book.segments.count > 1 ? book.segments.dropLast() : book.segments[...]
    try scratch.writeLog(Array(known))
    let before = try scratch.run(definition: book.definition, asOf: times.early)
    try scratch.writeLog(book.segments)
    let after = try scratch.run(definition: book.definition, asOf: times.late)
    let a = try AuditSubject(snapshot: before.report.snapshot, of: scratch.book)
    let b = try AuditSubject(snapshot: after.report.snapshot, of: scratch.book)
    try check(scratch, a, b, before.files, after.files, "seed \(seed)")
    try check(scratch, b, a, after.files, before.files, "seed \(seed), backwards")
  }

  @Test("causes add up between definitions that have nothing in common", arguments: UInt64(1)..<31)
  func otherRules(seed: UInt64) throws {
    let book = RandomBook(seed: seed)
    let other = RandomBook(seed: seed + 1000)
    guard let times = try PairOfTimes(book),
      (try? Definition.load(text: other.definition, file: "")) != nil
    else { return }
    let scratch = try ScratchBook()
    try scratch.writeLog(book.segments)
    let before = try scratch.run(definition: book.definition, asOf: times.late)
    let after = try scratch.run(definition: other.definition, asOf: times.early)
    let a = try AuditSubject(snapshot: before.report.snapshot, of: scratch.book)
    let b = try AuditSubject(snapshot: after.report.snapshot, of: scratch.book)
    try check(scratch, a, b, before.files, after.files, "seed \(seed)")
  }

  private func check(
    _ scratch: ScratchBook, _ a: AuditSubject, _ b: AuditSubject, _ before: [String: [UInt8]],
    _ after: [String: [UInt8]], _ how: String
  ) throws {
    let report = try diff(DiffPlan(book: scratch.book, from: a, to: b, shownMax: nil))
    #expect(report.unreproduced.isEmpty, "\(how): \(report.unreproduced)")
    let old = Leads(before)
    let new = Leads(after)
    let counts = report.leads
    #expect(counts.came == new.names.subtracting(old.names).count, "\(how)")
    #expect(counts.gone == old.names.subtracting(new.names).count, "\(how)")
    #expect(counts.changed + counts.unchanged == old.names.intersection(new.names).count, "\(how)")
    for change in report.changes {
      for score in change.scores {
        let sum = score.causes.reduce(Int128(0)) { $0 + $1.micropoints }
        #expect(
          sum == Int128((score.to ?? 0) - (score.from ?? 0)) * 1_000_000,
          "\(how): '\(change.lead)', \(score.score)")
        #expect(score.from.map(String.init) == old.value(change.lead, score.score), "\(how)")
        #expect(score.to.map(String.init) == new.value(change.lead, score.score), "\(how)")
      }
    }
    let totals = Totals(before, after)
    for account in report.accounts {
      for total in account.totals {
        let beside = total.movedIn + total.movedOut + total.held
        let sum = total.causes.reduce(beside * 1_000_000) { $0 + $1.micropoints }
        #expect(
          sum == Int128(total.to - total.from) * 1_000_000, "\(how): '\(account.account)'")
        #expect(
          totals.change(account.account, total.score) == total.to - total.from,
          "\(how): '\(account.account)', \(total.score)")
      }
    }
  }

  /// The rows of `leads.csv`.
  private struct Leads {
    /// By the bytes of their keys: different ones may be the same as text.
    var rows: [[UInt8]: [String: String]]
    var names: Set<[UInt8]> { Set(rows.keys) }

    init(_ files: [String: [UInt8]]) {
      rows = Dictionary(
        NamedRows(files["leads.csv"] ?? []).rows.map { (Array(($0["lead"] ?? "").utf8), $0) }
      ) { first, _ in first }
    }

    func value(_ lead: String, _ score: String) -> String? {
      rows[Array(lead.utf8)]?["score.\(score)"]
    }
  }

  private struct Totals {
    var before: [[UInt8]: [String: String]]
    var after: [[UInt8]: [String: String]]

    init(_ before: [String: [UInt8]], _ after: [String: [UInt8]]) {
      func rows(_ files: [String: [UInt8]]) -> [[UInt8]: [String: String]] {
        Dictionary(
          NamedRows(files["accounts.csv"] ?? []).rows.map {
            (Array(($0["account"] ?? "").utf8), $0)
          }
        ) { first, _ in first }
      }
      self.before = rows(before)
      self.after = rows(after)
    }

    func change(_ account: String, _ score: String) -> Int64 {
      func total(_ rows: [[UInt8]: [String: String]]) -> Int64 {
        rows[Array(account.utf8)]?["total.\(score)"].flatMap { Int64($0) } ?? 0
      }
      return total(after) - total(before)
    }
  }
}

/// Two times of a random book: one in the midst of its events, and its as-of.
struct PairOfTimes {
  var early: String
  var late: String

  /// Nil where the book's definition is none.
  init?(_ book: RandomBook) throws {
    guard (try? Definition.load(text: book.definition, file: "")) != nil else { return nil }
    late = book.asOf
    let asOf = try #require(eventTime(book.asOf))
    early = timeText(milliseconds: max(0, asOf - 45 * 86_400_000))
  }
}
