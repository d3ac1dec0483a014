import Definition

/// What a summary tells of the judging itself; sums that no order of leads can change.
package struct JudgingCounts: Sendable, Equatable {
  package var invalidAnswers = 0
  /// By rule, over all scores in order.
  package var rules: [RuleCounts]
  /// By group cap, over all scores in order: how many leads it held.
  package var heldByGroupCap: [Int]
  /// By score: how many leads came to more than numbers go up to.
  package var heldRaws: [Int]

  package struct RuleCounts: Sendable, Equatable {
    package var occurrences = 0
    package var `repeat` = 0
    package var limit = 0
    /// Those without a value that points could be made of.
    package var noValue = 0
    /// Those that had something to offer, and that no gate held back.
    package var counted: Int { occurrences - `repeat` - limit - noValue }
    /// Leads whose total for this rule its cap held.
    package var heldByCap = 0

    package init() {}
  }

  package init(_ definition: Definition) {
    var ruleCount = 0
    var capCount = 0
    for score in definition.scores {
      guard case .points(let rules, let caps) = score.source else { continue }
      ruleCount += rules.count
      capCount += caps.count
    }
    rules = [RuleCounts](repeating: RuleCounts(), count: ruleCount)
    heldByGroupCap = [Int](repeating: 0, count: capCount)
    heldRaws = [Int](repeating: 0, count: definition.scores.count)
  }

  package static func += (sum: inout JudgingCounts, part: JudgingCounts) {
    sum.invalidAnswers += part.invalidAnswers
    for (index, rule) in part.rules.enumerated() {
      sum.rules[index].occurrences += rule.occurrences
      sum.rules[index].repeat += rule.repeat
      sum.rules[index].limit += rule.limit
      sum.rules[index].noValue += rule.noValue
      sum.rules[index].heldByCap += rule.heldByCap
    }
    for (index, held) in part.heldByGroupCap.enumerated() { sum.heldByGroupCap[index] += held }
    for (index, held) in part.heldRaws.enumerated() { sum.heldRaws[index] += held }
  }
}
