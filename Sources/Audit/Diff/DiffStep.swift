import Engine

/// One step on the way from A to B: which input is swapped.
enum DiffStep: Sendable {
  case merges, erasures, log, rules, time, events
}

/// Changes by what made them.
struct CauseTable {
  struct Key: Hashable {
    var score: Int
    var cause: DiffCause
    package var part: DiffPart
    var rule: String?
  }

  private(set) var points: [Key: Int128] = [:]

  mutating func add(
    _ points: Int128, score: Int, _ cause: DiffCause, _ part: DiffPart, rule: String?
  ) {
    if points == 0 { return }
    let key = Key(score: score, cause: cause, part: part, rule: rule)
    let sum = self.points[key, default: 0] + points
    self.points[key] = sum == 0 ? nil : sum
  }

  /// What all causes of a score come to.
  func sum(ofScore score: Int) -> Int128 {
    points.reduce(0) { $0 + ($1.key.score == score ? $1.value : 0) }
  }
}

extension CauseTable {
  /// Adds what a step changed in a lead's scores.
  ///
  /// `isKnownAfter`: whether B knows the line at a place of the log.
  mutating func add(
    _ step: DiffStep, from before: LeadLedger, to after: LeadLedger, _ names: LedgerNames,
    isForward: Bool, isKnownAfter: @escaping (UInt64) -> Bool
  ) {
    let attribution = Attribution(
      step, before, after, isForward: isForward, isKnownAfter: isKnownAfter)
    for (key, points) in after.contributions {
      let change = Int128(points) - Int128(before.contributions[key] ?? 0)
      if change == 0 { continue }
      let (cause, part) = attribution.cause(of: key, before, after)
      add(change, score: key.score, cause, part, rule: names.interactions[key.interaction])
    }
    for (key, points) in before.contributions where after.contributions[key] == nil {
      let (cause, part) = attribution.cause(of: key, before, after)
      add(
        -Int128(points), score: key.score, cause, part,
        rule: names.interactions[key.interaction])
    }
    for (key, points) in after.adjustments {
      add(
        points - (before.adjustments[key] ?? 0), score: key.score, attribution.main, key.part,
        rule: key.rule)
    }
    for (key, points) in before.adjustments where after.adjustments[key] == nil {
      add(-points, score: key.score, attribution.main, key.part, rule: key.rule)
    }
  }
}

/// Says which cause an entry's change has in one step.
private struct Attribution {
  private let step: DiffStep
  /// The cause of what no single event explains.
  let main: DiffCause
  private let isKnownAfter: (UInt64) -> Bool
  /// The ids of events that gave way to earlier ones.
  private var displaced: Set<UInt64> = []

  init(
    _ step: DiffStep, _ before: LeadLedger, _ after: LeadLedger, isForward: Bool,
    isKnownAfter: @escaping (UInt64) -> Bool
  ) {
    self.step = step
    self.isKnownAfter = isKnownAfter
    let came = after.events.filter { before.events[$0.key] == nil }
    let went = before.events.filter { after.events[$0.key] == nil }
    switch step {
    case .merges: main = came.isEmpty && !went.isEmpty ? .mergedOut : .mergedIn
    case .erasures: main = .erased
    case .rules: main = .rules
    case .time: main = .time
    case .events: main = isForward ? .newEvents : .futureEvents
    case .log:
      let displaced = Set(went.filter { isKnownAfter($0.key) }.values)
        .intersection(came.values)
      self.displaced = displaced
      if !came.allSatisfy({ displaced.contains($0.value) }) {
        main = .lateEvents
      } else if went.contains(where: { !isKnownAfter($0.key) }) {
        main = .withdrawnEvents
      } else {
        main = displaced.isEmpty ? .lateEvents : .duplicates
      }
    }
  }

  func cause(
    of key: LeadLedger.ContributionKey, _ before: LeadLedger, _ after: LeadLedger
  ) -> (DiffCause, DiffPart) {
    switch step {
    case .rules: return (.rules, .points)
    case .time: return (.time, after.expired.contains(key) ? .expiry : .decay)
    case .merges, .erasures, .log, .events: break
    }
    let idBefore = before.events[key.position]
    let idAfter = after.events[key.position]
    if idBefore != nil, idAfter != nil { return (main, .gates) }
    if step == .merges { return (idBefore == nil ? .mergedIn : .mergedOut, .points) }
    guard step == .log else { return (main, .points) }
    if let id = idBefore ?? idAfter, displaced.contains(id) { return (.duplicates, .points) }
    return (idBefore == nil ? .lateEvents : .withdrawnEvents, .points)
  }
}
