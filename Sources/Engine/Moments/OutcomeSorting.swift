import Definition
import Judging

/// Tells the leads that reached the outcome from the rest, and which are left out.
struct OutcomeSorting {
  private let wordCell: Int
  private let timeCell: Int
  private let word: Int64?
  private let decidedOnly: Bool
  private let since: Milliseconds

  init(_ moments: LeadMoments, _ plan: BacktestPlan) {
    wordCell = moments.cell(.word)
    timeCell = moments.cell(.outcomeTime)
    word = moments.words.firstIndex(of: plan.outcome).map(Int64.init)
    decidedOnly = plan.decidedOnly
    since = plan.since ?? .min
  }

  /// Nil for a lead that is left out.
  func isWon(_ cells: UnsafePointer<Int64>) -> Bool? {
    guard isDecided(cells) ? cells[timeCell] >= since : !decidedOnly else { return nil }
    return cells[wordCell] == word
  }

  func isDecided(_ cells: UnsafePointer<Int64>) -> Bool { cells[wordCell] != LeadLayout.absent }
}
