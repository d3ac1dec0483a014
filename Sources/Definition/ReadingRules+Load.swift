import Vocabulary

extension ReadingRules {
  static func load(_ sections: MappingReader, _ scope: Scope) -> ReadingRules {
    var rules = ReadingRules()
    if let node = sections["keys"] { rules.loadKeys(node, scope) }
    if let node = sections["ignore"] { rules.ignore = IgnoreTest.load(node, scope) }
    if let node = sections["paths"] { rules.loadPaths(node, scope) }
    rules.ignoresBlanks = sections.word("blanks", "'blanks'", scope) == "ignore"
    return rules
  }

  private mutating func loadKeys(_ node: YAMLNode, _ scope: Scope) {
    guard let keys = MappingReader(node, "'keys'", .keys, scope.faults) else { return }
    func form(_ key: String) -> KeyForm {
      keys.word(key, "'\(key)' of 'keys'", scope).flatMap(KeyForm.init) ?? .exact
    }
    leadKeys = form("leads")
    accountKeys = form("accounts")
  }

  private mutating func loadPaths(_ node: YAMLNode, _ scope: Scope) {
    guard let keys = MappingReader(node, "'paths'", .paths, scope.faults) else { return }
    func says(_ word: String, _ key: String) -> Bool {
      keys.word(key, "'\(key)' of 'paths'", scope) == word
    }
    paths.dropsTrailingSlash = says("drop", "trailing_slash")
    paths.foldsCase = says("fold", "case")
  }
}

extension IgnoreTest {
  /// Returns the tests of a condition any of which is enough, in their order.
  static func load(_ node: YAMLNode, _ scope: Scope) -> [IgnoreTest] {
    let condition: Condition<EventSubject>? = loadCondition(node, "'ignore'", scope) {
      .loadTest($0, scope)
    }
    guard let condition else { return [] }
    let tests = alternatives(condition, node)
    scope.checkCount(tests.map(\.place), of: "tests of 'ignore'")
    return tests.map(\.test)
  }

  private static func alternatives(
    _ condition: Condition<EventSubject>, _ node: YAMLNode
  ) -> [(test: IgnoreTest, place: Place)] {
    guard case .mapping(let entries) = node.value else { return [] }
    if entries.count == 1, case .any(let parts) = condition,
      case .list(let items) = entries[0].value.value
    {
      return zip(parts, items).flatMap { alternatives($0, $1) }
    }
    let written = entries.map { "\($0.key): \($0.value.inOneLine)" }.joined(separator: ", ")
    return [(IgnoreTest(condition: condition, written: written), node.place)]
  }
}
