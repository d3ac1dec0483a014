import Foundation

/// A pipeline definition, which is assumed to be valid.
struct Definition {
  struct Interaction {
    var name: String
    var stage: String?
    var condition: Condition
  }

  struct Persona {
    var name: String
    var condition: Condition
  }

  struct Answers {
    var condition: Condition
    var value: String
    var scale: ClosedRange<Int>
  }

  var calendar: LocalCalendar
  var journey: [String]
  var interactions: [Interaction]
  var grades: [GradeRule]
  var scores: [ScoreRule]
  var answers: Answers?
  var personas: [(group: String, members: [Persona])]
  var lists: [(name: String, condition: Condition)]
  var ready: Condition?

  init(yaml: String) throws {
    let root = try Yaml(parsing: yaml)
    let zone = root["timezone"]?.written ?? "UTC"
    guard let timeZone = TimeZone(identifier: zone) else {
      throw ReferenceError.badDefinition("timezone " + zone)
    }
    calendar = LocalCalendar(zone: timeZone)
    journey = root["journey"]?.items.compactMap(\.written) ?? []
    interactions = try (root["interactions"]?.pairs ?? []).map { name, value in
      // `stage` is the one key that is no test.
      let tests = value.pairs.filter { $0.key != "stage" }
      return Interaction(
        name: name, stage: value["stage"]?.written, condition: try Condition(.map(tests)))
    }
    answers = try root["nps"].map { try Definition.answers($0) }

    let grades = try (root["grades"]?.pairs ?? []).map { try GradeRule($0, $1) }
    self.grades = grades
    func condition(_ yaml: Yaml?) throws -> Condition {
      guard let yaml else { return .all([]) }
      return try Condition(yaml) { name in grades.first { $0.name == name }?.letters ?? [] }
    }
    scores = try (root["scores"]?.pairs ?? []).map { try ScoreRule($0, $1, condition) }
    personas = try (root["personas"]?.pairs ?? []).map { group, members in
      (
        group,
        try members.items.map {
          Persona(name: $0["name"]?.written ?? "", condition: try condition($0["when"]))
        }
      )
    }
    lists = try (root["lists"]?.pairs ?? []).map { ($0, try condition($1)) }
    ready = try root["accounts"]?["ready"].map { try condition($0) }
  }

  private static func answers(_ yaml: Yaml) throws -> Answers {
    guard let condition = yaml["answers"], let value = yaml["value"]?.written,
      let scale = yaml["scale"]?.items.compactMap(\.whole), scale.count == 2
    else { throw ReferenceError.badDefinition("nps") }
    return Answers(condition: try Condition(condition), value: value, scale: scale[0]...scale[1])
  }

  // "An event is an occurrence of every interaction whose condition it meets."
  func interactions(of event: Event) -> [String] {
    // "None of the five types in the table above is ever an interaction"
    if event.special != nil { return [] }
    return interactions.filter { $0.condition.holds(event.subject) }.map(\.name)
  }

  /// The interactions of a stage.
  func interactions(inStage stage: String) -> [String] {
    interactions.filter { $0.stage == stage }.map(\.name)
  }
}
