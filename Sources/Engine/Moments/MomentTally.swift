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

  /// What is counted of some leads.
  private struct Counters {
    var leads = BacktestReport.Leads()
    var all: [OutcomeCounter]
    var decided: [OutcomeCounter]
    var personas: [OutcomeCounter]
    var lists: [OutcomeCounter]

    static func += (sum: inout Counters, part: Counters) {
      sum.leads += part.leads
      for counters in [\Counters.all, \.decided, \.personas, \.lists] {
        for index in part[keyPath: counters].indices {
          sum[keyPath: counters][index] += part[keyPath: counters][index]
        }
      }
    }
  }

  init(_ moments: LeadMoments, _ sorting: OutcomeSorting) throws {
    let layout = moments.judge.layout
    let definition = moments.judge.definition
    let rulers = Ruler.all(moments.judge)
    let eventsCell = moments.cell(.events)
    let none = Counters(
      all: rulers.map { _ in OutcomeCounter() }, decided: rulers.map { _ in OutcomeCounter() },
      personas: definition.personas.map { _ in OutcomeCounter() },
      lists: definition.lists.map { _ in OutcomeCounter() })
    let counters = try moments.sum(none) { counters, cells in
      guard let isWon = sorting.isWon(cells) else {
        counters.leads.leftOut += 1
        return
      }
      let isDecided = sorting.isDecided(cells)
      counters.leads.count(
        isWon: isWon, isDecided: isDecided, isUnseen: cells[eventsCell] == 0)
      for index in rulers.indices {
        guard let value = rulers[index].value(cells) else { continue }
        counters.all[index].count(value, isWon: isWon)
        if isDecided { counters.decided[index].count(value, isWon: isWon) }
      }
      for index in counters.personas.indices
      where cells[layout.personas + index] != LeadLayout.absent {
        counters.personas[index].count(cells[layout.personas + index], isWon: isWon)
      }
      for index in counters.lists.indices where cells[layout.lists + index] == 1 {
        counters.lists[index].count(1, isWon: isWon)
      }
    } _: {
      $0 += $1
    }
    leads = counters.leads
    self.rulers = rulers
    tables = counters.all.map(\.table)
    decided = counters.decided.map(\.table)
    personas = counters.personas.map(\.table)
    lists = counters.lists.map(\.table)
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

  fileprivate static func += (sum: inout Self, part: Self) {
    sum.all += part.all
    sum.won += part.won
    sum.otherwise += part.otherwise
    sum.open += part.open
    sum.leftOut += part.leftOut
    sum.unseen += part.unseen
  }
}
