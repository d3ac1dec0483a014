import Vocabulary

@testable import Definition

/// A place where a key of a table stands in a definition: the steps from its root, and whose key it is.
struct KeyUse {
  var table: String
  var key: String
  /// Of a mapping its entry, of a list its element.
  var trail: [Int]
}

/// Follows the tables through a definition.
struct TableWalk {
  private(set) var uses: [KeyUse] = []
  /// Subjects that are asked for, each with whom it is asked of.
  private(set) var subjects: [(name: String, asked: Asked)] = []

  init(_ root: YAMLNode) { walk(root, .mapping(.definition), []) }

  private mutating func walk(_ node: YAMLNode, _ kind: ValueKind, _ trail: [Int]) {
    switch (kind, node.value) {
    case (.mapping(let table), .mapping): walk(node, table, trail)
    case (.condition(let asked), .mapping): walk(node, KeyTable.condition(on: asked), trail)
    case (.list(let kind, _), .list(let items)):
      for (index, item) in items.enumerated() { walk(item, kind, trail + [index]) }
    case (.entries(_, let kind, _), .mapping(let entries)):
      for (index, entry) in entries.enumerated() { walk(entry.value, kind, trail + [index]) }
    case (.subject(let asked), .text(let name)): subjects.append((name, asked))
    case (.either(let kinds), _):
      guard let kind = kinds.first(where: { takes($0, node) }) else { return }
      walk(node, kind, trail)
    default: break
    }
  }

  private mutating func walk(_ node: YAMLNode, _ table: KeyTable, _ trail: [Int]) {
    for (index, entry) in node.entries.enumerated() {
      let next = trail + [index]
      if let key = table[entry.key] {
        uses.append(KeyUse(table: table.name, key: key.name, trail: next))
        walk(entry.value, key.value, next)
      } else if case .tests(let asked) = table.others {
        let isOfAccount = asked.contains(.account) && node["account"] != nil
        let one = asked.count == 1 ? asked[0] : isOfAccount ? .account : .lead
        subjects.append((entry.key, one))
        guard case .mapping = entry.value.value else { continue }
        let kind = SubjectKind.find(TableWalk.kind(of: entry.key), of: one)
        let values = one == .event ? entry.key == "time" ? .eventTime : .member : kind?.values
        if let values { walk(entry.value, KeyTable.tests(of: values), next) }
      }
    }
  }

  /// Whether a value is of a kind, as far as its shape and its keys tell.
  private func takes(_ kind: ValueKind, _ node: YAMLNode) -> Bool {
    switch (kind, node.value) {
    case (.mapping(let table), .mapping(let entries)):
      table.required.allSatisfy { node[$0] != nil }
        && entries.allSatisfy { table[$0.key] != nil || table.hasOthers }
    case (.condition, .mapping), (.entries, .mapping): true
    case (.list(let kind, _), .list(let items)): items.allSatisfy { takes(kind, $0) }
    case (.number, .number), (.bound, .number), (.word, .text), (.name, .text): true
    default: false
    }
  }

  static func kind(of subject: String) -> String {
    String(subject.prefix { $0 != "." && $0 != "@" })
  }
}

extension KeyTable {
  fileprivate var hasOthers: Bool { if case .nothing = others { false } else { true } }

  /// Every table that a definition can have, each once.
  static let reachable: [KeyTable] = {
    var met: [String: KeyTable] = [:]
    var waiting: [KeyTable] = [.definition]
    while let table = waiting.popLast() {
      guard met.updateValue(table, forKey: table.name) == nil else { continue }
      waiting += table.keys.flatMap { tables(in: $0.value) }
      if case .tests(let asked) = table.others {
        let values = asked.flatMap { SubjectKind.all(of: $0) }.map(\.values)
        let all = asked.contains(.event) ? values + [.member, .eventTime] : values
        waiting += all.map { .tests(of: $0) }
      }
    }
    return met.values.sorted { $0.name < $1.name }
  }()

  private static func tables(in value: ValueKind) -> [KeyTable] {
    switch value {
    case .mapping(let table): [table]
    case .condition(let asked): [.condition(on: asked)]
    case .list(let items, _): tables(in: items)
    case .entries(_, let values, _): tables(in: values)
    case .either(let kinds): kinds.flatMap { tables(in: $0) }
    default: []
    }
  }
}
