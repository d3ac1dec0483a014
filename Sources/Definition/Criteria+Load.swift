import Vocabulary

extension WeightedCriterion {
  static func load(_ node: YAMLNode, of grade: String, _ scope: Scope) -> WeightedCriterion? {
    guard
      let fields = MappingReader(
        node, "a criterion of grade '\(grade)'", .weightedCriterion, scope.faults)
    else { return nil }
    let attribute = loadAttribute(fields["attribute"], scope)
    let weight = fields["weight"].flatMap { loadWeight($0, "'weight'", scope) }
    let values = fields["values"].flatMap {
      loadValues($0, of: attribute ?? "an attribute", scope)
    }
    let otherwise = fields["otherwise"].flatMap { loadValue($0, "'otherwise'", scope) }
    guard let attribute, let weight, let values else { return nil }
    return WeightedCriterion(
      attribute: attribute, weight: weight, values: values, otherwise: otherwise ?? 0)
  }

  private static func loadValues(
    _ node: YAMLNode, of attribute: String, _ scope: Scope
  ) -> [(predicate: Predicate, value: Int64)]? {
    guard let items = node.list("'values'", scope.faults) else { return nil }
    if items.isEmpty {
      scope.report(node.place, "'values' is empty", hint: "without a match 'otherwise' counts")
      return nil
    }
    var values: [(predicate: Predicate, value: Int64)] = []
    var earlier = EarlierTests()
    for item in items {
      guard
        let fields = MappingReader(
          item, "a value of '\(attribute)'", .criterionValue, scope.faults)
      else { continue }
      let value = fields["value"].flatMap { loadValue($0, "'value'", scope) }
      guard let predicate = loadPredicate(item, of: attribute, scope) else { continue }
      if let line = earlier.firstImplied(by: predicate) {
        scope.report(
          item.place, "this value can never be reached: all it matches is taken on line \(line)")
      }
      values.append((predicate, value ?? 0))
      earlier.append(predicate, number: item.place.line)
    }
    return values
  }

  private static func loadValue(_ node: YAMLNode, _ what: String, _ scope: Scope) -> Int64? {
    node.millionths(what, in: 0...100, scope.faults)
  }
}

extension LadderCriterion {
  static func load(_ node: YAMLNode, of grade: String, _ scope: Scope) -> LadderCriterion? {
    guard
      let fields = MappingReader(
        node, "a criterion of grade '\(grade)'", .ladderCriterion, scope.faults)
    else { return nil }
    let attribute = loadAttribute(fields["attribute"], scope)
    let predicate = loadPredicate(node, of: attribute ?? "an attribute", scope)
    let thirds = fields["thirds"].flatMap { $0.wholeNumber("'thirds'", in: 1...12, scope.faults) }
    guard let attribute, let predicate, let thirds else { return nil }
    return LadderCriterion(attribute: attribute, predicate: predicate, thirds: Int(thirds))
  }
}

/// Returns a weight, in millionths and above 0.
func loadWeight(_ node: YAMLNode, _ what: String, _ scope: Scope) -> Int64? {
  guard let weight = node.millionths(what, scope.faults) else { return nil }
  guard weight > 0 else {
    scope.report(node.place, "\(what) must be above 0, not \(node.written)")
    return nil
  }
  return weight
}

private func loadAttribute(_ node: YAMLNode?, _ scope: Scope) -> String? {
  guard let node, let attribute = node.text("'attribute'", scope.faults) else { return nil }
  guard !attribute.isEmpty else {
    scope.report(node.place, "'attribute' is empty")
    return nil
  }
  return attribute
}

/// Returns what a criterion's entry asks of its attribute, which is known wherever it is asked.
private func loadPredicate(
  _ node: YAMLNode, of attribute: String, _ scope: Scope
) -> Predicate? {
  guard case .mapping(let entries) = node.value else { return nil }
  let asked = entries.filter { Predicate.keys.contains($0.key) }
  if asked.isEmpty {
    scope.report(
      node.place, "nothing is asked of '\(attribute)'",
      hint: "write one of \(Predicate.keys.joined(separator: ", "))")
    return nil
  }
  guard
    let predicate = Predicate.load(asked, at: node.place, of: attribute, .member, scope)
  else { return nil }
  if predicate.parts.contains(.exists(false)) {
    scope.report(
      node.place, "'exists: false' never holds here",
      hint: "a criterion counts only where its attribute is known")
    return nil
  }
  return predicate
}
