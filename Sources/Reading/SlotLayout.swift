import Definition

/// The members every event is asked for, in the order of their slots.
enum Member: Int, CaseIterable {
  case id, time, type, lead, account, from, outcome, event, fields, url, path, duration
}

/// Which slot each member and field has that a reading plan asks for.
struct SlotLayout {
  let members: [String]
  /// The attributes first, in the plan's order, then fields that only conditions mention.
  let fields: [String]
  private let subjects: Set<EventSubject>
  private let memberSlots: [String: Int]
  private let fieldSlots: [String: Int]

  /// That of the members which every event is asked for.
  init() { self.init(asking: [], attributes: []) }

  init(_ plan: ReadingPlan) {
    var subjects: [EventSubject] = []
    for condition in plan.conditions {
      condition.visitTests { subject, _ in subjects.append(subject) }
    }
    if let value = plan.answerValue { subjects.append(value) }
    subjects += plan.comparedProperties + plan.valueProperties + plan.touches.map(\.property)
    self.init(asking: subjects, attributes: plan.attributes)
  }

  private init(asking subjects: [EventSubject], attributes: [String]) {
    var members = DistinctNames(Member.allCases.map { "\($0)" })
    var fields = DistinctNames(attributes)
    for subject in subjects {
      switch subject {
      case .member(let name): members.add(name)
      case .field(let name): fields.add(name)
      }
    }
    (self.members, memberSlots) = (members.names, members.places)
    (self.fields, fieldSlots) = (fields.names, fields.places)
    self.subjects = Set(subjects)
  }

  func asksFor(_ subject: EventSubject) -> Bool { subjects.contains(subject) }

  /// The slot of a subject that the plan mentions.
  func slot(of subject: EventSubject) -> Int {
    switch subject {
    case .member(let name): memberSlots[name] ?? 0
    case .field(let name): members.count + (fieldSlots[name] ?? 0)
    }
  }
}

/// Names in their order, each once.
private struct DistinctNames {
  private(set) var names: [String] = []
  private(set) var places: [String: Int] = [:]

  init(_ names: [String]) {
    for name in names { add(name) }
  }

  mutating func add(_ name: String) {
    guard places[name] == nil else { return }
    places[name] = names.count
    names.append(name)
  }
}
