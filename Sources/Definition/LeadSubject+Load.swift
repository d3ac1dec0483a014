import Notation
import Vocabulary

/// Where a condition on a lead stands, which decides what it can ask about.
enum LeadContext {
  /// A bonus is worked out before scores and personas.
  case bonus
  /// A persona can ask for the groups above its own.
  case persona(group: Int)
  case list
  /// What the rows of a list are ordered by.
  case order
  /// What leaves leads out is judged after all else but lists.
  case exclusion
  /// What an account takes of its leads is worked out after all of theirs.
  case accountScore
  case expectation
}

extension LeadSubject {
  /// Returns what a text asks of a lead, reporting what it cannot.
  static func load(
    _ text: String, at place: Place, in context: LeadContext, _ scope: Scope
  ) -> LeadSubject? {
    guard let subject = SubjectText(text, at: place, scope.faults) else { return nil }
    guard let declared = SubjectKind.find(subject.kind, of: .lead) else {
      scope.report(place, "a lead has no subject '\(text)'", hint: unknownHint(subject))
      return nil
    }
    guard subject.check(declared, of: .lead, at: place, scope.faults),
      scope.has(subject.kind, at: place), scope.allows(subject, in: context, at: place)
    else { return nil }
    return resolve(subject, subject.name ?? "", at: place, in: context, scope)
  }

  private static func resolve(
    _ subject: SubjectText, _ name: String, at place: Place, in context: LeadContext,
    _ scope: Scope
  ) -> LeadSubject? {
    let names = scope.names
    func score() -> Int? { scope.find(name, among: names.scores, "score", at: place) }
    func stage() -> Int? { scope.find(name, among: names.journey, "stage", at: place) }
    let window = subject.window
    switch subject.kind {
    case "attribute": return .attribute(name)
    case "score": return score().map { .score($0) }
    case "raw": return score().map { .raw($0) }
    case "grade": return scope.findGrade(name, at: place).map { .grade($0) }
    case "percent": return scope.findPercent(name, at: place).map { .percent($0) }
    case "tally": return stage().map { .tally(stage: $0, window: window) }
    case "count":
      return scope.find(name, among: names.interactions, "interaction", at: place)
        .map { .count(interaction: $0, window: window) }
    case "persona": return scope.findGroup(name, at: place, in: context).map { .persona(group: $0) }
    case "entered": return stage().map { .entered(stage: $0) }
    case "days_since_entered": return stage().map { .daysSinceEntered(stage: $0) }
    case "touch":
      return scope.find(name, among: names.touches, "touch", at: place).map { .touch($0) }
    case "stage": return .stage
    case "activities": return .activities(window: window)
    case "visits": return .visits(window: window)
    case "deepest_visit": return .deepestVisit(window: window)
    case "active_days": return .activeDays(window: window)
    case "time_on_site": return .timeOnSite(window: window)
    case "days_since_last": return .daysSinceLast
    case "days_since_first": return .daysSinceFirst
    case "nps": return .nps
    case "nps_group": return .npsGroup
    case "lead": return .lead
    case "account": return .account
    case "busiest_hour": return .busiestHour(window: window)
    case "first_seen": return .firstSeen
    case "last_seen": return .lastSeen
    case "days_in_stage": return .daysInStage
    case "outcome": return .outcome
    default: preconditionFailure("subject '\(subject.kind)' is declared and not read")
    }
  }

  /// Those that events mostly have, and leads have not.
  private static let membersOfEvents = [
    "path", "url", "asset", "form", "campaign", "link", "query", "channel", "duration", "type",
    "time",
    "id",
  ]

  private static func unknownHint(_ subject: SubjectText) -> String? {
    if ["total", "max", "mean", "leads", "engaged", "personas", "active"].contains(subject.kind),
      subject.kind != "personas" || subject.name?.contains(".") == true
    {
      return "it is a subject of an account"
    }
    if subject.kind == "fields" {
      return
        "what stands inside fields is an attribute of a lead: write attribute.\(subject.name ?? "NAME")"
    }
    if membersOfEvents.contains(subject.written) {
      return "it is a member of events: ask for count.INTERACTION, of an interaction that tests it"
    }
    if subject.kind == "reasons" { return "reasons stand in 'columns' alone" }
    let kinds = SubjectKind.all(of: .lead).map(\.name)
    guard let near = nearest(to: subject.kind, among: kinds) else {
      return "an attribute is written attribute.NAME"
    }
    let meant = "did you mean '\(near)\(subject.written.dropFirst(subject.kind.count))'?"
    // A whole word that only begins alike is rather an attribute.
    return abs(near.count - subject.kind.count) > 1
      ? meant + " an attribute is written attribute.\(subject.written)" : meant
  }
}

extension Scope {
  func findGrade(_ name: String, at place: Place) -> Int? {
    find(name, among: names.grades, "grade", at: place)
  }

  /// Returns the index of a grade that has a percent.
  func findPercent(_ name: String, at place: Place) -> Int? {
    guard let grade = findGrade(name, at: place) else { return nil }
    guard !names.isLadder[grade] else {
      report(place, "grade '\(name)' is a ladder and has no percent")
      return nil
    }
    return grade
  }

  fileprivate func findGroup(_ name: String, at place: Place, in context: LeadContext) -> Int? {
    guard let group = find(name, among: names.personaGroups, "persona group", at: place) else {
      return nil
    }
    if case .persona(let own) = context, group >= own {
      report(
        place,
        group == own
          ? "a persona cannot ask for its own group '\(name)'"
          : "persona group '\(name)' stands below; only groups above can be asked for")
      return nil
    }
    return group
  }

  fileprivate func allows(_ subject: SubjectText, in context: LeadContext, at place: Place) -> Bool
  {
    switch (context, subject.kind) {
    case (.bonus, "score"), (.bonus, "raw"), (.bonus, "persona"):
      report(
        place, "a bonus cannot ask for '\(subject.written)'",
        hint: "scores and personas are worked out after it")
    case (.order, "outcome"):
      report(
        place, "nothing is ordered by 'outcome'",
        hint: "lists may ask for it and show it in 'columns'")
    case (.bonus, "outcome"), (.persona, "outcome"), (.accountScore, "outcome"):
      let asker =
        switch context {
        case .bonus: "a bonus"
        case .accountScore: "a score of accounts"
        default: "a persona"
        }
      report(
        place, "\(asker) cannot ask for 'outcome'",
        hint:
          "nothing that says what a lead is worth may know what became of it; lists and 'exclude' may"
      )
    default: return true
    }
    return false
  }

  /// Reports a subject that the definition never gives a value.
  fileprivate func has(_ kind: String, at place: Place) -> Bool {
    switch kind {
    case "stage" where names.journey.isEmpty, "days_in_stage" where names.journey.isEmpty:
      report(place, "'\(kind)' is never known: the definition has no journey")
      return false
    case "nps" where !names.asksNPS, "nps_group" where !names.asksNPS:
      report(place, "'\(kind)' is never known: the definition has no nps")
      return false
    default: return true
    }
  }
}
