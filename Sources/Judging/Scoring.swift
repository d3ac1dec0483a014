import Definition

/// What became of one occurrence that a rule was offered.
package enum Passage: UInt8, Sendable {
  /// It passed both gates.
  case counted
  /// Its once_per value had passed before.
  case `repeat`
  /// Its limit's window was full.
  case limit
}

/// A score as the fold needs it.
struct CompiledScore: Sendable {
  /// Its rules among those of all scores.
  var rules: Range<Int>
  /// What each of its rules' totals is held within.
  var caps: [Micropoints?]
  /// Its group caps: the rules held together, by their place among all, and the bound.
  var groupCaps: [(rules: [Int], points: Micropoints)]
  /// Its first group cap among those of all scores.
  var firstGroupCap: Int
  var blend: [BlendTerm]?
  var bonuses: [(condition: CellCondition, points: Micropoints)]
  var inactivity: Inactivity?
  var range: ClosedRange<Int64>?

  static func all(
    in definition: Definition, compile: (Condition<LeadSubject>) -> CellCondition
  ) -> [CompiledScore] {
    var ruleCount = 0
    var capCount = 0
    return definition.scores.map { score in
      var compiled = CompiledScore(
        rules: ruleCount..<ruleCount, caps: [], groupCaps: [], firstGroupCap: capCount,
        bonuses: score.bonuses.map { (compile($0.condition), $0.points) },
        inactivity: score.inactivity, range: score.range)
      switch score.source {
      case .blend(let terms): compiled.blend = terms
      case .points(let rules, let caps):
        let first = ruleCount
        ruleCount += rules.count
        capCount += caps.count
        compiled.rules = first..<ruleCount
        compiled.caps = rules.map(\.cap)
        compiled.groupCaps = caps.map { cap in
          let held = rules.indices.filter { cap.interactions.contains(rules[$0].interaction) }
          return (held.map { first + $0 }, cap.points)
        }
      }
      return compiled
    }
  }
}

extension Judge {
  /// Fills the cells of every score, in order.
  func score(_ history: History, _ desk: Desk) {
    for index in 0..<rules.count where desk.gates[index].isTouched {
      desk.gates[index] = Gate()
      desk.once[index].removeAll()
    }
    if rules.count > 0 { offerAll(history, desk) }
    for index in 0..<scores.count {
      let raw = raw(of: scores[index], desk)
      let whole = wholePoints(raw)
      desk.cells[layout.raws + index] = raw
      desk.cells[layout.scores + index] =
        scores[index].range.map { min(max(whole, $0.lowerBound), $0.upperBound) } ?? whole
    }
  }

  /// Offers every occurrence to its rules, in the order of events.
  private func offerAll(_ history: History, _ desk: Desk) {
    for index in 0..<history.count {
      let event = history.events[index]
      let entry = activities.entries[Int(event.eventClass)]
      for place in Int(entry.interactionEnd)..<Int(entry.ruleEnd) {
        let rule = Int(activities.indices[place])
        desk.gates[rule].isTouched = true
        desk.ruleCounts[rule].occurrences += 1
        switch pass(rule, history, index, desk) {
        case .counted:
          desk.ruleCounts[rule].counted += 1
          let contribution = weight.apply(
            rules[rule].aging, to: rules[rule].points, age: asOf - event.time)
          desk.gates[rule].total += Int128(contribution)
        case .repeat: desk.ruleCounts[rule].repeat += 1
        case .limit: desk.ruleCounts[rule].limit += 1
        }
      }
    }
  }

  /// Takes one occurrence through a rule's two gates.
  @inline(__always)
  private func pass(_ rule: Int, _ history: History, _ index: Int, _ desk: Desk) -> Passage {
    var value: UInt64 = 0
    let property = rules[rule].onceProperty
    if property >= 0 {
      value = onceValue(property, history, history.events[index])
      if desk.once[rule].contains(value) { return .repeat }
    }
    if let limit = rules[rule].limit {
      let window = LocalCalendar.window(
        limit.window, local: desk.locals.times[index], offset: desk.locals.offsets[index])
      if !desk.gates[rule].admit(limit, window: window) { return .limit }
    }
    if property >= 0 { desk.once[rule].insert(value) }
    return .counted
  }

  private func onceValue(_ property: Int, _ history: History, _ event: HistoryEvent) -> UInt64 {
    for place in Int(event.factStart)..<Int(event.factEnd) {
      let fact = history.facts[place]
      if fact.kind == .once, Int(fact.index) == property { return fact.payload }
    }
    return OnceValues.absent
  }

  private func raw(of score: borrowing CompiledScore, _ desk: Desk) -> Micropoints {
    var raw: Int128 = 0
    if let terms = score.blend {
      raw = Int128(blend(terms, desk))
    } else {
      raw = cappedTotal(of: score, desk)
    }
    for bonus in score.bonuses where bonus.condition.holds(desk.cells) {
      raw += Int128(bonus.points)
    }
    if let inactivity = score.inactivity { raw += Int128(points(of: inactivity, desk)) }
    return Micropoints(clamping: raw)
  }

  private func cappedTotal(of score: borrowing CompiledScore, _ desk: Desk) -> Int128 {
    var raw: Int128 = 0
    for (offset, rule) in score.rules.enumerated() {
      if let cap = score.caps[offset], abs(desk.gates[rule].total) > Int128(cap) {
        desk.gates[rule].total = held(desk.gates[rule].total, within: cap)
        desk.ruleCounts[rule].heldByCap += 1
      }
      raw += desk.gates[rule].total
    }
    for (offset, cap) in score.groupCaps.enumerated() {
      let sum = cap.rules.reduce(Int128(0)) { $0 + desk.gates[$1].total }
      if abs(sum) > Int128(cap.points) {
        raw += held(sum, within: cap.points) - sum
        desk.sums.heldByGroupCap[score.firstGroupCap + offset] += 1
      }
    }
    return raw
  }

  private func held(_ total: Int128, within cap: Micropoints) -> Int128 {
    min(max(total, -Int128(cap)), Int128(cap))
  }

  /// The weighted sum of the parts that are there, scaled up to the weight of all.
  private func blend(_ terms: [BlendTerm], _ desk: Desk) -> Micropoints {
    var sum: Int128 = 0
    var known: Int128 = 0
    var all: Int128 = 0
    for term in terms {
      all += Int128(term.weight)
      let cell =
        switch term.source {
        case .percent(let grade): desk.cells[layout.percents + grade]
        case .score(let index): desk.cells[layout.scores + index]
        }
      guard cell != LeadLayout.absent else { continue }
      known += Int128(term.weight)
      sum += Int128(term.weight) * Int128(cell)
    }
    if known == all { return Micropoints(clamping: sum) }
    return known == 0 ? 0 : roundedQuotient(sum * all, known)
  }

  private func points(of inactivity: Inactivity, _ desk: Desk) -> Micropoints {
    let last = desk.cells[layout.lastSeen]
    guard last != LeadLayout.absent else { return 0 }
    let idle = asOf - last
    guard idle >= inactivity.after else { return 0 }
    guard let every = inactivity.every else { return inactivity.points }
    let times = Int128(1 + (idle - inactivity.after) / every)
    return Micropoints(clamping: times * Int128(inactivity.points))
  }
}
