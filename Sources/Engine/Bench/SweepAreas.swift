import Definition
import Judging
import Statistics

/// How well each score of a definition foretells an outcome, as a backtest has it.
struct SweepAreas {
  private let bench: Bench
  private let plan: BacktestPlan

  var outcome: String { plan.outcome }

  /// Nil where no lead of the log has been won: there is nothing to foretell.
  ///
  /// - Throws: `RunError` where another outcome was asked for that no lead has had.
  init?(_ bench: Bench, _ sweep: SweepPlan, _ definition: Definition) throws {
    var plan = BacktestPlan(sweep.look(definition))
    if let outcome = sweep.outcome { plan.outcome = outcome }
    guard bench.set.outcomes.contains(plan.outcome) else {
      if sweep.outcome == nil { return nil }
      let words = bench.set.outcomes.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      throw RunError(
        .badData, "no lead reached the outcome '\(plan.outcome)' by the as-of",
        hint: words.isEmpty
          ? "the log has no outcomes" : "the log has: \(words.joined(separator: ", "))")
    }
    self.bench = bench
    self.plan = plan
  }

  /// Whether what stands at a path can change a score, or a grade that one is made of.
  static func depends(on path: String) -> Bool {
    !["lists.", "personas.", "accounts."].contains(where: path.hasPrefix)
  }

  /// By definition, the area of each of its scores that has one.
  ///
  /// `definitions`: such as read the log as the bench's does.
  func areas(of definitions: [Definition]) throws -> [[SweepReport.Area]] {
    let variants = definitions.map(bench.variant)
    return try ForetellingScores(bench, variants, plan).tables.enumerated().map { index, tables in
      zip(definitions[index].scores, tables).compactMap { score, table in
        AreaUnderCurve(table).map {
          SweepReport.Area(score: score.name, auc: $0.area.reported)
        }
      }
    }
  }
}
