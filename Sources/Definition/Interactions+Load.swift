import Notation
import Vocabulary

extension Interaction {
  /// Returns the section's interactions, in its order; the faulty ones are reported and left out.
  static func loadAll(_ node: YAMLNode?, _ scope: Scope) -> [Interaction] {
    scope.namedEntries(node, "interactions", of: "an interaction").compactMap { load($0, scope) }
  }

  private static func load(_ entry: YAMLNode.Entry, _ scope: Scope) -> Interaction? {
    let what = "interaction '\(entry.key)'"
    guard let entries = entry.value.mapping(what, scope.faults) else { return nil }
    var stage: Int?
    for entry in entries where entry.key == "stage" {
      guard let name = entry.value.text("'stage'", scope.faults) else { continue }
      stage = scope.find(name, among: scope.names.journey, "stage", at: entry.value.place)
    }
    // At the top `stage` is the journey's; further down it would be taken for the event's.
    let condition: Condition<EventSubject>? = loadCondition(
      entries.filter { $0.key != "stage" }, at: entry.value.place, what, scope
    ) { test in
      if test.key == "stage" {
        scope.report(test.place, "'stage' belongs at the top of \(what)")
        return nil
      }
      return .loadTest(test, scope)
    }
    scope.checkTypes(entries, "interaction")
    return condition.map { Interaction(name: entry.key, condition: $0, stage: stage) }
  }
}

extension Scope {
  /// Reports types that no event of what is meant can have.
  fileprivate func checkTypes(_ tests: [YAMLNode.Entry], _ what: String) {
    for test in tests {
      switch test.key {
      case "type": checkTypes(of: test.value, what)
      case "any", "all":
        for item in test.value.items { checkTypes(item.entries, what) }
      default: continue
      }
    }
  }

  private func checkTypes(of node: YAMLNode, _ what: String) {
    switch node.value {
    case .text(let type) where EventKind.allCases.contains(where: { $0.type == type }):
      report(
        node.place, "an event of type '\(type)' is never an \(what)",
        hint: "these types have a meaning of their own: "
          + EventKind.allCases.compactMap(\.type).joined(separator: ", "))
    case .list(let items): for item in items { checkTypes(of: item, what) }
    case .mapping(let parts):
      for part in parts where part.key == "is" { checkTypes(of: part.value, what) }
    default: break
    }
  }
}

extension NetPromoterQuestion {
  static func load(_ node: YAMLNode, _ scope: Scope) -> NetPromoterQuestion? {
    guard let fields = MappingReader(node, "'nps'", .nps, scope.faults) else { return nil }
    let answers: Condition<EventSubject>? = fields["answers"].flatMap { answers in
      scope.checkTypes(answers.entries, "answer")
      return loadCondition(answers, "'answers'", scope) { .loadTest($0, scope) }
    }
    let value = fields["value"].flatMap { value in
      value.text("'value'", scope.faults).flatMap {
        EventSubject.load($0, at: value.place, scope)
      }
    }
    let lowest = fields["scale"].flatMap { loadLowest($0, scope) }
    let within = fields["within"].flatMap { $0.duration("'within'", scope.faults) }
    guard let answers, let value, let lowest else { return nil }
    return NetPromoterQuestion(answers: answers, value: value, lowest: lowest, within: within)
  }

  private static func loadLowest(_ node: YAMLNode, _ scope: Scope) -> Int? {
    guard let items = node.list("'scale'", scope.faults) else { return nil }
    let numbers = items.map { item -> Int64? in
      guard case .number(let number) = item.value else { return nil }
      return try? parseMillionths(number)
    }
    switch numbers {
    case [0, 10_000_000]: return 0
    case [1_000_000, 10_000_000]: return 1
    default:
      scope.report(node.place, "'scale' must be [1, 10] or [0, 10], not \(node.inOneLine)")
      return nil
    }
  }
}
