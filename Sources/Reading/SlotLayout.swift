import Definition

/// The members every event is asked for, in the order of their slots.
enum Member: Int, CaseIterable {
  case id, time, type, lead, account, from, outcome, fields, url, path, duration
}

/// Which slot each member and field has that a reading plan asks for.
struct SlotLayout {
  package let members: [String]
  /// The attributes first, in the plan's order, then fields that only conditions mention.
  let fields: [String]
  private let subjects: [EventSubject]

  /// That of the members which every event is asked for.
  init() {
    members = Member.allCases.map { "\($0)" }
    fields = []
    subjects = []
  }

  init(_ plan: ReadingPlan) {
    var subjects: [EventSubject] = []
    for condition in plan.conditions {
      condition.visitTests { subject, _ in subjects.append(subject) }
    }
    if let value = plan.answerValue { subjects.append(value) }
    subjects += plan.onceProperties

    var members = Member.allCases.map { "\($0)" }
    var fields = plan.attributes
    for subject in subjects {
      switch subject {
      case .member(let name): if !members.contains(name) { members.append(name) }
      case .field(let name): if !fields.contains(name) { fields.append(name) }
      }
    }
    self.members = members
    self.fields = fields
    self.subjects = subjects
  }

  func asksFor(_ subject: EventSubject) -> Bool { subjects.contains(subject) }

  /// The slot of a subject that the plan mentions.
  func slot(of subject: EventSubject) -> Int {
    switch subject {
    case .member(let name): members.firstIndex(of: name) ?? 0
    case .field(let name): members.count + (fields.firstIndex(of: name) ?? 0)
    }
  }
}
