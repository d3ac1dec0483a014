/// The values a subject can have, so that a test which can never hold is found.
enum SubjectValues {
  /// Any scalar: an attribute, an event's member.
  case anything
  case numbers
  /// One of a few names: what they are, and whose if not the definition's.
  case names(NameList, kind: String, of: String? = nil)
  /// A grade's letters, best first, and which grade it is.
  case letters(NameList, of: String)
}

extension LeadSubject {
  func values(_ names: Names) -> SubjectValues {
    switch self {
    case .attribute: .anything
    case .grade(let index):
      .letters(names.letters[index], of: "grade '\(names.grades.all[index])'")
    case .stage: .names(names.journey, kind: "stage")
    case .npsGroup: .names(["promoter", "passive", "detractor"], kind: "nps group")
    case .persona(let group):
      .names(
        names.personas[group], kind: "persona",
        of: "group '\(names.personaGroups.all[group])'")
    default: .numbers
    }
  }
}

extension AccountSubject {
  var values: SubjectValues {
    if case .attribute = self { .anything } else { .numbers }
  }
}
