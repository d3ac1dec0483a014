import Judging
import Notation

/// Tells the leads that reached the outcome from the rest, and which are left out.
struct OutcomeSorting {
  private var wordCell = 0
  private var timeCell = 0
  private let word: Int64?
  private let decidedOnly: Bool
  private let since: Milliseconds

  init(_ moments: LeadMoments, _ plan: BacktestPlan) {
    self.init(words: moments.words, plan)
    wordCell = moments.cell(.word)
    timeCell = moments.cell(.outcomeTime)
  }

  /// For leads of which there are no cells.
  init(words: [String], _ plan: BacktestPlan) {
    word = words.firstIndex(of: plan.outcome).map(Int64.init)
    decidedOnly = plan.decidedOnly
    since = plan.since ?? .min
  }

  /// Nil for a lead that is left out.
  func isWon(_ cells: UnsafePointer<Int64>) -> Bool? {
    isWon(word: cells[wordCell], time: cells[timeCell])
  }

  func isWon(word: Int64, time: Milliseconds) -> Bool? {
    guard word != LeadLayout.absent ? time >= since : !decidedOnly else { return nil }
    return word == self.word
  }
}
