import Notation

/// One occurrence that a rule was offered, and what came of it.
package struct Contribution: BitwiseCopyable, Sendable {
  /// Its event, by its place in the lead's history.
  package var event: Int32
  /// The rule among those of all scores.
  package var rule: Int32
  package var passage: Passage
  /// What it offered the rule; 0 where there is no value to make points of.
  package var offered: Micropoints
  /// What it contributes; 0 unless it passed both gates.
  package var points: Micropoints
}

/// What something else than an occurrence adds to a score, or takes off it.
package struct Adjustment: Sendable {
  package var score: Int
  package var kind: Kind
  package var points: Int128

  package enum Kind: Sendable, Hashable {
    /// A rule's cap, by the rule's number among those of all scores.
    case cap(rule: Int)
    /// A cap of several rules, by its place in the score.
    case groupCap(Int)
    /// What a blend comes to.
    case blend
    /// A bonus, by its place in the score.
    case bonus(Int)
    case inactivity
    /// What takes it back to where numbers end, after all else.
    case hold
  }
}

/// Every step of a judgement of one lead: per score its contributions and adjustments add up to raw.
package struct LeadTrace: JudgingTrace, Sendable {
  /// In the order of events, of one event in the order of rules.
  package private(set) var contributions: [Contribution] = []
  /// In the order in which they apply.
  package private(set) var adjustments: [Adjustment] = []
  /// The events that gave the attributes their last word, by attribute.
  package private(set) var attributeEvents: [Int: Int] = [:]
  package private(set) var accountEvent: Int?
  /// By the dictionary of what touches read, the first event and the last that have it.
  package private(set) var touchEvents: [Int: (first: Int, last: Int)] = [:]
  /// The event of the answer that counts.
  package private(set) var answerEvent: Int?
  package private(set) var invalidAnswerEvents: [Int] = []

  package init() {}

  mutating func begin() {
    contributions.removeAll(keepingCapacity: true)
    adjustments.removeAll(keepingCapacity: true)
    attributeEvents.removeAll(keepingCapacity: true)
    invalidAnswerEvents.removeAll(keepingCapacity: true)
    accountEvent = nil
    touchEvents.removeAll(keepingCapacity: true)
    answerEvent = nil
  }

  mutating func took(_ fact: Fact, from event: Int) {
    switch fact.kind {
    case .account: accountEvent = event
    case .attribute, .removal: attributeEvents[Int(fact.index)] = event
    case .touch:
      touchEvents[Int(fact.index), default: (event, event)].last = event
    case .answer, .compared, .value, .outcome: break
    }
  }

  mutating func answered(isValid: Bool, at event: Int) {
    if isValid { answerEvent = event } else { invalidAnswerEvents.append(event) }
  }

  mutating func occurred(
    _ rule: Int, _ event: Int, _ passage: Passage, offered: Micropoints, _ points: Micropoints,
    factor: Double
  ) {
    contributions.append(
      Contribution(
        event: Int32(event), rule: Int32(rule), passage: passage, offered: offered, points: points))
  }

  mutating func adjusted(_ score: Int, _ kind: Adjustment.Kind, by points: Int128) {
    if points != 0 { adjustments.append(Adjustment(score: score, kind: kind, points: points)) }
  }
}
