import Vocabulary

extension IdentityRules {
  static func load(_ node: YAMLNode?, _ scope: Scope) -> IdentityRules {
    var rules = IdentityRules()
    guard let node,
      let keys = MappingReader(node, "'identity'", .identity, scope.faults)
    else { return rules }
    rules.keepsFirst = keys.word("merges", "'merges' of 'identity'", scope) == "keep-first"
    if let never = keys["never"] { rules.never = patterns(never, scope) }
    return rules
  }

  private static func patterns(_ node: YAMLNode, _ scope: Scope) -> [String] {
    guard let items = node.list("'never' of 'identity'", scope.faults) else { return [] }
    if items.isEmpty {
      scope.report(
        node.place, "nothing is in the list 'never' of 'identity'",
        hint: "write patterns of keys, such as [\"kiosk-*\"]")
    }
    scope.checkCount(items.map(\.place), of: "patterns of 'never'")
    return items.compactMap { item in
      guard let text = item.text("a pattern of 'never'", scope.faults) else { return nil }
      if text.isEmpty {
        scope.report(item.place, "a pattern of 'never' is empty; no key is")
        return nil
      }
      return scope.glob(text, at: item.place)?.pattern
    }
  }
}
