/// The values a subject can have, so that a test which can never hold is found.
enum SubjectValues {
  /// Any scalar, asked as of a time: an attribute.
  case anything
  /// Any scalar that is asked whatever the as-of: an event's member, an attribute that is graded.
  case member
  /// Times.
  case times
  /// The time of an event, which is asked whatever the as-of.
  case eventTime
  case numbers
  /// One of a few names: what they are, and whose if not the definition's.
  case names(NameList, kind: String, of: String? = nil)
  /// A grade's letters, best first, and which grade it is.
  case letters(NameList, of: String)
}

extension LeadSubject {
  func values(_ names: Names) -> SubjectValues {
    switch self {
    case .attribute, .lead, .account, .outcome, .touch: .anything
    case .firstSeen, .lastSeen, .entered: .times
    case .grade(let index):
      .letters(names.letters[index], of: "grade '\(names.grades.all[index])'")
    case .stage: .names(names.journey, kind: "stage")
    case .npsGroup: .names(["promoter", "passive", "detractor"], kind: "nps group")
    case .persona(let group):
      .names(
        names.personas[group], kind: "persona",
        of: "group '\(names.personaGroups.all[group])'")
    case .score, .raw, .percent, .tally, .count, .activities, .visits, .deepestVisit, .activeDays,
      .timeOnSite, .busiestHour, .daysSinceLast, .daysSinceFirst, .daysSinceEntered, .daysInStage,
      .nps:
      .numbers
    }
  }
}

extension AccountSubject {
  var values: SubjectValues {
    switch self {
    case .attribute, .account: .anything
    case .total, .max, .mean, .leads, .engaged, .persona, .nps, .score, .raw, .active,
      .daysSinceLast:
      .numbers
    }
  }
}

extension EventSubject {
  var values: SubjectValues { self == .member("time") ? .eventTime : .member }
}

extension SubjectValues {
  /// The keys that a test of such values takes beside those of all tests.
  var moreKeys: [String] {
    switch self {
    case .anything, .times, .numbers, .names: Predicate.keysFromAsOf
    case .letters: Predicate.keysFromAsOf + ["at_least"]
    case .member, .eventTime: []
    }
  }
}
