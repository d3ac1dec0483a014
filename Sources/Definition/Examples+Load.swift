import Notation
import Vocabulary

extension Example {
  /// Returns the examples, in the order of the file; the faulty ones are reported and left out.
  static func loadAll(_ node: YAMLNode?, _ scope: Scope) -> [Example] {
    guard let items = node?.list("'examples'", scope.faults) else { return [] }
    let examples = items.compactMap { load($0, scope) }
    scope.checkUnique(
      examples.map { ($0.name, Place(line: $0.line, column: $0.column)) }, "examples")
    return examples
  }

  private static func load(_ node: YAMLNode, _ scope: Scope) -> Example? {
    guard let fields = MappingReader(node, "an example", .example, scope.faults) else {
      return nil
    }
    let name = fields["name"].flatMap { node -> String? in
      guard let name = node.text("'name' of an example", scope.faults) else { return nil }
      if name.isEmpty { scope.report(node.place, "'name' of an example is empty") }
      return name
    }
    let events = fields["events"].flatMap { ExampleEvents($0, scope) }
    let expectations = fields["expect"].map { Expectation.loadAll($0, scope) }
    let asOf: Milliseconds?
    if let written = fields["as_of"] {
      asOf = loadAsOf(written, scope)
    } else {
      asOf = events?.latest
      if let events, events.isComplete, events.latest == nil {
        scope.report(fields.place, "missing key 'as_of' in an example without events")
      }
    }
    guard let name, let events, let expectations, let asOf else { return nil }
    return Example(
      name: name, line: node.place.line, column: node.place.column, asOf: asOf,
      events: events.lines, expectations: expectations)
  }

  private static func loadAsOf(_ node: YAMLNode, _ scope: Scope) -> Milliseconds? {
    guard let text = node.text("'as_of'", scope.faults) else { return nil }
    if let time = eventTime(text) { return time }
    scope.report(
      node.place, "'as_of' is no time: '\(text)'", hint: "such as 2026-03-01T00:00:00Z")
    return nil
  }
}

extension Expectation {
  /// Returns what an example expects: a mapping, or a list of them for several leads or accounts.
  static func loadAll(_ node: YAMLNode, _ scope: Scope) -> [Expectation] {
    guard case .list(let items) = node.value else { return load(node, scope) }
    if items.isEmpty { scope.report(node.place, "'expect' expects nothing") }
    return items.flatMap { load($0, scope) }
  }

  private static func load(_ node: YAMLNode, _ scope: Scope) -> [Expectation] {
    guard let entries = node.mapping("'expect'", scope.faults) else { return [] }
    let naming = entries.filter { $0.key == "lead" || $0.key == "account" }
    let asked = entries.filter { $0.key != "lead" && $0.key != "account" }
    if asked.isEmpty { scope.report(node.place, "'expect' expects nothing") }
    if naming.count > 1 {
      scope.report(
        naming[1].place, "'expect' is of a lead or of an account, not of both",
        hint: "write a list of two")
    }
    let key = naming.first?.value.text("'\(naming[0].key)' of 'expect'", scope.faults)
    let isAccount = naming.first?.key == "account"
    return asked.compactMap { entry in
      let target =
        isAccount
        ? accountTarget(entry, key ?? "", scope)
        : leadTarget(entry, key ?? Example.lead, scope)
      return target.map {
        Expectation(
          target: $0, subject: entry.key, expected: entry.value.inOneLine, line: entry.place.line,
          column: entry.place.column)
      }
    }
  }

  private static func leadTarget(
    _ entry: YAMLNode.Entry, _ lead: String, _ scope: Scope
  ) -> Target? {
    if entry.key.hasPrefix("list.") {
      let name = String(entry.key.dropFirst(5))
      let list = scope.find(name, among: scope.names.lists, "list", at: entry.place)
      let isMember = entry.value.bool("'\(entry.key)'", scope.faults)
      guard let list, let isMember else { return nil }
      return .list(list, lead: lead, isMember: isMember)
    }
    if entry.key == "excluded" {
      guard let isExcluded = entry.value.bool("'excluded'", scope.faults) else { return nil }
      if !scope.names.excludes {
        scope.report(entry.place, "nobody is ever excluded: the definition has no 'exclude'")
        return nil
      }
      return .excluded(lead: lead, isExcluded)
    }
    guard let subject = LeadSubject.load(entry.key, at: entry.place, in: .expectation, scope),
      let predicate = Predicate.load(
        entry.value, of: entry.key, subject.values(scope.names), scope)
    else { return nil }
    return .lead(lead, subject, predicate)
  }

  private static func accountTarget(
    _ entry: YAMLNode.Entry, _ account: String, _ scope: Scope
  ) -> Target? {
    if entry.key == "ready" {
      guard let isReady = entry.value.bool("'ready'", scope.faults) else { return nil }
      return .ready(account: account, isReady)
    }
    if entry.key.hasPrefix("list.") {
      let name = String(entry.key.dropFirst(5))
      let list = scope.find(
        name, among: scope.names.accountLists, "list", of: "'accounts'", at: entry.place)
      let isMember = entry.value.bool("'\(entry.key)'", scope.faults)
      guard let list, let isMember else { return nil }
      return .accountList(list, account: account, isMember: isMember)
    }
    guard let subject = AccountSubject.load(entry.key, at: entry.place, scope),
      let predicate = Predicate.load(entry.value, of: entry.key, subject.values, scope)
    else { return nil }
    return .account(account, subject, predicate)
  }
}
