import Definition

/// What scores of points are made of, over many leads; micro-points.
package struct PointSums: Sendable, Equatable {
  /// By rule, over all scores in order, each within its own cap.
  package var rules: [Int128]
  /// By group cap, over all scores in order: what it takes off, or gives back of what was taken off.
  package var groupCaps: [Int128]
  /// By bonus, over all scores in order.
  package var bonuses: [Int128]
  /// By score.
  package var inactivity: [Int128]

  package init(_ definition: Definition) {
    func none(_ count: Int) -> [Int128] { [Int128](repeating: 0, count: count) }
    rules = none(definition.pointRules.count)
    groupCaps = none(
      definition.scores.reduce(0) { sum, score in
        if case .points(_, let caps) = score.source { sum + caps.count } else { sum }
      })
    bonuses = none(definition.scores.reduce(0) { $0 + $1.bonuses.count })
    inactivity = none(definition.scores.count)
  }

  package static func += (sum: inout PointSums, part: PointSums) {
    for index in sum.rules.indices { sum.rules[index] += part.rules[index] }
    for index in sum.groupCaps.indices { sum.groupCaps[index] += part.groupCaps[index] }
    for index in sum.bonuses.indices { sum.bonuses[index] += part.bonuses[index] }
    for index in sum.inactivity.indices { sum.inactivity[index] += part.inactivity[index] }
  }
}

extension Judge {
  /// Adds the lead that was judged last at a desk.
  package func add(_ desk: Desk, to sums: inout PointSums) {
    var (firstCap, firstBonus) = (0, 0)
    for score in 0..<scores.count {
      for rule in scores[score].rules where desk.gates[rule].isTouched {
        sums.rules[rule] += desk.gates[rule].total
      }
      for cap in 0..<scores[score].groupCaps.count {
        sums.groupCaps[firstCap + cap] += adjustment(cap, score, desk)
      }
      firstCap += scores[score].groupCaps.count
      for bonus in 0..<scores[score].bonusCount
      where scores[score].bonuses[bonus].condition.holds(desk.cells) {
        sums.bonuses[firstBonus + bonus] += Int128(scores[score].bonuses[bonus].points)
      }
      firstBonus += scores[score].bonusCount
      if let inactivity = definition.scores[score].inactivity {
        sums.inactivity[score] += Int128(points(of: inactivity, desk.cells, asOf: desk.asOf))
      }
    }
  }
}
