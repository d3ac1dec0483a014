import Definition
import Engine
import Notation
import Reading

/// What a backtest is to do, with everything resolved that was typed.
package struct BacktestPlan: Sendable {
  package var log: Log
  package var definition: Definition
  package var asOf: Milliseconds
  /// A definition to compare with, on the same leads.
  package var against: Definition?
  /// The word of the outcome that scores are to foretell.
  package var outcome = "won"
  /// A CSV of outcomes that takes the place of the log's own.
  package var outcomesFile: String?
  /// The score that bands, the matrix and the ready score are about; the first unless told otherwise.
  package var score: String?
  /// The score from which leads are called; that of the definition unless told otherwise.
  package var ready: Int64?
  package var bands = BandRule.even(10)
  /// Whether leads without an outcome are left out.
  package var decidedOnly = false
  /// Leads whose outcome came before are left out; none are unless told otherwise.
  package var since: Milliseconds?
  /// Where a CSV of all leads at their cutoffs is written.
  package var out: String?

  package init(_ log: Log, _ definition: Definition, asOf: Milliseconds) {
    self.log = log
    self.definition = definition
    self.asOf = asOf
  }
}

extension BacktestPlan {
  fileprivate func sorting(among words: [String]) -> OutcomeSorting {
    OutcomeSorting(outcome, among: words, decidedOnly: decidedOnly, since: since)
  }
}

/// How leads are dealt into bands of a score.
package enum BandRule: Sendable, Equatable {
  /// So many, with about as many leads each.
  case even(Int)
  /// By the lowest value of each.
  case bounds([Int64])
}

/// Judges every lead as it stood just before its outcome and compares with what became of it.
///
/// - Throws: `FileError` or `RunError`.
package func backtest(
  _ plan: BacktestPlan, notify: @escaping Notify = { _ in }
) throws -> BacktestReport {
  try plan.log.read(notify: notify) { try backtest(plan, $0) }
}

private func backtest(_ plan: BacktestPlan, _ reader: LogReader) throws -> BacktestReport {
  let definition = plan.definition
  let score = try definition.scoreIndex(plan.score)
  let otherScore = try plan.against?.scoreIndex(plan.score)
  var given = plan.outcomesFile.map { GivenOutcomes(file: $0) }
  // What reads the log alike is judged in the same fold.
  let reads = ReadingPlan(definition).fingerprint
  let beside = plan.against.flatMap { ReadingPlan($0).fingerprint == reads ? $0 : nil }
  let keepsRows = plan.out != nil || (plan.against != nil && beside == nil)
  func cutoffs(
    _ definition: Definition, score: Int, beside other: (Definition, Int)? = nil
  ) throws -> (LeadsAtCutoff, LineCounts) {
    let sheets = try reader.sheets(for: ReadingPlan(definition))
    let log = try GatheredLog(
      definition, sheets, given: given?.sheets(for: definition) ?? [], asOf: plan.asOf,
      jobs: plan.log.jobs)
    let cutoffLog = CutoffLog(log, outcome: plan.outcome)
    let cutoffs = try LeadsAtCutoff(
      cutoffLog, definition, plan.sorting(among: cutoffLog.words), score: score,
      beside: other, keepsRows: keepsRows)
    return (cutoffs, sheets.counts)
  }
  let (leads, counts) = try cutoffs(
    definition, score: score, beside: beside.flatMap { other in otherScore.map { (other, $0) } })
  if let out = plan.out { try leads.write(to: out, jobs: plan.log.jobs) }
  let tally = OutcomeTables(leads.counters)
  try tally.leads.check(leads, plan)

  let scores = tally.scores(definition, chosen: score, ready: plan.ready, plan.bands)
  var report = BacktestReport(
    definition: definition.name, asOf: timeText(milliseconds: plan.asOf),
    outcome: plan.outcome, lines: .init(read: counts.read, refused: counts.refused),
    leads: tally.leads, given: given.map { .init($0, leads) }, scores: scores,
    grades: tally.grades(definition),
    matrix: .init(tally, definition, score: score, bands: scores[0].bands),
    personas: tally.personas(definition), lists: tally.lists(definition))
  if let other = plan.against, let otherScore {
    let pairs =
      try leads.pairs
      ?? RankingPairs(
        leads, cutoffs(other, score: otherScore).0, chosen: (score, otherScore),
        plan.sorting(among: leads.words), jobs: plan.log.jobs)
    report.against = .init(definition: other.name, differences: pairs.differences)
  }
  return report
}

extension BacktestReport.Leads {
  /// - Throws: `RunError` where all leads, or none, reached the outcome: there is nothing to tell apart.
  fileprivate func check(_ cutoffs: LeadsAtCutoff, _ plan: BacktestPlan) throws {
    if won == 0 {
      throw RunError(
        .badData, "no lead reached the outcome '\(plan.outcome)' by the as-of",
        hint: cutoffs.words.outcomesHint)
    }
    if won == all {
      throw RunError(
        .badData,
        "every lead reached the outcome '\(plan.outcome)'; there is nothing to tell apart",
        hint: plan.decidedOnly ? "without --decided, leads that have no outcome count too" : nil)
    }
  }
}

extension Definition {
  /// The index of a score by its name; of the first one where none is named.
  ///
  /// - Throws: `RunError` where there is none.
  func scoreIndex(_ name: String?) throws -> Int {
    guard let name else {
      if scores.isEmpty {
        throw RunError(.badData, "the definition '\(self.name)' has no scores")
      }
      return 0
    }
    guard let index = scores.firstIndex(where: { $0.name == name }) else {
      throw RunError(
        .usage, "--score: the definition '\(self.name)' has no score '\(name)'",
        hint: hint(for: name, among: scores.map(\.name)))
    }
    return index
  }
}

extension [String] {
  /// Which outcomes there are, for whoever asked for another.
  var outcomesHint: String {
    isEmpty
      ? "the log has no outcomes; append them, or name a file with --outcomes"
      : "the log has: \(sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(12).joined(separator: ", "))"
  }
}
