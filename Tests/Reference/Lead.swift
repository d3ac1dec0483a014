/// Everything computed for a lead, in the order in which one thing needs another.
struct Lead {
  let name: Text
  let definition: Definition
  let asOf: Int
  let account: Text?
  let activities: [Activity]
  private(set) var grades: [String: Grade] = [:]
  private(set) var scores: [String: Score] = [:]
  private(set) var answer: Answer?
  private(set) var invalidAnswers = 0
  private(set) var personas: [String: String] = [:]
  private let attributes: [Text: Scalar]
  private let outcome: Scalar?

  init(
    name: Text, events: [Event], definition: Definition, asOf: Int,
    accountNames: [Text: Text], accountAttributes: [Text: [Text: Scalar]]
  ) {
    self.name = name
    self.definition = definition
    self.asOf = asOf
    let own = Reference.attributes(of: events)
    // "its account, that of its latest event that names one, else by `from_domain`, then the
    // account's final name"
    let written = Reference.account(of: events)
    let named = written ?? definition.fromDomain?.account(lead: name, attributes: own)
    account = named.map { accountNames[$0] ?? $0 }
    // "of its latest outcome"
    outcome = events.last { $0.special == .outcome }?.members[Text("outcome")]
    activities = events.compactMap { event in
      let interactions = definition.interactions(of: event)
      return interactions.isEmpty ? nil : Activity(event: event, interactions: interactions)
    }
    // "A lead without the attribute has that of its account."
    let ofAccount = account.flatMap { accountAttributes[$0] } ?? [:]
    attributes = own.merging(ofAccount) { own, _ in own }
    if let answers = definition.answers {
      answer = latestAnswer(events, answers, invalid: &invalidAnswers)
      // "a lead's latest valid answer counts while T − time < within; then it has none."
      if let within = answers.within, let time = answer?.time, asOf - time >= within {
        answer = nil
      }
    }
    judge()
  }

  // "Grades are computed before scores, scores in their order."
  private mutating func judge() {
    for rule in definition.grades {
      grades[rule.name] = rule.grade { attributes[$0] }
    }
    for rule in definition.scores { scores[rule.name] = rule.score(self) }
    // "In each group, in order, the first whose condition holds; none → empty."
    for (group, members) in definition.personas {
      if let highest = definition.highest[group] {
        personas[group] = highest.persona { subject($0)?.exact }
      } else {
        personas[group] = members.first { $0.condition.holds(subject) }?.name
      }
    }
  }

  var tallying: Tallying { Tallying(activities: activities, definition: definition) }

  // Which of the two ends of its activities: "`first_seen`, `last_seen` = times of the first and
  // last activity."
  var firstSeen: Int? { activities.first?.event.time }
  var lastSeen: Int? { activities.last?.event.time }

  // "`days_since_last` = floor((T − last_seen) / 24 h), absent with no activity"
  private func daysSince(_ time: Int?) -> Int? {
    time.map { (asOf - $0) / millisecondsPerDay }
  }

  /// The value of a subject of a lead; nil if it is absent.
  func subject(_ name: String) -> Scalar? {
    if let attribute = name.suffix(after: "attribute.") { return attributes[Text(attribute)] }
    if let score = name.suffix(after: "score.") { return scores[score].map { .count($0.value) } }
    if let score = name.suffix(after: "raw.") {
      return scores[score].map { .decimal($0.raw, places: 6) }
    }
    if let grade = name.suffix(after: "grade.") {
      return grades[grade]?.letter.map { .word($0) }
    }
    if let grade = name.suffix(after: "percent.") {
      return grades[grade]?.percent.map { .count($0) }
    }
    if let group = name.suffix(after: "persona.") { return personas[group].map { .word($0) } }
    if let touch = name.suffix(after: "touch.") {
      return definition.touches.first { $0.name == touch }.flatMap { tallying.touch($0) }
        .map { .text($0) }
    }
    if let stage = name.suffix(after: "entered.") {
      return tallying.entered(stage).map { .time($0) }
    }
    if let stage = name.suffix(after: "days_since_entered.") {
      return daysSince(tallying.entered(stage)).map { .count($0) }
    }
    switch name {
    case "lead": return .text(self.name)
    case "account": return account.map { .text($0) }
    case "outcome": return outcome
    case "first_seen": return firstSeen.map { .time($0) }
    case "last_seen": return lastSeen.map { .time($0) }
    // "that of the present stage"
    case "days_in_stage":
      return daysSince(tallying.stage.flatMap { tallying.entered($0) }).map { .count($0) }
    case "stage": return tallying.stage.map { .word($0) }
    case "days_since_last": return daysSince(lastSeen).map { .count($0) }
    case "days_since_first": return daysSince(firstSeen).map { .count($0) }
    case "nps": return answer.map { .count($0.value) }
    case "nps_group": return answer.map { .word($0.group) }
    default: return windowed(name)
    }
  }

  // "Tallies, counts, activities, visits, deepest_visit, active_days and time_on_site take a
  // window"
  private func windowed(_ name: String) -> Scalar? {
    let parts = name.split(separator: "@", maxSplits: 1).map { String($0) }
    let window = parts.count == 2 ? duration(parts[1]) : nil
    let tallying = tallying.within(window, asOf: asOf)
    if let interaction = parts[0].suffix(after: "count.") {
      return .count(tallying.count(interaction))
    }
    if let stage = parts[0].suffix(after: "tally.") { return .count(tallying.tally(stage)) }
    switch parts[0] {
    case "activities": return .count(tallying.activities.count)
    case "visits": return .count(tallying.visits.count)
    case "deepest_visit": return .count(tallying.deepestVisit)
    case "active_days": return .count(tallying.activeDays)
    case "busiest_hour": return .count(tallying.busiestHour)
    case "time_on_site": return .decimal(tallying.timeOnSite, places: 3)
    default: return nil
    }
  }

  /// The value of a part of a blend: a percent of a grade or the score of one above.
  func wholeValue(_ name: String) -> Int? {
    if let grade = name.suffix(after: "percent.") { return grades[grade]?.percent }
    if let score = name.suffix(after: "score.") { return scores[score]?.value }
    return nil
  }
}
