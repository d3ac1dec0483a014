import Definition

/// Finds what of a lead may come out otherwise under a second definition, in the order of judging.
struct JudgingSteps {
  struct Step {
    var kind: JudgeDifference.Step.Kind
    var index: Int
    var isOther: Bool
    var changedRules: [Int] = []
    var sameRules: [Int] = []
    var cells: [Int]

    var compiled: JudgeDifference.Step {
      JudgeDifference.Step(
        kind: kind, index: index, isOther: isOther, changedRules: Fixed(changedRules),
        sameRules: Fixed(sameRules), cells: Fixed(cells))
    }
  }

  private(set) var steps: [Step] = []
  /// The cells that may differ.
  private var open: Set<Int> = []
  /// Whether both certainly leave the same leads out.
  private(set) var excludeAlike = true

  /// `changed`: the rules that are changed.
  init(_ first: Judge, _ second: Judge, _ changed: Set<Int>) {
    let layout = second.layout
    for index in 0..<second.grades.count
    where !first.grades[index].isSame(as: second.grades[index]) {
      // A grade asks for attributes alone, which no definition changes.
      add(
        Step(kind: .grade, index: index, isOther: true, cells: []),
        of: [layout.letters + index, layout.percents + index, layout.coverages + index])
    }
    for index in 0..<second.scores.count {
      let rules = second.scores[index].rules
      add(
        Step(
          kind: .score, index: index,
          isOther: !first.scores[index].isSame(
            as: second.scores[index], first.definition.scores[index],
            second.definition.scores[index]),
          changedRules: rules.filter(changed.contains),
          sameRules: rules.filter { !changed.contains($0) },
          cells: second.cells(ofScore: index)),
        of: [layout.raws + index, layout.scores + index])
    }
    for index in 0..<second.groups.count {
      let group = second.groups[index]
      add(
        Step(
          kind: .persona, index: index,
          isOther: first.highest[index] != second.highest[index]
            || group.contains { !first.personas[$0].isSame(as: second.personas[$0]) },
          cells: second.highest[index]?.cells ?? group.flatMap { second.personas[$0].cells }),
        of: [layout.personas + index])
    }
    excludeAlike =
      first.excludes == second.excludes
      && (!first.excludes
        || first.exclusion[0].isSame(as: second.exclusion[0])
          && open.isDisjoint(with: second.exclusion[0].cells))
    for index in 0..<second.lists.count {
      add(
        Step(
          kind: .list, index: index,
          isOther: !first.lists[index].isSame(as: second.lists[index]),
          cells: second.lists[index].cells),
        of: [layout.lists + index])
    }
    for index in 0..<second.aggregates.count {
      let cell = layout.aggregates + 2 * index
      add(
        Step(
          kind: .aggregate, index: index,
          isOther: !first.aggregates[index].isSame(as: second.aggregates[index]),
          cells: second.aggregates[index].cells),
        of: [cell, cell + 1])
    }
  }

  /// Takes a step in that has something to it.
  private mutating func add(_ step: Step, of results: [Int]) {
    var step = step
    step.cells = Set(step.cells).intersection(open).sorted()
    if !step.isOther, step.changedRules.isEmpty, step.cells.isEmpty { return }
    steps.append(step)
    open.formUnion(results)
  }
}

extension Judge {
  /// Whether all that judging begins with is the same for both: what leads did, said and are counted
  /// by, and where it all stands.
  func isComparable(with other: Judge) -> Bool {
    layout == other.layout && classes === other.classes && asOf == other.asOf
      && definition.timezone == other.definition.timezone
      && definition.nps?.lowest == other.definition.nps?.lowest
      && definition.nps?.within == other.definition.nps?.within
      && definition.comparedProperties == other.definition.comparedProperties
      && definition.valueProperties == other.definition.valueProperties
      && attributes == other.attributes && values.attributes == other.values.attributes
      && touches.elementsEqual(other.touches)
      && definition.touchReadings == other.definition.touchReadings
      && activities.stages.elementsEqual(other.activities.stages)
      && hasSameParts(as: other)
  }

  /// Whether both have as many rules of the same interactions, group caps and personas.
  private func hasSameParts(as other: Judge) -> Bool {
    rules.count == other.rules.count
      && (0..<rules.count).allSatisfy { rules[$0].interaction == other.rules[$0].interaction }
      && (0..<scores.count).allSatisfy {
        scores[$0].rules == other.scores[$0].rules
          && scores[$0].groupCaps.count == other.scores[$0].groupCaps.count
      }
      && definition.personas.map(\.personas.count)
        == other.definition.personas.map(\.personas.count)
  }

  /// The cells of grades and other scores that a score is made of.
  fileprivate func cells(ofScore index: Int) -> [Int] {
    var cells: [Int] = []
    if let blend = scores[index].blend {
      cells += (0..<blend.count).map { cell(of: blend[$0]) }
    }
    let bonuses = scores[index].bonuses
    return cells + (0..<bonuses.count).flatMap { bonuses[$0].condition.cells }
  }
}

extension CompiledScore {
  /// Whether the same totals of rules come to the same score.
  ///
  /// `mine`, `theirs`: the scores that the two were compiled from.
  fileprivate borrowing func isSame(
    as other: borrowing CompiledScore, _ mine: Score, _ theirs: Score
  ) -> Bool {
    let (ours, others) = (bonuses, other.bonuses)
    return mine.inactivity == theirs.inactivity && range == other.range
      && mine.source.isSameBesideRules(as: theirs.source)
      && ours.count == others.count
      && (0..<ours.count).allSatisfy {
        ours[$0].points == others[$0].points
          && ours[$0].condition.isSame(as: others[$0].condition)
      }
  }
}

extension Score.Source {
  fileprivate func isSameBesideRules(as other: Score.Source) -> Bool {
    switch (self, other) {
    case (.points(_, let caps), .points(_, let others)): caps == others
    case (.blend(let terms), .blend(let others)): terms == others
    default: false
    }
  }
}
