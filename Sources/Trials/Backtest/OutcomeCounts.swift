import Judging
import Statistics

/// Counts leads at their cutoffs: sums that each worker makes for itself, and that no order of leads can
/// change.
struct OutcomeCounts: Sendable {
  let rankedValues: [RankedValue]
  private(set) var leads = BacktestReport.Leads()
  private(set) var all: [OutcomeCounter]
  private(set) var decided: [OutcomeCounter]
  private(set) var personas: [OutcomeCounter]
  private(set) var lists: [OutcomeCounter]
  private(set) var byLetter: [OutcomeCounter]
  private let sorting: OutcomeSorting
  private let layout: LeadLayout
  private let score: Int

  /// `score`: the one that the report is about.
  init(_ judge: Judge, _ sorting: OutcomeSorting, score: Int) {
    let definition = judge.definition
    func counters(_ count: Int) -> [OutcomeCounter] {
      (0..<count).map { _ in OutcomeCounter() }
    }
    rankedValues = RankedValue.all(judge)
    all = counters(rankedValues.count)
    decided = counters(rankedValues.count)
    personas = counters(definition.personas.count)
    lists = counters(definition.lists.count)
    byLetter = counters(definition.grades.first.map { $0.letters.count + 1 } ?? 0)
    layout = judge.layout
    self.sorting = sorting
    self.score = layout.scores + score
  }

  /// `cells`: as a lead is judged at a cutoff.
  ///
  /// `eventCount`: how many events it had by then.
  mutating func count(_ cells: UnsafePointer<Int64>, at cutoff: Cutoff, eventCount: Int) {
    guard let isWon = sorting.isWon(word: cutoff.word, time: cutoff.outcomeTime) else {
      leads.leftOut += 1
      return
    }
    let isDecided = cutoff.word != LeadLayout.absent
    leads.count(isWon: isWon, isDecided: isDecided, isUnseen: eventCount == 0)
    for index in rankedValues.indices {
      guard let value = rankedValues[index].value(cells) else { continue }
      all[index].count(value, isWon: isWon)
      if isDecided { decided[index].count(value, isWon: isWon) }
    }
    for index in personas.indices where cells[layout.personas + index] != LeadLayout.absent {
      personas[index].count(cells[layout.personas + index], isWon: isWon)
    }
    for index in lists.indices where cells[layout.lists + index] == 1 {
      lists[index].count(1, isWon: isWon)
    }
    if byLetter.isEmpty { return }
    let letter = cells[layout.letters]
    byLetter[letter == LeadLayout.absent ? byLetter.count - 1 : Int(letter)]
      .count(cells[score], isWon: isWon)
  }

  mutating func countExcluded() { leads.excluded += 1 }

  static func += (sum: inout OutcomeCounts, part: OutcomeCounts) {
    sum.leads += part.leads
    for counters in [\OutcomeCounts.all, \.decided, \.personas, \.lists, \.byLetter] {
      for index in part[keyPath: counters].indices {
        sum[keyPath: counters][index] += part[keyPath: counters][index]
      }
    }
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
    sum.excluded += part.excluded
    sum.unseen += part.unseen
  }
}
