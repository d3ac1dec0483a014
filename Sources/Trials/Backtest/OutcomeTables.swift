import Definition
import Statistics

/// Leads at their cutoffs, counted by everything they can be ranked or sorted by, and by whether they
/// reached the outcome.
struct OutcomeTables {
  private(set) var leads = BacktestReport.Leads()
  let rankedValues: [RankedValue]
  /// By ranked value: all leads that have the value, and of those the ones that have an outcome.
  private(set) var tables: [OutcomeTable] = []
  private(set) var decided: [OutcomeTable] = []
  /// By persona group, the leads of each persona by its number; by list, its leads under 1.
  private(set) var personas: [OutcomeTable] = []
  private(set) var lists: [OutcomeTable] = []

  /// By letter of the first grade, the ungraded last: leads by the score that the report is about.
  private(set) var byLetter: [OutcomeTable] = []

  init(_ counters: OutcomeCounts) {
    leads = counters.leads
    rankedValues = counters.rankedValues
    tables = counters.all.map(\.table)
    decided = counters.decided.map(\.table)
    personas = counters.personas.map(\.table)
    lists = counters.lists.map(\.table)
    byLetter = counters.byLetter.map(\.table)
  }

  /// The table of a ranked value by its name.
  func table(_ name: String) -> OutcomeTable? {
    rankedValues.firstIndex { $0.name == name }.map { tables[$0] }
  }
}
