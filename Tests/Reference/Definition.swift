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
    // "a lead's latest valid answer counts while T − time < within"
    var within: Int?
  }

  // "`touches: { source: { first: campaign-touch, property: campaign } }` (or `last`)"
  struct Touch {
    var name: String
    var interaction: String
    var isLast: Bool
    var property: String
  }

  var reading: Reading
  var identity: Identity
  var ignore: Condition?
  var exclude: Condition?
  var calendar: LocalCalendar
  var journey: [String]
  var interactions: [Interaction]
  var grades: [GradeRule]
  var scores: [ScoreRule]
  var answers: Answers?
  var touches: [Touch]
  var personas: [(group: String, members: [Persona])]
  /// The groups of `personas` that go by points.
  var highest: [String: HighestPersona]
  var columns: [String]
  var lists: [List]
  var ready: Condition?
  var fromDomain: DomainRule?
  var accountScores: [AccountScoreRule]
  var accountColumns: [String]
  var accountLists: [List]

  init(yaml: String, asOf: Int, features: Set<Feature>) throws {
    let root = try Yaml(parsing: yaml)
    let zone = root["timezone"]?.written ?? "UTC"
    guard let timeZone = TimeZone(identifier: zone) else {
      throw ReferenceError.badDefinition("timezone " + zone)
    }
    let calendar = LocalCalendar(
      zone: timeZone, weeksStartOnSunday: root["week_starts"]?.written == "sunday")
    let clock = Clock(asOf: asOf, calendar: calendar)
    self.calendar = calendar
    reading = Reading(root)
    identity = Identity(root, reading, features)
    ignore = try root["ignore"].map { try Condition($0, clock) }
    journey = root["journey"]?.items.compactMap(\.written) ?? []
    interactions = try (root["interactions"]?.pairs ?? []).map { name, value in
      // `stage` is the one key that is no test.
      let tests = value.pairs.filter { $0.key != "stage" }
      return Interaction(
        name: name, stage: value["stage"]?.written, condition: try Condition(.map(tests), clock))
    }
    answers = try root["nps"].map { try Definition.answers($0, clock) }
    touches = (root["touches"]?.pairs ?? []).map { name, value in
      Touch(
        name: name, interaction: (value["last"] ?? value["first"])?.written ?? "",
        isLast: value["last"] != nil, property: value["property"]?.written ?? "")
    }

    let grades = try (root["grades"]?.pairs ?? []).map { try GradeRule($0, $1, clock) }
    self.grades = grades
    func condition(_ yaml: Yaml?) throws -> Condition {
      guard let yaml else { return .all([]) }
      return try Condition(yaml, clock) { name in grades.first { $0.name == name }?.letters ?? [] }
    }
    scores = try (root["scores"]?.pairs ?? []).map { try ScoreRule($0, $1, condition) }
    exclude = try root["exclude"].map { try condition($0) }
    let groups = root["personas"]?.pairs ?? []
    personas = try groups.map { group, members in
      let byPoints = members["highest"]?.pairs.map { Persona(name: $0.key, condition: .all([])) }
      let inOrder = try members.items.map {
        Persona(name: $0["name"]?.written ?? "", condition: try condition($0["when"]))
      }
      return (group, byPoints ?? inOrder)
    }
    highest = groups.reduce(into: [:]) { $0[$1.key] = HighestPersona($1.value) }
    columns = root["columns"]?.items.compactMap(\.written) ?? []
    lists = try (root["lists"]?.pairs ?? []).map { try List($0, $1, condition) }
    let accounts = root["accounts"]
    ready = try accounts?["ready"].map { try condition($0) }
    fromDomain = accounts?["from_domain"].map { DomainRule($0) }
    accountScores = try (accounts?["scores"]?.pairs ?? []).map {
      try AccountScoreRule($0, $1, condition)
    }
    accountColumns = accounts?["columns"]?.items.compactMap(\.written) ?? []
    accountLists = try (accounts?["lists"]?.pairs ?? []).map { try List($0, $1, condition) }
  }

  private static func answers(_ yaml: Yaml, _ clock: Clock) throws -> Answers {
    guard let condition = yaml["answers"], let value = yaml["value"]?.written,
      let scale = yaml["scale"]?.items.compactMap(\.whole), scale.count == 2
    else { throw ReferenceError.badDefinition("nps") }
    return Answers(
      condition: try Condition(condition, clock), value: value, scale: scale[0]...scale[1],
      within: yaml["within"]?.time)
  }

  // "An event is an occurrence of every interaction whose condition it meets."
  func interactions(of event: Event) -> [String] {
    // "None of the five types in the table above is ever an interaction"
    if event.special != nil { return [] }
    return interactions.filter { $0.condition.holds(event.subject) }.map(\.name)
  }

  // "events of no special type that meet it are as if not there"
  func ignores(_ event: Event) -> Bool {
    guard let ignore, event.special == nil else { return false }
    return ignore.holds(event.subject)
  }

  /// The interactions of a stage.
  func interactions(inStage stage: String) -> [String] {
    interactions.filter { $0.stage == stage }.map(\.name)
  }
}
