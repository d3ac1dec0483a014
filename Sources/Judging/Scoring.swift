import Definition
import Notation

/// A score as the fold needs it.
struct CompiledScore: ~Copyable, @unchecked Sendable {
  /// Its rules among those of all scores.
  let rules: Range<Int>
  let groupCaps: Fixed<CompiledGroupCap>
  /// How many there are of what many scores have none of: asking those themselves costs a reference.
  let groupCapCount: Int
  let bonusCount: Int
  let isBlend: Bool
  /// Its first group cap among those of all scores.
  let firstGroupCap: Int
  let blend: Fixed<BlendTerm>?
  let bonuses: Fixed<CompiledBonus>
  let inactivity: Inactivity?
  let range: ClosedRange<Int64>

  /// `firstRule`, `firstGroupCap`: how many rules and group caps the scores before it have.
  init(
    _ score: Score, firstRule: Int, firstGroupCap: Int, _ cells: CellFinder
  ) {
    var terms: [BlendTerm]?
    var pointRules: [PointRule] = []
    var groupCaps: [GroupCap] = []
    switch score.source {
    case .blend(let blend): terms = blend
    case .points(let rules, let caps): (pointRules, groupCaps) = (rules, caps)
    }
    rules = firstRule..<firstRule + pointRules.count
    self.groupCaps = Fixed(
      groupCaps.map { cap in
        let held = pointRules.indices.filter {
          cap.interactions.contains(pointRules[$0].interaction)
        }
        return CompiledGroupCap(rules: Fixed(held.map { firstRule + $0 }), points: cap.points)
      })
    self.firstGroupCap = firstGroupCap
    groupCapCount = groupCaps.count
    bonusCount = score.bonuses.count
    isBlend = terms != nil
    blend = terms.map { Fixed($0) }
    bonuses = Fixed(count: score.bonuses.count) { index in
      CompiledBonus(
        condition: CellCondition(score.bonuses[index].condition, cells),
        points: score.bonuses[index].points)
    }
    inactivity = score.inactivity
    range = score.range ?? .min ... .max
  }

  package static func all(
    in definition: Definition, _ cells: CellFinder
  ) -> Fixed<CompiledScore> {
    var ruleCount = 0
    var capCount = 0
    return Fixed(count: definition.scores.count) { index in
      let score = CompiledScore(
        definition.scores[index], firstRule: ruleCount, firstGroupCap: capCount, cells)
      ruleCount = score.rules.upperBound
      capCount += score.groupCaps.count
      return score
    }
  }
}

/// The rules that are held together, by their place among all, and the bound.
struct CompiledGroupCap {
  var rules: Fixed<Int>
  var points: Micropoints
}

struct CompiledBonus: ~Copyable {
  let condition: CellCondition
  let points: Micropoints
}

extension Judge {
  /// Offers every occurrence to its rules, whose gates are as before the first one.
  @inline(__always)
  func offer(_ history: LeadHistory, _ desk: Desk, telling trace: inout some JudgingTrace) {
    for index in 0..<rules.count where desk.gates[index].isTouched {
      desk.reset(index, rules[index])
    }
    if rules.count > 0 { offerAll(history, activities, desk, telling: &trace) }
  }

  /// Fills the cells of every score, in order, from what its rules were offered.
  @inline(__always)
  func score(_ desk: Desk, telling trace: inout some JudgingTrace) {
    for index in 0..<scores.count {
      let raw = raw(of: index, desk.cells, desk, telling: &trace)
      desk.cells[layout.raws + index] = raw
      desk.cells[layout.scores + index] = bounded(raw, index)
    }
  }

  /// A score's whole points within its range.
  @inline(__always)
  func bounded(_ raw: Micropoints, _ index: Int) -> Int64 {
    let range = scores[index].range
    return min(max(wholePoints(raw), range.lowerBound), range.upperBound)
  }

  /// Offers every occurrence to its rules, in the order of events.
  ///
  /// `activities`: with the rules that are offered anything.
  func offerAll(
    _ history: LeadHistory, _ activities: ActivityTable, _ desk: Desk,
    telling trace: inout some JudgingTrace
  ) {
    let asOf = desk.asOf
    let (entries, indices) = (activities.entries.base, activities.indices.base)
    let (rules, agings) = (rules.base, agings.base)
    let (gates, counts) = (desk.gates.base, desk.ruleCounts.base)
    for index in 0..<history.count {
      let event = history.events[index]
      let entry = entries[Int(event.eventClass)]
      if entry.interactionEnd == entry.ruleEnd { continue }
      let age = asOf - event.time
      var factor = 1.0
      var factorAging = -1
      for place in entry.interactionEnd..<entry.ruleEnd {
        let rule = Int(indices[place])
        gates[rule].isTouched = true
        counts[rule].occurrences &+= 1
        var points = rules[rule].points
        if rules[rule].valueProperty >= 0 {
          guard let offered = valuePoints(rules + rule, history, event) else {
            counts[rule].noValue &+= 1
            trace.occurred(rule, index, .noValue, offered: 0, 0, factor: factor)
            continue
          }
          points = offered
        }
        let passage = pass(rules + rule, rule, history, index, desk)
        var contribution: Micropoints = 0
        switch passage {
        case .counted:
          let aging = rules[rule].aging
          if aging != factorAging {
            // Most rules of an event age alike.
            factor = weight.factor(of: agings[aging], age: age)
            factorAging = aging
          }
          contribution = weight.apply(
            factor, agings[aging].aging, to: points, age: age)
          // Not even 2^63 contributions of 64 bits come to more than 127.
          gates[rule].total &+= Int128(contribution)
        case .repeat: counts[rule].repeat &+= 1
        case .limit: counts[rule].limit &+= 1
        case .noValue: break
        }
        trace.occurred(rule, index, passage, offered: points, contribution, factor: factor)
      }
    }
  }

  /// What a rule's occurrences that counted under another definition, and aged alike, come to under this one.
  func total(
    of rule: Int, _ counted: borrowing CountedOccurrences, _ history: LeadHistory,
    asOf: Milliseconds
  ) -> Int128 {
    let (points, curve) = (rules[rule].points, rules[rule].aging)
    let isOfValue = rules[rule].valueProperty >= 0
    var total: Int128 = 0
    counted.forEach(ofRule: rule) { occurrence in
      let points =
        isOfValue ? offered(rule, history, occurrence.event) : points
      let age = asOf - history.events[Int(occurrence.event)].time
      total &+= Int128(
        weight.apply(occurrence.factor, agings[curve].aging, to: points, age: age))
    }
    return total
  }

  /// Adds what occurrences that counted under another definition come to under this one, at other weights.
  ///
  /// `isReaged`: by rule, whether it is one of those that are added up.
  func addUp(
    _ counted: borrowing CountedOccurrences, where isReaged: Fixed<Bool>, _ history: LeadHistory,
    _ desk: Desk
  ) {
    let (rules, agings, gates) = (rules.base, agings.base, desk.gates.base)
    let asOf = desk.asOf
    var factor = 0.0
    var factorOf = (event: Int32(-1), aging: -1)
    for occurrence in counted.all {
      let rule = Int(occurrence.rule)
      if !isReaged[rule] { continue }
      let aging = rules[rule].aging
      let age = asOf - history.events[Int(occurrence.event)].time
      if factorOf != (occurrence.event, aging) {
        // Most rules of an event age alike.
        factor = weight.factor(of: agings[aging], age: age)
        factorOf = (occurrence.event, aging)
      }
      gates[rule].total &+= Int128(
        weight.apply(
          factor, agings[aging].aging, to: offered(rule, history, occurrence.event), age: age))
    }
  }

  /// What an occurrence offered a rule that counted.
  @inline(__always)
  private func offered(_ rule: Int, _ history: LeadHistory, _ event: Int32) -> Micropoints {
    if rules[rule].valueProperty < 0 { return rules[rule].points }
    // One that counted has a value: the rule of the first definition is of the same property.
    return valuePoints(rules.base + rule, history, history.events[Int(event)]) ?? 0
  }

  /// What an occurrence offers a rule whose points are made of a value; nil where there is none.
  @inline(never)
  private func valuePoints(
    _ rule: UnsafePointer<CompiledRule>, _ history: LeadHistory, _ event: HistoryEvent
  ) -> Micropoints? {
    fact(.value, rule.pointee.valueProperty, history, event).map {
      rule.pointee.value.points(of: Double(bitPattern: $0))
    }
  }

  /// Takes one occurrence through a rule's two gates.
  @inline(__always)
  private func pass(
    _ compiled: UnsafePointer<CompiledRule>, _ rule: Int, _ history: LeadHistory, _ index: Int,
    _ desk: Desk
  ) -> Passage {
    var value: UInt64?
    let property = compiled.pointee.onceProperty
    if property >= 0 {
      value = fact(.compared, property, history, history.events[index])
      if desk.once[rule].contains(value) { return .repeat }
    }
    if let limit = compiled.pointee.limit {
      let isAdmitted =
        limit.isPlain
        ? desk.gates[rule].windows.admit(
          upTo: limit.count, window: window(of: limit, index, desk))
        : admitApart(limit, rule, history, index, desk)
      if !isAdmitted { return .limit }
    }
    if property >= 0 { desk.once[rule].insert(value) }
    return .counted
  }

  /// The calendar window of a limit that an event is in.
  @inline(__always)
  private func window(of limit: CompiledLimit, _ index: Int, _ desk: Desk) -> Int64 {
    LocalCalendar.window(
      limit.window, local: desk.locals.times[index], offset: desk.locals.offsets[index],
      limit.weekStart)
  }

  @inline(never)
  private func admitApart(
    _ limit: CompiledLimit, _ rule: Int, _ history: LeadHistory, _ index: Int, _ desk: Desk
  ) -> Bool {
    let event = history.events[index]
    let value =
      limit.eachProperty < 0 ? nil : fact(.compared, limit.eachProperty, history, event)
    return limit.slidingLength > 0
      ? desk.apart[rule].admit(
        upTo: limit.count, of: value, in: limit.slidingLength, at: event.time)
      : desk.apart[rule].admit(
        upTo: limit.count, of: value, window: window(of: limit, index, desk))
  }

  /// What an event says of a property; nil where it does not have it, which is a value other than any text.
  private func fact(
    _ kind: FactKind, _ property: Int, _ history: LeadHistory, _ event: HistoryEvent
  ) -> UInt64? {
    for place in Int(event.factStart)..<Int(event.factEnd) {
      let fact = history.facts[place]
      if fact.kind == kind, Int(fact.index) == property { return fact.payload }
    }
    return nil
  }

  /// `cells`: of the lead, up to the score's own.
  ///
  /// `more`: what is added beside all that the score has of itself.
  func raw(
    of index: Int, _ cells: UnsafePointer<Int64>, _ desk: Desk, more: Int128 = 0,
    telling trace: inout some JudgingTrace
  ) -> Micropoints {
    guard scores[index].isBlend, let terms = scores[index].blend else {
      let total = cappedTotal(of: index, desk, telling: &trace)
      return raw(of: index, adding: total + more, cells, desk, telling: &trace)
    }
    let blended = blend(terms, cells)
    trace.adjusted(index, .blend, by: blended)
    return raw(of: index, adding: blended + more, cells, desk, telling: &trace)
  }

  /// Adds what is given for other things than occurrences, and holds what that comes to.
  func raw(
    of index: Int, adding total: Int128, _ cells: UnsafePointer<Int64>, _ desk: Desk,
    telling trace: inout some JudgingTrace
  ) -> Micropoints {
    var raw = total
    for bonus in 0..<scores[index].bonusCount
    where scores[index].bonuses[bonus].condition.holds(cells) {
      let points = Int128(scores[index].bonuses[bonus].points)
      raw += points
      trace.adjusted(index, .bonus(bonus), by: points)
    }
    if let inactivity = scores[index].inactivity {
      let points = points(of: inactivity, cells, asOf: desk.asOf)
      raw += points
      trace.adjusted(index, .inactivity, by: points)
    }
    let result = held(raw, within: resultMax * 1_000_000)
    desk.isHeld[index] = Int128(result) != raw
    if desk.isHeld[index] {
      desk.sums.heldRaws[index] += 1
      trace.adjusted(index, .hold, by: Int128(result) - raw)
    }
    return result
  }

  private func cappedTotal(
    of index: Int, _ desk: Desk, telling trace: inout some JudgingTrace
  ) -> Int128 {
    var raw: Int128 = 0
    let rules = scores[index].rules
    for rule in rules { raw += total(of: rule, index, desk, telling: &trace) }
    desk.ruleTotals[index] = raw
    for offset in 0..<scores[index].groupCapCount {
      let bound = scores[index].groupCaps[offset].points
      let members = scores[index].groupCaps[offset].rules
      var sum: Int128 = 0
      for member in 0..<members.count { sum += desk.gates[members[member]].total }
      let cap = scores[index].firstGroupCap + offset
      desk.isHeldByGroupCap[cap] = abs(sum) > Int128(bound)
      if desk.isHeldByGroupCap[cap] {
        let points = Int128(held(sum, within: bound)) - sum
        raw += points
        desk.sums.heldByGroupCap[cap] += 1
        trace.adjusted(index, .groupCap(offset), by: points)
      }
    }
    return raw
  }

  /// What a rule's occurrences come to within its own cap.
  @inline(__always)
  func total(
    of rule: Int, _ score: Int, _ desk: Desk, telling trace: inout some JudgingTrace
  ) -> Int128 {
    let total = desk.gates[rule].total
    if let cap = rules[rule].cap, abs(total) > Int128(cap) {
      desk.gates[rule].total = Int128(held(total, within: cap))
      desk.gates[rule].isHeld = true
      desk.ruleCounts[rule].heldByCap += 1
      trace.adjusted(score, .cap(rule: rule), by: desk.gates[rule].total - total)
    }
    return desk.gates[rule].total
  }

  /// The weighted sum of the parts that are there, scaled up to the weight of all.
  private func blend(_ terms: Fixed<BlendTerm>, _ cells: UnsafePointer<Int64>) -> Int128 {
    var sum: Int128 = 0
    var known: Int128 = 0
    var all: Int128 = 0
    for index in 0..<terms.count {
      let term = terms[index]
      all += Int128(term.weight)
      let cell = cells[cell(of: term)]
      guard cell != LeadLayout.absent else { continue }
      known += Int128(term.weight)
      sum += Int128(term.weight) * Int128(cell)
    }
    if known == all { return sum }
    return known == 0 ? 0 : scaled(sum, by: all, over: known)
  }

  func points(
    of inactivity: Inactivity, _ cells: UnsafePointer<Int64>, asOf: Milliseconds
  ) -> Int128 {
    let last = cells[layout.lastSeen]
    guard last != LeadLayout.absent else { return 0 }
    let idle = asOf - last
    guard idle >= inactivity.after else { return 0 }
    guard let every = inactivity.every else { return Int128(inactivity.points) }
    let times = Int128(1 + (idle - inactivity.after) / every)
    return times * Int128(inactivity.points)
  }
}
