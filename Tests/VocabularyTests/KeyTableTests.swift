import Testing
import Vocabulary

@Suite("the tables of keys") struct KeyTableTests {
  private static let tables = allTables()

  @Test("the walk reaches every part of a definition")
  func reached() {
    let names = Set(Self.tables.map(\.name))
    for name in [
      "rule", "lapse", "account-condition", "number-test", "expectation", "criterion-value",
    ] {
      #expect(names.contains(name))
    }
  }

  @Test("no table has a key twice, and each says what it means in a sentence without its full stop")
  func tidy() {
    for table in Self.tables {
      #expect(Set(table.names).count == table.keys.count, "\(table.name)")
      for (name, meaning) in table.keys.map({ ($0.name, $0.meaning) }) + [("", table.meaning)] {
        #expect(meaning.first?.isUppercase == true, "\(table.name).\(name)")
        #expect(meaning.last != ".", "\(table.name).\(name)")
      }
    }
    for asked in Asked.allCases {
      let kinds = SubjectKind.all(of: asked)
      #expect(Set(kinds.map(\.name)).count == kinds.count)
      for kind in kinds {
        #expect(kind.meaning.contains("…") == (kind.part != nil), "\(kind.name)")
      }
    }
  }

  /// Every table that a definition can have, each once.
  private static func allTables() -> [KeyTable] {
    var met: [String: KeyTable] = [:]
    var waiting: [KeyTable] = [.definition]
    while let table = waiting.popLast() {
      if let known = met.updateValue(table, forKey: table.name) {
        #expect(
          known.names == table.names && known.meaning == table.meaning,
          "two tables are called '\(table.name)'")
        continue
      }
      waiting += table.keys.flatMap { tables(in: $0.value) }
      if case .tests = table.others { waiting += ComparedValues.allCases.map { .tests(of: $0) } }
    }
    return met.values.sorted { $0.name < $1.name }
  }

  private static func tables(in value: ValueKind) -> [KeyTable] {
    switch value {
    case .mapping(let table): [table]
    case .condition(let asked): [.condition(on: asked)]
    case .list(let items, _): tables(in: items)
    case .entries(_, let values, _): tables(in: values)
    case .either(let kinds): kinds.flatMap(tables)
    default: []
    }
  }
}
