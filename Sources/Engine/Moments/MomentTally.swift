import Definition
import Judging
import Statistics

/// Leads at their moments, counted by everything they can be ranked or sorted by, and by whether they
/// reached the outcome.
struct MomentTally {
  private(set) var leads = BacktestReport.Leads()
  let rulers: [Ruler]
  /// By ruler: all leads that have the value, and of those the ones that have an outcome.
  private(set) var tables: [OutcomeTable] = []
  private(set) var decided: [OutcomeTable] = []
  /// By persona group, the leads of each persona by its number; by list, its leads under 1.
  private(set) var personas: [OutcomeTable] = []
  private(set) var lists: [OutcomeTable] = []

  init(_ moments: LeadMoments, _ sorting: OutcomeSorting) {
    let layout = moments.judge.layout
    let definition = moments.judge.definition
    let rulers = Ruler.all(moments.judge)
    var (leads, all) = (leads, rulers.map { _ in OutcomeCounter() })
    var decided = all
    var personas = definition.personas.map { _ in OutcomeCounter() }
    var lists = definition.lists.map { _ in OutcomeCounter() }
    moments.forEach { cells in
      guard let isWon = sorting.isWon(cells) else {
        leads.leftOut += 1
        return
      }
      let isDecided = sorting.isDecided(cells)
      leads.count(
        isWon: isWon, isDecided: isDecided, isUnseen: cells[moments.cell(.events)] == 0)
      for (index, ruler) in rulers.enumerated() {
        guard let value = ruler.value(cells) else { continue }
        all[index].count(value, isWon: isWon)
        if isDecided { decided[index].count(value, isWon: isWon) }
      }
      for index in personas.indices where cells[layout.personas + index] != LeadLayout.absent {
        personas[index].count(cells[layout.personas + index], isWon: isWon)
      }
      for index in lists.indices where cells[layout.lists + index] == 1 {
        lists[index].count(1, isWon: isWon)
      }
    }
    self.leads = leads
    self.rulers = rulers
    tables = all.map(\.table)
    self.decided = decided.map(\.table)
    self.personas = personas.map(\.table)
    self.lists = lists.map(\.table)
  }

  /// The table of a ruler by its name.
  func table(_ name: String) -> OutcomeTable? {
    rulers.firstIndex { $0.name == name }.map { tables[$0] }
  }
}

extension BacktestReport.Leads {
  fileprivate mutating func count(isWon: Bool, isDecided: Bool, isUnseen: Bool) {
    all += 1
    if isWon { won += 1 } else if isDecided { otherwise += 1 } else { open += 1 }
    if isUnseen { unseen += 1 }
  }
}
