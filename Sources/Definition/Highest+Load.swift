import Notation
import Vocabulary

extension PersonaGroup {
  /// Returns a group whose personas are those that have most of something.
  static func loadHighest(
    _ entry: YAMLNode.Entry, _ index: Int, _ scope: Scope
  ) -> PersonaGroup? {
    let what = "persona group '\(entry.key)'"
    guard let fields = MappingReader(entry.value, what, .highest, scope.faults) else { return nil }
    let min = fields["min"].flatMap { $0.millionths("'min'", scope.faults) }
    let gap = fields["gap"].flatMap { $0.millionths("'gap'", scope.faults) }
    if let gap, gap < 0, let node = fields["gap"] {
      scope.report(node.place, "'gap' must not be below 0: \(node.written)")
    }
    guard let node = fields["highest"],
      let entries = node.mapping("'highest' of \(what)", scope.faults)
    else { return nil }
    if entries.isEmpty { scope.report(node.place, "\(what) has no personas") }
    var subjects: [LeadSubject] = []
    var names: [LeadSubject: String] = [:]
    for persona in entries {
      scope.checkPersona(persona.key, of: entry.key, at: persona.place)
      guard let subject = loadSubject(of: persona, index, scope) else { continue }
      if let same = names[subject] {
        scope.report(
          persona.place,
          "persona '\(persona.key)' can never be chosen: '\(same)' above has as much of the same")
      }
      names[subject] = persona.key
      subjects.append(subject)
    }
    guard subjects.count == entries.count else { return nil }
    return PersonaGroup(
      name: entry.key, personas: entries.map { Persona(name: $0.key, condition: nil) },
      highest: Highest(subjects: subjects, min: min, gap: gap ?? 0))
  }

  /// Returns what a lead has of a persona; it is a number or may be one.
  private static func loadSubject(
    of persona: YAMLNode.Entry, _ group: Int, _ scope: Scope
  ) -> LeadSubject? {
    let node = persona.value
    guard let text = node.text("what persona '\(persona.key)' has most of", scope.faults),
      let subject = LeadSubject.load(text, at: node.place, in: .persona(group: group), scope)
    else { return nil }
    switch subject.values(scope.names) {
    // A key is no measure, even where it is made of digits.
    case .anything where subject == .lead:
      scope.report(node.place, "'lead' is never a number")
      return nil
    case .anything, .member, .numbers: return subject
    case .names(let names, _, _) where names.all.contains { jsonNumber($0) != nil }: return subject
    case .names, .letters, .times, .eventTime:
      scope.report(node.place, "'\(text)' is never a number")
      return nil
    }
  }
}

extension Scope {
  /// Looks at a persona's name.
  func checkPersona(_ name: String, of group: String, at place: Place) {
    checkName(name, of: "a persona", at: place)
    checkFileName([group, name], of: "persona '\(name)' of group '\(group)'", at: place)
  }
}
