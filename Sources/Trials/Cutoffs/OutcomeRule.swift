import Judging
import Notation
import Tables

/// Which outcome of a lead decides, so that the lead is looked at as it stood just before it.
///
/// The first outcome of the word asked for; of a lead that never had that one, its first of any word.
struct OutcomeRule: Sendable {
  /// The number of the word among those of the log; nil where no event has it.
  var word: UInt64?
  /// How many sheets at the front have outcomes from elsewhere, which are then the only ones that
  /// count; without any the log's own do.
  var givenCount: Int

  init(_ word: String, among words: [String], givenCount: Int) {
    self.word = words.firstIndex(of: word).map(UInt64.init)
    self.givenCount = givenCount
  }

  /// Returns the place of the event that decides, and its word; nil where the lead has no outcome.
  ///
  /// `history`: settled.
  func decide(_ history: LeadHistory) -> (event: Int, word: UInt64)? {
    // Most leads have none; their facts are sooner looked through than their events.
    guard (0..<history.factCount).contains(where: { history.facts[$0].kind == .outcome }) else {
      return nil
    }
    var first: (event: Int, word: UInt64)?
    for index in 0..<history.count {
      let event = history.events[index]
      if givenCount > 0, event.segment >= givenCount { continue }
      for place in Int(event.factStart)..<Int(event.factEnd) {
        let fact = history.facts[place]
        guard fact.kind == .outcome else { continue }
        if fact.payload == word { return (index, fact.payload) }
        if first == nil { first = (index, fact.payload) }
      }
    }
    return first
  }
}

/// The last moment before something happened to a lead, and what had happened by then.
struct Cutoff {
  /// What ages are counted to.
  let asOf: Milliseconds
  /// What comes before this event had happened; where there is none, all that did.
  let end: HistoryEvent?
  /// The number of the outcome's word; absent where nothing was decided.
  let word: Int64

  /// The as-of of the run: the cutoff of a lead that nothing has been decided about.
  init(asOf: Milliseconds) {
    self.asOf = asOf
    end = nil
    word = LeadLayout.absent
  }

  /// The millisecond before the event at a place of a history, or its own, if something in the same one
  /// comes before it.
  init(before place: Int, of history: LeadHistory, word: UInt64) {
    let event = history.events[place]
    end = event
    self.word = Int64(word)
    asOf = place > 0 ? max(event.time - 1, history.events[place - 1].time) : event.time - 1
  }

  /// When the outcome was reached; absent where nothing was decided.
  var outcomeTime: Milliseconds { end?.time ?? LeadLayout.absent }

  func isAfter(_ event: HistoryEvent) -> Bool { end.map { event.precedes($0) } ?? true }
}
