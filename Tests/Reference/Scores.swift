/// What a lead scores, and what became of the occurrences.
struct Score {
  /// In millionths.
  var raw = 0
  /// Whether it was held.
  var isHeld = false
  var value = 0
  var rules: [(interaction: String, counts: ReferenceRuleCounts)] = []
  /// What reasons are taken from: the rules' totals, then the bonuses that hold, in millionths.
  var parts: [(name: String, points: Int128)] = []
  /// For each of the caps over several interactions, whether it held this lead.
  var heldByGroupCap: [Bool] = []
}

extension ScoreRule {
  func score(_ lead: Lead) -> Score {
    var score = Score()
    var sum = blend.map { ScoreRule.blended($0, lead) } ?? sumOfRules(lead, &score)
    // "A `bonus` adds its points once if its condition holds for the lead as of T"
    for bonus in bonuses where bonus.condition.holds(lead.subject) {
      sum += Int128(bonus.points)
      score.parts.append((bonus.name, Int128(bonus.points)))
    }
    sum += inactivityPoints(lead)
    // "Sums are exact; what they end in (raw of a lead, …) is held once, after all else, within
    // ±999,999,999,999"
    score.raw = held(sum, within: furthest * 1_000_000)
    score.isHeld = Int128(score.raw) != sum
    // "`score` = raw rounded to a whole number, then held within `range`."
    score.value = wholeFromMicro(score.raw)
    if let range { score.value = min(max(score.value, range.lowerBound), range.upperBound) }
    return score
  }

  /// The rules' totals and the caps' adjustments.
  private func sumOfRules(_ lead: Lead, _ score: inout Score) -> Int128 {
    var totals: [String: Int128] = [:]
    for rule in rules {
      let total = total(of: rule, lead, &score)
      totals[rule.interaction] = total
      score.parts.append((rule.interaction, total))
    }
    var sum = totals.values.reduce(0, +)
    for cap in caps {
      // "Each of the score's `caps` holds the sum of its interactions' totals within [−P, P]
      // likewise"
      let together = cap.interactions.reduce(0) { $0 + (totals[$1] ?? 0) }
      let bounded = Int128(held(together, within: cap.points))
      sum += bounded - together
      score.heldByGroupCap.append(bounded != together)
    }
    return sum
  }

  // "A rule's total is the sum of its contributions, held within [−P, P] by its `cap: P`."
  private func total(of rule: Rule, _ lead: Lead, _ score: inout Score) -> Int128 {
    var counts = ReferenceRuleCounts()
    var sum: Int128 = 0
    for (event, points) in passing(rule, lead, &counts) {
      sum += Int128(rule.aging.contribution(points: points, age: lead.asOf - event.time))
    }
    let total = rule.cap.map { Int128(held(sum, within: $0)) } ?? sum
    counts.leadsHeldByCap = total == sum ? 0 : 1
    score.rules.append((rule.interaction, counts))
    return total
  }

  // "Each occurrence of a rule offers the rule's `points` and passes two gates, in order"
  private func passing(
    _ rule: Rule, _ lead: Lead, _ counts: inout ReferenceRuleCounts
  ) -> [(event: Event, points: Int)] {
    var seen: Set<Text?> = []
    var passed: [(event: Event, points: Int)] = []
    for activity in lead.activities where activity.interactions.contains(rule.interaction) {
      let event = activity.event
      counts.occurrences += 1
      // "Without one, the occurrence offers nothing, meets no gate and counts as `no_value`"
      guard let points = rule.offer.offered(by: event) else {
        counts.withoutValue += 1
        continue
      }
      // "nothing passes if an earlier occurrence that passed both gates had the same value of it
      // (absent is a value, other than empty; values compare exactly, by their text as in
      // conditions); reason `repeat`."
      let value = rule.oncePer.flatMap { event.subject($0)?.text }
      if rule.oncePer != nil && seen.contains(value) {
        counts.stoppedByRepeat += 1
        continue
      }
      // "at most N pass in a window, faded or not; reason `limit`."
      if let limit = rule.limit {
        let before = passed.filter { limit.areTogether($0.event, event, lead.definition.calendar) }
        if before.count >= limit.most {
          counts.stoppedByLimit += 1
          continue
        }
      }
      seen.insert(value)
      counts.counted += 1
      passed.append((event, points))
    }
    return passed
  }

  // "with idle = T − last_seen ≥ after: (1 + floor((idle − after) / every)) × points, or just
  // points with no `every`."
  private func inactivityPoints(_ lead: Lead) -> Int128 {
    guard let inactivity, let last = lead.activities.last else { return 0 }
    let idle = lead.asOf - last.event.time
    if idle < inactivity.after { return 0 }
    guard let every = inactivity.every else { return Int128(inactivity.points) }
    return Int128(1 + (idle - inactivity.after) / every) * Int128(inactivity.points)
  }

  // "raw = Σ weight × value over grade percents and the scores above it, all weights above 0; an
  // absent percent leaves the blend and the others' weights are scaled up to the same sum (with
  // none left it is 0); rounded once, to a millionth"
  private static func blended(
    _ parts: [(subject: String, weight: Int)], _ lead: Lead
  ) -> Int128 {
    var sum: Int128 = 0
    var allWeight: Int128 = 0
    var presentWeight: Int128 = 0
    for part in parts {
      allWeight += Int128(part.weight)
      guard let value = lead.wholeValue(part.subject) else { continue }
      presentWeight += Int128(part.weight)
      sum += Int128(part.weight) * Int128(value)
    }
    if presentWeight == 0 { return 0 }
    // The product may be beyond 128 bits: whole parts first, then what they leave.
    let whole = sum / presentWeight
    return whole * allWeight + roundedQuotient(sum % presentWeight * allWeight, presentWeight)
  }
}

extension Limit {
  /// Whether an event that passed counts towards the limit for a later one.
  fileprivate func areTogether(_ passed: Event, _ event: Event, _ calendar: LocalCalendar) -> Bool {
    // "values as in `once_per`, absent is one"
    if let each, passed.subject(each)?.text != event.subject(each)?.text { return false }
    // "in the 24 hours up to it (after t − 24h)"
    if let sliding { return passed.time > event.time - sliding }
    return calendar.window(per, passed.time) == calendar.window(per, event.time)
  }
}
