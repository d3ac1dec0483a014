import Vocabulary

extension PersonaGroup {
  /// Returns the section's groups, in its order; the faulty ones are reported and left out.
  static func loadAll(_ node: YAMLNode?, _ scope: Scope) -> [PersonaGroup] {
    scope.namedEntries(node, "personas", of: "a persona group").enumerated()
      .compactMap { index, entry in load(entry, index, scope) }
  }

  private static func load(
    _ entry: YAMLNode.Entry, _ index: Int, _ scope: Scope
  ) -> PersonaGroup? {
    let what = "persona group '\(entry.key)'"
    switch entry.value.value {
    case .list: break
    case .mapping: return loadHighest(entry, index, scope)
    default: return entry.value.wrongKind(what, "a list or a mapping", scope.faults)
    }
    guard let items = entry.value.list(what, scope.faults) else { return nil }
    if items.isEmpty { scope.report(entry.value.place, "\(what) has no personas") }
    var personas: [(persona: Persona, place: Place)] = []
    var earlier = EarlierPersonas()
    for item in items {
      guard let persona = Persona.load(item, of: entry.key, index, scope) else { continue }
      if let reason = earlier.whyUnreachable(persona) {
        scope.report(item.place, "persona '\(persona.name)' can never be chosen: \(reason)")
      }
      earlier.append(persona)
      personas.append((persona, item.place))
    }
    scope.checkUnique(
      personas.map { ($0.persona.name, $0.place) }, "personas of group '\(entry.key)'")
    return PersonaGroup(name: entry.key, personas: personas.map(\.persona))
  }
}

/// The personas of a group above another one.
private struct EarlierPersonas {
  private var names: [String] = []
  /// The first that takes every lead.
  private var open: Int?
  private var tests: [LeadSubject: EarlierTests] = [:]

  mutating func append(_ persona: Persona) {
    let index = names.count
    names.append(persona.name)
    guard let condition = persona.condition else { return open = open ?? index }
    guard let (subject, predicate) = condition.singleTest else { return }
    tests[subject, default: EarlierTests()].append(predicate, number: index)
  }

  func whyUnreachable(_ persona: Persona) -> String? {
    let test = persona.condition?.singleTest
    let same = test.flatMap { tests[$0.subject]?.firstImplied(by: $0.predicate) }
    if let same, same < open ?? .max { return "'\(names[same])' above takes every such lead" }
    return open.map { "'\(names[$0])' above takes every lead" }
  }
}

extension Persona {
  fileprivate static func load(
    _ node: YAMLNode, of group: String, _ index: Int, _ scope: Scope
  ) -> Persona? {
    guard
      let fields = MappingReader(
        node, "a persona of group '\(group)'", .persona, scope.faults),
      let name = fields["name"]
    else { return nil }
    let text = name.text("'name' of a persona of group '\(group)'", scope.faults)
    if let text { scope.checkPersona(text, of: group, at: name.place) }
    guard let when = fields["when"] else {
      return text.map { Persona(name: $0, condition: nil) }
    }
    let condition = Condition<LeadSubject>.load(
      when, "'when' of persona '\(text ?? "")'", in: .persona(group: index), scope)
    guard let text, let condition else { return nil }
    return Persona(name: text, condition: condition)
  }
}
