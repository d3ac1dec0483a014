import Definition
import Engine
import Statistics

/// How well each score of a definition foretells an outcome, as a backtest has it.
struct SweepAreas {
  let outcome: String
  private let foretelling: Foretelling
  /// Whether the values that are tried can change a score.
  private let isMeasured: Bool

  /// Nil where no lead of the log has been won: there is nothing to foretell.
  ///
  /// - Throws: `RunError` where another outcome was asked for that no lead has had.
  ///
  /// `asked`: `won` unless told otherwise. `paths`: of the values that are tried.
  init?(
    _ log: GatheredLog, outcome asked: String?, paths: [String], _ definition: Definition
  ) throws {
    outcome = asked ?? "won"
    guard log.set.outcomes.contains(outcome) else {
      if asked == nil { return nil }
      let words = log.set.outcomes.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      throw RunError(
        .badData, "no lead reached the outcome '\(outcome)' by the as-of",
        hint: words.isEmpty
          ? "the log has no outcomes" : "the log has: \(words.joined(separator: ", "))")
    }
    // Who is left out may depend on personas.
    isMeasured = paths.contains {
      SweepAreas.depends(on: $0) || definition.exclude != nil && $0.hasPrefix("personas.")
    }
    foretelling = Foretelling(
      rule: OutcomeRule(outcome, among: log.set.outcomes, givenCount: 0),
      sorting: OutcomeSorting(outcome, among: log.set.outcomes),
      timelines: try AccountTimelines(
        log.set, log.variant(definition).judge, jobs: log.jobs),
      asOf: log.asOf)
  }

  /// Whether what stands at a path can change a score, or a grade that one is made of.
  private static func depends(on path: String) -> Bool {
    !["lists.", "personas.", "accounts."].contains(where: path.hasPrefix)
  }

  /// Makes the witnesses of a fold of some variants.
  func witnesses(of variants: [Variant]) -> @Sendable () -> ForetellingWitness? {
    let group = VariantGroup(isMeasured ? variants : [variants[0]])
    let foretelling = foretelling
    return { ForetellingWitness(group, foretelling) }
  }

  /// By variant of a fold behind the first, the area of each of its scores that has one.
  ///
  /// `count`: how many such variants there are.
  func areas(
    _ witnesses: [ForetellingWitness], of definition: Definition, count: Int
  ) -> [[SweepReport.Area]] {
    let areas = ForetellingWitness.tables(witnesses).map { tables in
      zip(definition.scores, tables).compactMap { score, table in
        AreaUnderCurve(table).map {
          SweepReport.Area(score: score.name, auc: $0.area.reported)
        }
      }
    }
    return (0..<count).map { areas[isMeasured ? $0 + 1 : 0] }
  }
}
