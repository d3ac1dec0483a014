import Definition
import Notation

/// Numbers that a seed draws, the same on every machine.
struct Draw {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % max(bound, 1)
  }

  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

extension Definition {
  /// The definition with one thing changed that judging knows of, as a seed draws it.
  func varied(_ draw: inout Draw) -> Definition {
    var copy = self
    switch draw.below(5) {
    case 0 where !scores.isEmpty, 1 where !scores.isEmpty:
      let index = draw.below(scores.count)
      copy.scores[index] = scores[index].varied(&draw)
    case 2 where !grades.isEmpty:
      let index = draw.below(grades.count)
      copy.grades[index] = grades[index].varied(&draw)
    case 3 where !personas.isEmpty:
      let group = draw.below(personas.count)
      if let highest = personas[group].highest {
        if draw.chance(30) { copy.weekStart = weekStart == .monday ? .sunday : .monday }
        copy.personas[group].highest?.min = Int64(draw.within(-10...20)) * 500_000
        copy.personas[group].highest?.gap = highest.gap + Int64(draw.below(4)) * 500_000
        return copy
      }
      let index = draw.below(personas[group].personas.count)
      let condition = personas[group].personas[index].condition
      copy.personas[group].personas[index].condition = condition.map { .not($0) }
    case 4 where draw.chance(30):
      copy.ready = .test(.total(score: 0), Predicate([.min(Double(draw.below(50)))]))
      if scores.isEmpty { copy.ready = nil }
    case 4 where !accountLists.isEmpty && draw.chance(50):
      let index = draw.below(accountLists.count)
      copy.accountLists[index].condition = .not(accountLists[index].condition)
    default:
      guard !lists.isEmpty else { return copy }
      let index = draw.below(lists.count)
      copy.lists[index].condition = .not(lists[index].condition)
    }
    return copy
  }
}

extension Score {
  fileprivate func varied(_ draw: inout Draw) -> Score {
    var copy = self
    switch (draw.below(4), source) {
    case (0, _):
      copy.range = draw.chance(30) ? nil : Int64(-draw.below(5))...Int64(draw.within(1...60))
    case (1, _) where !bonuses.isEmpty:
      let index = draw.below(bonuses.count)
      if draw.chance(50) {
        copy.bonuses[index].points += 3_500_000
      } else {
        copy.bonuses[index].condition = .not(bonuses[index].condition)
      }
    case (2, _):
      copy.inactivity =
        draw.chance(30)
        ? nil : Inactivity(after: Milliseconds(draw.below(1 << 32)), points: -4_250_000)
    case (_, .points(var rules, var caps)):
      if !caps.isEmpty, draw.chance(20) {
        caps[draw.below(caps.count)].points = Micropoints(draw.below(40)) * 500_000
      } else if !rules.isEmpty {
        let index = draw.below(rules.count)
        rules[index] = rules[index].varied(&draw)
      }
      copy.source = .points(rules: rules, caps: caps)
    case (_, .blend(var terms)):
      terms[draw.below(terms.count)].weight += 250_000
      copy.source = .blend(terms)
    }
    return copy
  }
}

extension PointRule {
  fileprivate func varied(_ draw: inout Draw) -> PointRule {
    var copy = self
    switch draw.below(4) {
    case 0: copy.points = points.varied(by: Micropoints(draw.within(-20...40)) * 333_333)
    case 1:
      if let each = limit?.each {
        // What is counted apart stays so: another property would be read otherwise.
        let hours = Milliseconds(draw.within(1...2000))
        copy.limit = Limit(
          count: draw.within(1...3), window: .sliding(hours * 3_600_000), each: each)
      } else if limit == nil {
        copy.limit = Limit(
          count: draw.within(1...3), window: .calendar(draw.pick(CalendarWindow.allCases)))
      } else {
        copy.limit = nil
      }
    case 2: copy.cap = cap == nil ? Micropoints(draw.below(30)) * 1_000_000 : nil
    default: copy.aging = Aging(halfLife: Milliseconds(draw.within(1...90)) * 86_400_000)
    }
    return copy
  }
}

extension RulePoints {
  fileprivate func varied(by points: Micropoints) -> RulePoints {
    guard case .ofValue(var value) = self else { return .fixed(points) }
    value.times = points
    value.max = points > 0 ? points * 3 : nil
    return .ofValue(value)
  }
}

extension Grade {
  fileprivate func varied(_ draw: inout Draw) -> Grade {
    var copy = self
    switch method {
    case .weighted(let letters, var criteria):
      let index = draw.below(criteria.count)
      if draw.chance(50) {
        criteria[index].otherwise = Int64(draw.below(100)) * 1_000_000
      } else {
        criteria[index].weight += 1_500_000
      }
      copy.method = .weighted(letters: letters, criteria: criteria)
    case .ladder(let start, let criteria):
      copy.method = .ladder(start: (start + 1) % Grade.ladder.count, criteria: criteria)
    }
    return copy
  }
}
