/// The values a subject can have, so that a test which can never hold is found.
enum SubjectValues {
  /// Any scalar: an attribute, an event's member.
  case anything
  case numbers
  /// One of a few names; `kind` says of what. Grades' names have an order.
  case names([String], kind: String, ordered: Bool)
}

extension LeadSubject {
  func values(_ names: Names) -> SubjectValues {
    switch self {
    case .attribute: .anything
    case .grade(let index):
      .names(
        names.grades[index].letters, kind: "letter of grade '\(names.grades[index].name)'",
        ordered: true)
    case .stage: .names(names.journey, kind: "stage", ordered: false)
    case .npsGroup:
      .names(["promoter", "passive", "detractor"], kind: "nps group", ordered: false)
    case .persona(let group):
      .names(
        names.personas[group].personas, kind: "persona of group '\(names.personas[group].name)'",
        ordered: false)
    default: .numbers
    }
  }
}

extension AccountSubject {
  var values: SubjectValues {
    if case .attribute = self { .anything } else { .numbers }
  }
}
