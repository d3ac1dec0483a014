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
    scope.patterns(
      node, "never", of: "identity", hint: "write patterns of keys, such as [\"kiosk-*\"]"
    ) { text, _, place in
      if text.isEmpty { scope.report(place, "a pattern of 'never' is empty; no key is") }
    }.map(\.pattern)
  }
}
