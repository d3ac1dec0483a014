extension Definition {
  /// The attributes that a grade, a condition or an example mentions, in byte order.
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
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Every subject of a lead that a condition or an example asks about, once each.
  package var leadSubjects: [LeadSubject] {
    var subjects = leadConditions.flatMap(\.subjects)
    for case .lead(_, let subject, _) in expectationTargets { subjects.append(subject) }
    return unique(subjects)
  }

  /// Every condition that leads are asked.
  package var leadConditions: [Condition<LeadSubject>] {
    scores.flatMap(\.bonuses).map(\.condition)
      + personas.flatMap(\.personas).compactMap(\.condition)
      + (exclude.map { [$0] } ?? []) + lists.map(\.condition)
  }

  /// Every subject of an account that a condition or an example asks about, once each.
  var accountSubjects: [AccountSubject] {
    var subjects = ready?.subjects ?? []
    for case .account(_, let subject, _) in expectationTargets { subjects.append(subject) }
    return unique(subjects)
  }

  /// The properties named by a `once_per`, once each, in order of appearance.
  package var onceProperties: [EventSubject] {
    var properties: [EventSubject] = []
    for score in scores {
      guard case .points(let rules, _) = score.source else { continue }
      properties += rules.compactMap(\.oncePer)
    }
    return unique(properties)
  }

  /// What touches read, once each, in order of appearance.
  package var touchReadings: [TouchReading] { unique(touches.map(\.reading)) }

  private var expectationTargets: [Expectation.Target] {
    examples.flatMap(\.expectations).map(\.target)
  }

  private func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}
