import Notation

/// What a second definition judges otherwise than a first one.
///
/// A lead that the first has judged need not be judged all over by the second: most of what is known of
/// it cannot differ. Whatever is not plainly the same is judged anew.
package final class JudgeDifference: Sendable {
  let judge: Judge
  /// The changed rules that let the same through: what counts has other points, or another cap.
  private let revalued: Fixed<Int>
  /// By rule, whether it is one of these whose occurrences age otherwise, and whether there is any.
  private let isReaged: Fixed<Bool>
  private let reages: Bool
  /// The other changed rules, which every occurrence is offered to anew.
  private let reopened: Fixed<Int>
  /// The classes with these alone.
  private let activities: ActivityTable
  private let steps: Fixed<Step>
  /// The rules without which a lead comes out the same; nil where it may differ whatever it did.
  private let deciding: RuleSketch?
  /// Whether leads are left out, the same by both definitions.
  private let excludes: Bool

  /// Something of a lead that may come out otherwise.
  struct Step: ~Copyable, @unchecked Sendable {
    enum Kind { case grade, score, persona, list, aggregate }

    let kind: Kind
    let index: Int
    /// Whether it is itself worked out otherwise, whatever the lead did.
    let isOther: Bool
    /// A score's rules that are changed.
    let changedRules: Fixed<Int>
    /// A score's rules that are not.
    let sameRules: Fixed<Int>
    /// The cells that it depends on and that may differ.
    let cells: Fixed<Int>
  }

  /// Nil where the two have too little in common, so that leads are better judged all over.
  package init?(_ first: Judge, _ second: Judge) {
    guard first.isComparable(with: second) else { return nil }
    judge = second
    let (before, after) = (first.definition.pointRules, second.definition.pointRules)
    func countsAlike(_ rule: Int) -> Bool { first.rules[rule].counts(as: second.rules[rule]) }
    // The day that weeks begin with is no rule's own.
    let changed = Set(
      before.indices.filter { before[$0].rule != after[$0].rule || !countsAlike($0) })
    let revalued = changed.filter(countsAlike).sorted()
    self.revalued = Fixed(revalued)
    let reaged = revalued.filter { before[$0].rule.aging != after[$0].rule.aging }
    isReaged = Fixed(before.indices.map(reaged.contains))
    reages = !reaged.isEmpty
    let reopened = changed.filter { !countsAlike($0) }
    self.reopened = Fixed(reopened.sorted())
    activities = ActivityTable(
      classes: second.classes, definition: second.definition,
      rules: (0..<second.rules.count).map { second.rules[$0] }, isOffered: reopened.contains)
    let judging = JudgingSteps(first, second, changed)
    // What is counted of a lead depends on whether it is left out.
    guard judging.excludeAlike else { return nil }
    excludes = second.excludes
    let steps = judging.steps
    self.steps = Fixed(count: steps.count) { steps[$0].compiled }
    deciding =
      steps.contains(where: \.isOther)
      ? nil : changed.reduce(into: RuleSketch()) { $0.insert($1) }
  }

  /// A desk for the second definition beside that of the first.
  package func desk(beside first: Desk) -> Desk { Desk(judge, locals: first.locals) }

  /// Judges the lead that `judgeForDifferences` has just judged at the desk of the first definition.
  ///
  /// Returns its cells; they are those of the first desk where nothing differs.
  package func judge(
    _ history: LeadHistory, _ desk: Desk, after first: Desk
  ) -> UnsafePointer<Int64> {
    if let deciding, deciding.isDisjoint(with: first.counted.touched) {
      return UnsafePointer(first.cells)
    }
    if excludes, first.cells[judge.layout.excluded] == 1 { return UnsafePointer(first.cells) }
    return judgeAnew(history, desk, after: first)
  }

  /// Apart from the question whether it is needed, which is asked far more often.
  @inline(never)
  private func judgeAnew(
    _ history: LeadHistory, _ desk: Desk, after first: Desk
  ) -> UnsafePointer<Int64> {
    var draft = Draft(first: first.cells, own: desk.cells, count: desk.cellCount)
    desk.asOf = first.asOf
    var isOffered = false
    for place in 0..<steps.count {
      let isTouched = first.hasTouched(steps[place].changedRules)
      guard steps[place].isOther || isTouched || draft.differs(steps[place].cells) else {
        continue
      }
      let index = steps[place].index
      let layout = judge.layout
      switch steps[place].kind {
      case .grade:
        let result = judge.grades[index].judge(draft.cells)
        draft.put(result.letter, layout.letters + index)
        draft.put(result.percent, layout.percents + index)
        draft.put(result.coverage, layout.coverages + index)
      case .score:
        if !isOffered {
          offer(history, desk, after: first)
          isOffered = true
        }
        let raw = raw(steps[place], draft.cells, desk, after: first)
        draft.put(raw, layout.raws + index)
        draft.put(judge.bounded(raw, index), layout.scores + index)
      case .persona:
        draft.put(judge.choice(index, draft.cells), layout.personas + index)
      case .list:
        draft.put(judge.lists[index].holds(draft.cells) ? 1 : 0, layout.lists + index)
      case .aggregate:
        let given = judge.given(index, draft.cells)
        draft.put(given.lower, layout.aggregates + 2 * index)
        draft.put(given.upper, layout.aggregates + 2 * index + 1)
      }
    }
    return UnsafePointer(draft.cells)
  }

  /// Adds up the changed rules; one that the first desk did not touch has no occurrences.
  private func offer(_ history: LeadHistory, _ desk: Desk, after first: Desk) {
    for place in 0..<revalued.count {
      let rule = revalued[place]
      desk.gates[rule].isHeld = false
      desk.gates[rule].total =
        first.gates[rule].isTouched && !isReaged[rule]
        ? judge.total(of: rule, first.counted, history, asOf: desk.asOf) : 0
    }
    if reages { judge.addUp(first.counted, where: isReaged, history, desk) }
    for place in 0..<reopened.count {
      let rule = reopened[place]
      desk.reset(rule, judge.rules[rule])
    }
    if first.hasTouched(reopened) {
      var nobody = Untraced()
      judge.offerAll(history, activities, desk, telling: &nobody)
    }
  }

  /// A score's micro-points, and how the leads that are held are more or fewer than by the first.
  private func raw(
    _ step: borrowing Step, _ cells: UnsafePointer<Int64>, _ desk: Desk, after first: Desk
  ) -> Micropoints {
    let index = step.index
    var nobody = Untraced()
    defer {
      for place in 0..<step.changedRules.count where first.gates[step.changedRules[place]].isHeld {
        desk.ruleCounts[step.changedRules[place]].heldByCap -= 1
      }
      if first.isHeld[index] { desk.sums.heldRaws[index] -= 1 }
    }
    if !judge.scores[index].isBlend, judge.scores[index].groupCapCount == 0 {
      // The totals of all other rules are the same.
      var total = first.ruleTotals[index]
      for place in 0..<step.changedRules.count {
        let rule = step.changedRules[place]
        total += judge.total(of: rule, index, desk, telling: &nobody) - first.gates[rule].total
      }
      return judge.raw(of: index, adding: total, cells, desk, telling: &nobody)
    }
    for place in 0..<step.sameRules.count {
      let rule = step.sameRules[place]
      desk.gates[rule].total = first.gates[rule].total
    }
    let raw = judge.raw(of: index, cells, desk, telling: &nobody)
    let firstCap = judge.scores[index].firstGroupCap
    for cap in firstCap..<firstCap + judge.scores[index].groupCapCount
    where first.isHeldByGroupCap[cap] {
      desk.sums.heldByGroupCap[cap] -= 1
    }
    return raw
  }

  /// Returns the sums over the leads judged at a desk since the last call, and begins anew.
  ///
  /// `first`: what the first judge counted over the same leads.
  package func takeCounts(_ desk: Desk, after first: JudgingCounts) -> JudgingCounts {
    let own = desk.takeCounts(judge)
    var taken = first
    for place in 0..<revalued.count {
      let rule = revalued[place]
      taken.rules[rule].heldByCap += own.rules[rule].heldByCap
    }
    for place in 0..<reopened.count {
      let rule = reopened[place]
      taken.rules[rule] = own.rules[rule]
      taken.rules[rule].heldByCap += first.rules[rule].heldByCap
    }
    for (cap, held) in own.heldByGroupCap.enumerated() { taken.heldByGroupCap[cap] += held }
    for (score, held) in own.heldRaws.enumerated() { taken.heldRaws[score] += held }
    return taken
  }
}

extension Desk {
  /// Whether the lead at hand had an occurrence for one of the rules.
  @inline(__always)
  fileprivate func hasTouched(_ rules: Fixed<Int>) -> Bool {
    for place in 0..<rules.count where gates[rules[place]].isTouched { return true }
    return false
  }
}

/// The cells of a lead: those of the first desk until one differs, then a copy.
private struct Draft {
  private let first: UnsafeMutablePointer<Int64>
  private let own: UnsafeMutablePointer<Int64>
  private let count: Int
  private(set) var cells: UnsafeMutablePointer<Int64>

  init(
    first: UnsafeMutablePointer<Int64>, own: UnsafeMutablePointer<Int64>, count: Int
  ) {
    self.first = first
    self.own = own
    self.count = count
    cells = first
  }

  @inline(__always)
  mutating func put(_ value: Int64, _ cell: Int) {
    if cells[cell] == value { return }
    if cells == first {
      own.update(from: first, count: count)
      cells = own
    }
    cells[cell] = value
  }

  @inline(__always)
  func differs(_ places: Fixed<Int>) -> Bool {
    if cells == first { return false }
    for place in 0..<places.count where cells[places[place]] != first[places[place]] {
      return true
    }
    return false
  }
}
