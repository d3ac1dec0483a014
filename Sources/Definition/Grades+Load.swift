import Notation
import Vocabulary

extension Grade {
  /// Returns the section's grades, in its order; the faulty ones are reported and left out.
  static func loadAll(_ node: YAMLNode?, _ scope: Scope) -> [Grade] {
    scope.namedEntries(node, "grades", of: "a grade").compactMap { load($0, scope) }
  }

  private static func load(_ entry: YAMLNode.Entry, _ scope: Scope) -> Grade? {
    let what = "grade '\(entry.key)'"
    guard let fields = MappingReader(entry.value, what, .grade, scope.faults) else { return nil }
    if fields["letters"] != nil, let start = fields.place(of: "start") {
      scope.report(
        start, "\(what) has both 'letters' and 'start'",
        hint: "'letters' grade by percent, 'start' begins a ladder")
      return nil
    }
    if fields["letters"] == nil, fields["start"] == nil {
      scope.report(fields.place, "\(what) needs 'letters' or a 'start'")
    }
    let nodes = loadCriteria(fields["criteria"], of: what, scope)
    let method: Method?
    if let start = fields["start"] {
      let criteria = nodes.map { LadderCriterion.load($0, of: entry.key, scope) }
      let step = loadStart(start, scope)
      method = step.map { .ladder(start: $0, criteria: criteria.compactMap { $0 }) }
    } else {
      let criteria = nodes.map { WeightedCriterion.load($0, of: entry.key, scope) }
      let letters = fields["letters"].flatMap { Letter.loadAll($0, of: what, scope) }
      method = letters.map { .weighted(letters: $0, criteria: criteria.compactMap { $0 }) }
    }
    return method.map { Grade(name: entry.key, method: $0) }
  }

  private static func loadCriteria(
    _ node: YAMLNode?, of what: String, _ scope: Scope
  ) -> [YAMLNode] {
    guard let node, let items = node.list("'criteria' of \(what)", scope.faults) else { return [] }
    if items.isEmpty { scope.report(node.place, "\(what) has no criteria") }
    return items
  }

  private static func loadStart(_ node: YAMLNode, _ scope: Scope) -> Int? {
    guard let letter = node.text("'start'", scope.faults) else { return nil }
    if let step = ladder.firstIndex(of: letter) { return step }
    scope.report(
      node.place, "'start' must be a letter of the ladder, not '\(letter)'",
      hint: ladder.joined(separator: " "))
    return nil
  }
}

extension Letter {
  /// Returns letters whose bounds descend to 0.
  fileprivate static func loadAll(
    _ node: YAMLNode, of what: String, _ scope: Scope
  ) -> [Letter]? {
    guard let entries = node.mapping("'letters' of \(what)", scope.faults) else { return nil }
    if entries.isEmpty { scope.report(node.place, "\(what) has no letters") }
    var letters: [Letter] = []
    var names: [PatternKey: String] = [:]
    for entry in entries {
      checkName(entry, &names, scope)
      guard let bound = loadBound(entry, scope) else { continue }
      if let last = letters.last {
        if bound >= last.bound {
          scope.report(
            entry.value.place,
            "letters must descend: '\(entry.key)' at \(entry.value.written) stands below "
              + "'\(last.name)' at \(shortestDecimal(last.bound))")
        } else if bound.rounded(.up) == last.bound.rounded(.up) {
          scope.report(
            entry.value.place,
            "letter '\(entry.key)' can never be given: percents are whole numbers")
        }
      }
      letters.append(Letter(name: entry.key, bound: bound))
    }
    if let lowest = letters.last, let entry = entries.last, entry.key == lowest.name,
      lowest.bound != 0
    {
      scope.report(
        entry.value.place,
        "the lowest letter must begin at 0, but '\(lowest.name)' begins at "
          + shortestDecimal(lowest.bound))
    }
    return letters
  }

  /// `names`: those above, by what is the same of them but for case.
  private static func checkName(
    _ entry: YAMLNode.Entry, _ names: inout [PatternKey: String], _ scope: Scope
  ) {
    if entry.key.isEmpty || entry.key.contains("*") || entry.key.contains("?") {
      scope.report(
        entry.place, "'\(entry.key)' is no letter", hint: "'*' and '?' stand in patterns")
    }
    let key = Predicate.Pattern.text(Glob(entry.key)).key
    if let same = names[key], same != entry.key {
      scope.report(
        entry.place, "letters '\(same)' and '\(entry.key)' differ only in case",
        hint: "comparisons ignore case")
    }
    names[key] = names[key] ?? entry.key
  }

  private static func loadBound(_ entry: YAMLNode.Entry, _ scope: Scope) -> Double? {
    let what = "the bound of letter '\(entry.key)'"
    guard let bound = entry.value.double(what, scope.faults) else { return nil }
    guard (0...100).contains(bound) else {
      scope.report(entry.value.place, "\(what) must be 0 to 100, not \(entry.value.written)")
      return nil
    }
    // A negative zero would print as such.
    return bound + 0
  }
}
