import Definition
import Notation

// What a lead comes to between two times at which it is known what it did: not what it is at each, but the least
// and the most that it is. Where both are the same, it is the same all along.

extension Judge {
  /// Works out what follows from the least and the most that a lead's measures and points are.
  ///
  /// A persona that may be one or another has two different cells, and a list that may have the lead 0 and 1.
  ///
  /// `least`: as of the first time. `most`: as of the last.
  func conclude(least: Desk, most: Desk) {
    takeStage(least)
    takeStage(most)
    grade(least)
    grade(most)
    for index in 0..<scores.count { score(index, least, most) }
    for group in 0..<groups.count {
      let choice = choice(group, between: least.cells, and: most.cells)
      least.cells[layout.personas + group] = choice ?? LeadLayout.absent
      most.cells[layout.personas + group] = choice ?? 0
    }
    if excludes {
      let isExcluded = exclusion[0].holds(between: least.cells, and: most.cells)
      least.cells[layout.excluded] = isExcluded == true ? 1 : 0
      most.cells[layout.excluded] = isExcluded == false ? 0 : 1
    }
    for index in 0..<lists.count {
      let isMember = lists[index].holds(between: least.cells, and: most.cells)
      least.cells[layout.lists + index] = isMember == true ? 1 : 0
      most.cells[layout.lists + index] = isMember == false ? 0 : 1
    }
    if gives { give(least: least, most: most) }
  }

  /// Raw grows with the points of each rule and, in a blend, with each of its parts.
  private func score(_ index: Int, _ least: Desk, _ most: Desk) {
    var nobody = Untraced()
    let slack = slack(of: index, least, most)
    for (desk, more) in [(least, slack.least), (most, slack.most)] {
      let raw = raw(of: index, desk.cells, desk, more: more, telling: &nobody)
      desk.cells[layout.raws + index] = raw
      desk.cells[layout.scores + index] = bounded(raw, index)
    }
  }

  /// How much less, and more, bonuses and inactivity may come to than the desks' own cells say.
  private func slack(
    of index: Int, _ least: Desk, _ most: Desk
  ) -> (least: Int128, most: Int128) {
    var slack: (least: Int128, most: Int128) = (0, 0)
    for bonus in 0..<scores[index].bonusCount {
      let points = Int128(scores[index].bonuses[bonus].points)
      func given(_ desk: Desk) -> Int128 {
        scores[index].bonuses[bonus].condition.holds(desk.cells) ? points : 0
      }
      let isMet = scores[index].bonuses[bonus].condition.holds(
        between: least.cells, and: most.cells)
      guard isMet == nil else { continue }
      slack.least += min(0, points) - given(least)
      slack.most += max(0, points) - given(most)
    }
    if let inactivity = scores[index].inactivity {
      let first = Int128(points(of: inactivity, least.cells, asOf: least.asOf))
      let last = Int128(points(of: inactivity, most.cells, asOf: most.asOf))
      slack.least += min(first, last) - first
      slack.most += max(first, last) - last
    }
    return slack
  }

  /// The persona of a group that is chosen all along; nil where it may be one or another.
  private func choice(
    _ group: Int, between least: UnsafePointer<Int64>, and most: UnsafePointer<Int64>
  ) -> Int64? {
    if let highest = highest[group] {
      return highest.choice(between: least, and: most).map {
        $0.map { Int64($0) } ?? LeadLayout.absent
      }
    }
    let group = groups[group]
    for persona in group {
      guard let holds = personas[persona].holds(between: least, and: most) else { return nil }
      if holds { return Int64(persona - group.lowerBound) }
    }
    return LeadLayout.absent
  }
}
