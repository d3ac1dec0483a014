extension Definition {
  /// The attributes that a grade, a condition, a column, an example or `from_domain` mentions, in byte order.
  package var attributes: [String] {
    var names: Set<String> = []
    for grade in grades {
      switch grade.method {
      case .weighted(_, let criteria): names.formUnion(criteria.map(\.attribute))
      case .ladder(_, let criteria): names.formUnion(criteria.map(\.attribute))
      }
    }
    for case .attribute(let name) in leadSubjects { names.insert(name) }
    for case .attribute(let name) in accountSubjects { names.insert(name) }
    names.formUnion(domainRule?.attributes ?? [])
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Every subject of a lead that a condition, a file or an example asks about, once each.
  package var leadSubjects: [LeadSubject] {
    var subjects = leadConditions.flatMap(\.subjects)
    subjects += personas.compactMap(\.highest).flatMap(\.subjects) + shownSubjects
    for case .lead(_, let subject, _) in expectationTargets { subjects.append(subject) }
    subjects += leadAggregates.map(\.aggregate.subject)
    subjects += activeWindows.map { .activities(window: $0) }
    return unique(subjects)
  }

  /// Every condition that leads are asked.
  package var leadConditions: [Condition<LeadSubject>] {
    var conditions = scores.flatMap(\.bonuses).map(\.condition)
    conditions += personas.flatMap(\.personas).compactMap(\.condition)
    conditions += [exclude].compactMap { $0 } + lists.map(\.condition)
    return conditions + leadAggregates.flatMap(\.aggregate.conditions)
  }

  /// Every condition that accounts are asked.
  package var accountConditions: [Condition<AccountSubject>] {
    [ready].compactMap { $0 } + accountLists.map(\.condition)
  }

  /// Every subject of an account that a condition, a file or an example asks about, once each.
  package var accountSubjects: [AccountSubject] {
    var subjects = accountConditions.flatMap(\.subjects) + accountColumns.subjects()
    subjects += accountLists.flatMap(\.shownSubjects)
    for case .account(_, let subject, _) in expectationTargets { subjects.append(subject) }
    return unique(subjects)
  }

  /// The properties whose values a `once_per` or an `each` compares, once each, in order of appearance.
  package var comparedProperties: [EventSubject] {
    unique(pointRules.flatMap { [$0.rule.oncePer, $0.rule.limit?.each].compactMap { $0 } })
  }

  /// The properties that points are made of, once each, in order of appearance.
  package var valueProperties: [EventSubject] {
    unique(
      pointRules.compactMap {
        guard case .ofValue(let value) = $0.rule.points else { return nil }
        return value.property
      })
  }

  /// The properties of events that rules read, once each.
  package var readProperties: [EventSubject] { unique(comparedProperties + valueProperties) }

  /// What touches read, once each, in order of appearance.
  package var touchReadings: [TouchReading] { unique(touches.map(\.reading)) }

  private var expectationTargets: [Expectation.Target] {
    examples.flatMap(\.expectations).map(\.target)
  }

  func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
