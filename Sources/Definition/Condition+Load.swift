/// Returns the condition a mapping of tests says, reporting what is wrong in it.
///
/// `what` names it for messages; `test` reads one entry that is not `any`, `all` or `not`.
func loadCondition<Subject>(
  _ node: YAMLNode, _ what: String, _ scope: Scope,
  test: (YAMLNode.Entry) -> Condition<Subject>?
) -> Condition<Subject>? {
  guard let entries = node.mapping(what, scope.faults) else { return nil }
  return loadCondition(entries, at: node.place, what, scope, test: test)
}

/// Returns the condition that entries of a mapping say together.
func loadCondition<Subject>(
  _ entries: [YAMLNode.Entry], at place: Place, _ what: String, _ scope: Scope,
  test: (YAMLNode.Entry) -> Condition<Subject>?
) -> Condition<Subject>? {
  if entries.isEmpty {
    scope.report(place, "\(what) tests nothing")
    return nil
  }
  let conditions = entries.map { entry -> Condition<Subject>? in
    switch entry.key {
    case "any": loadConditions(entry, what, scope, test: test).map { .any($0) }
    case "all": loadConditions(entry, what, scope, test: test).map { .all($0) }
    case "not":
      loadCondition(entry.value, "'not' in \(what)", scope, test: test).map { .not($0) }
    default: test(entry)
    }
  }
  let known = conditions.compactMap { $0 }
  guard known.count == conditions.count else { return nil }
  return known.count == 1 ? known[0] : .all(known)
}

private func loadConditions<Subject>(
  _ entry: YAMLNode.Entry, _ what: String, _ scope: Scope,
  test: (YAMLNode.Entry) -> Condition<Subject>?
) -> [Condition<Subject>]? {
  let list = "'\(entry.key)' in \(what)"
  guard let items = entry.value.list(list, scope.faults) else { return nil }
  if items.isEmpty {
    scope.report(entry.value.place, "\(list) tests nothing")
    return nil
  }
  let conditions = items.map {
    loadCondition($0, "a condition of \(list)", scope, test: test)
  }
  let known = conditions.compactMap { $0 }
  return known.count == conditions.count ? known : nil
}

extension Condition<LeadSubject> {
  static func load(
    _ node: YAMLNode, _ what: String, in context: LeadContext, _ scope: Scope
  ) -> Condition? {
    loadCondition(node, what, scope) { entry in
      guard let subject = LeadSubject.load(entry.key, at: entry.place, in: context, scope),
        let predicate = Predicate.load(
          entry.value, of: entry.key, subject.values(scope.names), scope)
      else { return nil }
      return .test(subject, predicate)
    }
  }
}

extension Condition<AccountSubject> {
  static func load(_ node: YAMLNode, _ what: String, _ scope: Scope) -> Condition? {
    loadCondition(node, what, scope) { entry in
      guard let subject = AccountSubject.load(entry.key, at: entry.place, scope),
        let predicate = Predicate.load(entry.value, of: entry.key, subject.values, scope)
      else { return nil }
      return .test(subject, predicate)
    }
  }
}

extension Condition<EventSubject> {
  /// Reads one test of an event.
  static func loadTest(_ entry: YAMLNode.Entry, _ scope: Scope) -> Condition? {
    guard let subject = EventSubject.load(entry.key, at: entry.place, scope),
      let predicate = Predicate.load(entry.value, of: entry.key, subject.values, scope)
    else { return nil }
    return .test(subject, predicate)
  }
}
