import Engine
import Judging

/// One step on the way from A to B: which input is swapped.
enum DiffStep: Sendable {
  case merges, erasures, withdrawals, accountMerges, log, rules, time, events
}

extension CauseTally {
  /// Adds what a step changed in the scores of the lead at hand: what they consist of behind it, less what they
  /// consisted of before.
  mutating func add(from before: StateDesk, to after: StateDesk, _ events: inout EventChanges) {
    let (own, others) = (after.points.contributions, before.points.contributions)
    switch after.state.step {
    case .time:
      if before.isKnown == after.isKnown {
        addWeights(own, others, after)
      } else {
        // Time alone decides that the lead is left out, or is not any more.
        add(own, 1, after) { _ in (.time, .points) }
        add(others, -1, before) { _ in (.time, .points) }
      }
      addAdjustments(.time, from: before, to: after)
    case .rules:
      add(own, 1, after) { _ in (.rules, .points) }
      add(others, -1, before) { _ in (.rules, .points) }
      addAdjustments(.rules, from: before, to: after)
    case .merges, .erasures, .withdrawals, .accountMerges, .log, .events, nil:
      events.compare(before, after)
      add(own, 1, after) { events.causeAfter($0) }
      add(others, -1, before) { events.causeBefore($0) }
      addAdjustments(events.main, from: before, to: after)
    }
  }

  private mutating func add(
    _ contributions: [Contribution], _ sign: Int64, _ desk: StateDesk,
    _ cause: (Int) -> (DiffCause, DiffPart)
  ) {
    guard desk.isKnown else { return }
    let rules = desk.state.numbers.rules
    for contribution in contributions {
      let (score, rule, _) = rules[Int(contribution.rule)]
      let (cause, part) = cause(Int(contribution.event))
      add(
        Int128(sign * contribution.points), CauseKey(score: score, cause, part, rule: rule))
    }
  }

  /// What contributions weigh otherwise, as time is all that changed: the same ones count, in the same order.
  private mutating func addWeights(
    _ own: [Contribution], _ others: [Contribution], _ desk: StateDesk
  ) {
    guard desk.isKnown else { return }
    precondition(own.count == others.count, "time alone lets nothing else count")
    let (asOf, numbers) = (desk.state.judge.asOf, desk.state.numbers.rules)
    let events = desk.history.events
    for index in own.indices {
      let (after, before) = (own[index], others[index])
      if after.points == before.points { continue }
      let (score, rule, expires) = numbers[Int(after.rule)]
      let age = asOf - events[Int(after.event)].time
      let isExpired = expires.map { age >= $0 } ?? false
      add(
        Int128(after.points) - Int128(before.points),
        CauseKey(score: score, .time, isExpired ? .expiry : .decay, rule: rule))
    }
  }

  private mutating func addAdjustments(
    _ cause: DiffCause, from before: StateDesk, to after: StateDesk
  ) {
    addAdjustments(cause, 1, after)
    addAdjustments(cause, -1, before)
  }

  private mutating func addAdjustments(_ cause: DiffCause, _ sign: Int128, _ desk: StateDesk) {
    guard desk.isKnown else { return }
    let numbers = desk.state.numbers
    for adjustment in desk.points.adjustments {
      add(
        sign * adjustment.points,
        CauseKey(
          score: numbers.scores[adjustment.score], cause, adjustment.part,
          rule: numbers.rule(adjustment)))
    }
    desk.forEachScore { score, points, raw in
      let whole = wholePoints(raw)
      add(
        sign * (Int128(whole) * 1_000_000 - Int128(raw)),
        CauseKey(score: score, cause, .rounding, rule: nil))
      add(
        sign * (Int128(points) - Int128(whole)) * 1_000_000,
        CauseKey(score: score, cause, .range, rule: nil))
    }
  }
}

/// Which events of a lead came and went in one step, and what cause that is.
///
/// A worker has one and uses it for every lead.
struct EventChanges {
  private let isForward: Bool
  /// The cause of what no single event explains.
  private(set) var main = DiffCause.mergedIn
  private var step: DiffStep?
  /// By event, whether it is on the other side as well.
  private var isBoth: (before: [Bool], after: [Bool]) = ([], [])
  private var came: [UInt64] = []
  /// Those that went, and whether they are known behind the step as well.
  private var went: [(id: UInt64, isKnown: Bool)] = []
  /// The ids of events that gave way to earlier ones.
  private var displaced: Set<UInt64> = []
  private var ids: (before: [UInt64], after: [UInt64]) = ([], [])

  init(isForward: Bool) { self.isForward = isForward }

  fileprivate mutating func compare(_ before: StateDesk, _ after: StateDesk) {
    step = after.state.step
    came.removeAll(keepingCapacity: true)
    went.removeAll(keepingCapacity: true)
    isBoth.before.removeAll(keepingCapacity: true)
    isBoth.after.removeAll(keepingCapacity: true)
    let (old, new) = (before.history, after.history)
    let (oldCount, newCount) = (before.isKnown ? old.count : 0, after.isKnown ? new.count : 0)
    var (next, at) = (0, 0)
    // Both are in the order of time and of the log.
    while next < oldCount || at < newCount {
      if next < oldCount, at == newCount || old.events[next].precedes(new.events[at]) {
        let event = old.events[next]
        went.append((event.id, after.state.isKnown[Int(event.segment)]))
        isBoth.before.append(false)
        next += 1
      } else if next == oldCount || new.events[at].precedes(old.events[next]) {
        came.append(new.events[at].id)
        isBoth.after.append(false)
        at += 1
      } else {
        isBoth.before.append(true)
        isBoth.after.append(true)
        next += 1
        at += 1
      }
    }
    if step == .log {
      ids = ((0..<oldCount).map { old.events[$0].id }, (0..<newCount).map { new.events[$0].id })
    }
    findMain()
  }

  private mutating func findMain() {
    switch step {
    case .merges: main = came.isEmpty && !went.isEmpty ? .mergedOut : .mergedIn
    case .erasures: main = .erased
    case .withdrawals: main = .withdrawal
    case .accountMerges: main = .accountMerge
    case .rules: main = .rules
    case .time: main = .time
    case .events, nil: main = isForward ? .newEvents : .futureEvents
    case .log:
      displaced = Set(came).intersection(went.lazy.filter(\.isKnown).map(\.id))
      if !came.allSatisfy(displaced.contains) {
        main = .lateEvents
      } else if went.contains(where: { !$0.isKnown }) {
        main = .unknownEvents
      } else {
        main = displaced.isEmpty ? .lateEvents : .duplicates
      }
    }
  }

  /// The cause of what an event behind the step contributes.
  @inline(__always)
  fileprivate func causeAfter(_ event: Int) -> (DiffCause, DiffPart) {
    if isBoth.after[event] { return (main, .gates) }
    switch step {
    case .merges: return (.mergedIn, .points)
    case .log:
      return (displaced.contains(ids.after[event]) ? .duplicates : .lateEvents, .points)
    default: return (main, .points)
    }
  }

  /// The cause of what an event before the step no longer contributes.
  @inline(__always)
  fileprivate func causeBefore(_ event: Int) -> (DiffCause, DiffPart) {
    if isBoth.before[event] { return (main, .gates) }
    switch step {
    case .merges: return (.mergedOut, .points)
    case .log:
      return (displaced.contains(ids.before[event]) ? .duplicates : .unknownEvents, .points)
    default: return (main, .points)
    }
  }
}
