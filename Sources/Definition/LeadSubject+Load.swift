import Notation

/// Where a condition on a lead stands, which decides what it can ask about.
enum LeadContext {
  /// A bonus is worked out before scores and personas.
  case bonus
  /// A persona can ask for the groups above its own.
  case persona(group: Int)
  case list
  case expectation
}

extension LeadSubject {
  /// The subjects without a name of their own; those that take a window say so.
  private static let plain:
    [(kind: String, windowed: Bool, make: @Sendable (Milliseconds?) -> LeadSubject)] = [
      ("stage", false, { _ in .stage }),
      ("activities", true, { .activities(window: $0) }),
      ("visits", true, { .visits(window: $0) }),
      ("deepest_visit", true, { .deepestVisit(window: $0) }),
      ("active_days", true, { .activeDays(window: $0) }),
      ("time_on_site", true, { .timeOnSite(window: $0) }),
      ("days_since_last", false, { _ in .daysSinceLast }),
      ("days_since_first", false, { _ in .daysSinceFirst }),
      ("nps", false, { _ in .nps }),
      ("nps_group", false, { _ in .npsGroup }),
    ]

  private static let named: [(kind: String, example: String)] = [
    ("attribute", "NAME"), ("score", "SCORE"), ("raw", "SCORE"), ("grade", "GRADE"),
    ("percent", "GRADE"), ("tally", "STAGE"), ("count", "INTERACTION"), ("persona", "GROUP"),
  ]

  /// Returns what a text asks of a lead, reporting what it cannot.
  static func load(
    _ text: String, at place: Place, in context: LeadContext, _ scope: Scope
  ) -> LeadSubject? {
    guard let subject = SubjectText(text, at: place, scope.faults) else { return nil }
    if let plain = plain.first(where: { $0.kind == subject.kind }) {
      guard
        subject.check(
          named: false, example: "", windowed: plain.windowed, at: place, scope.faults),
        scope.has(subject.kind, at: place)
      else { return nil }
      return plain.make(subject.window)
    }
    guard let named = named.first(where: { $0.kind == subject.kind }) else {
      scope.report(place, "a lead has no subject '\(text)'", hint: unknownHint(subject))
      return nil
    }
    let windowed = named.kind == "tally" || named.kind == "count"
    guard
      subject.check(
        named: true, example: named.example, windowed: windowed, at: place, scope.faults),
      let name = subject.name, scope.allows(subject, in: context, at: place)
    else { return nil }
    return resolve(subject, name, at: place, in: context, scope)
  }

  private static func resolve(
    _ subject: SubjectText, _ name: String, at place: Place, in context: LeadContext,
    _ scope: Scope
  ) -> LeadSubject? {
    let names = scope.names
    switch subject.kind {
    case "score":
      return scope.find(name, among: names.scores, "score", at: place).map { .score($0) }
    case "raw": return scope.find(name, among: names.scores, "score", at: place).map { .raw($0) }
    case "grade": return scope.findGrade(name, at: place).map { .grade($0) }
    case "percent": return scope.findPercent(name, at: place).map { .percent($0) }
    case "tally":
      return scope.find(name, among: names.journey, "stage", at: place)
        .map { .tally(stage: $0, window: subject.window) }
    case "count":
      return scope.find(name, among: names.interactions, "interaction", at: place)
        .map { .count(interaction: $0, window: subject.window) }
    case "persona": return scope.findGroup(name, at: place, in: context).map { .persona(group: $0) }
    default: return .attribute(name)
    }
  }

  private static func unknownHint(_ subject: SubjectText) -> String? {
    if ["total", "max", "mean", "leads", "engaged", "personas"].contains(subject.kind),
      subject.kind != "personas" || subject.name?.contains(".") == true
    {
      return "it is a subject of an account"
    }
    let kinds = named.map(\.kind) + plain.map(\.kind)
    guard let near = nearest(to: subject.kind, among: kinds) else {
      return "an attribute is written attribute.NAME"
    }
    return "did you mean '\(near)\(subject.written.dropFirst(subject.kind.count))'?"
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
    guard case .bonus = context, ["score", "raw", "persona"].contains(subject.kind) else {
      return true
    }
    report(
      place, "a bonus cannot ask for '\(subject.written)'",
      hint: "scores and personas are worked out after it")
    return false
  }

  /// Reports a subject that the definition never gives a value.
  fileprivate func has(_ kind: String, at place: Place) -> Bool {
    switch kind {
    case "stage" where names.journey.isEmpty:
      report(place, "'stage' is never known: the definition has no journey")
      return false
    case "nps" where !names.asksNPS, "nps_group" where !names.asksNPS:
      report(place, "'\(kind)' is never known: the definition has no nps")
      return false
    default: return true
    }
  }
}
