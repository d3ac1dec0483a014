import Judging
import Notation

/// Tells the leads that reached the outcome from the rest, and which are left out.
struct OutcomeSorting {
  private let word: Int64?
  private let decidedOnly: Bool
  private let since: Milliseconds

  /// `words`: those of the log's outcomes.
  ///
  /// `since`: leads whose outcome came before are left out; none are unless told otherwise.
  init(
    _ outcome: String, among words: [String], decidedOnly: Bool = false,
    since: Milliseconds? = nil
  ) {
    word = words.firstIndex(of: outcome).map(Int64.init)
    self.decidedOnly = decidedOnly
    self.since = since ?? .min
  }

  /// Nil for a lead that is left out.
  func isWon(word: Int64, time: Milliseconds) -> Bool? {
    guard word != LeadLayout.absent ? time >= since : !decidedOnly else { return nil }
    return word == self.word
  }
}
