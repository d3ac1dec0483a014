/// How many leads have done what a rule gives points for, and of how many the points are held.
package struct RuleUse: Sendable, Equatable {
  package var leads = 0
  /// Leads of which the rule's own cap, or one that holds it with others, has been reached: more
  /// occurrences would add nothing.
  package var leadsAtCap = 0

  package init() {}

  package static func += (sum: inout RuleUse, part: RuleUse) {
    sum.leads += part.leads
    sum.leadsAtCap += part.leadsAtCap
  }
}

extension Judge {
  /// How many rules all scores have together.
  package var ruleCount: Int { rules.count }

  /// Counts the lead that was judged last at a desk, by rule, over all scores in order.
  package func count(_ desk: Desk, into uses: inout [RuleUse]) {
    for score in 0..<scores.count {
      for rule in scores[score].rules where desk.gates[rule].isTouched {
        uses[rule].leads += 1
        if isAtCap(rule, score, desk) { uses[rule].leadsAtCap += 1 }
      }
    }
  }

  private func isAtCap(_ rule: Int, _ score: Int, _ desk: Desk) -> Bool {
    if let cap = rules[rule].cap, abs(desk.gates[rule].total) >= Int128(cap) {
      return true
    }
    for index in 0..<scores[score].groupCaps.count {
      let held = scores[score].groupCaps[index].rules
      guard (0..<held.count).contains(where: { held[$0] == rule }) else { continue }
      let sum = (0..<held.count).reduce(Int128(0)) { $0 + desk.gates[held[$1]].total }
      if abs(sum) >= Int128(scores[score].groupCaps[index].points) { return true }
    }
    return false
  }
}
