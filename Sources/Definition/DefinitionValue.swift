/// A single value in a definition's text, and the path by which it can be set.
package struct DefinitionValue: Sendable, Equatable {
  /// As a `Setting` takes it.
  package var path: String
  /// As it is written.
  package var text: String
  package var kind: Kind
  /// Whether it says how the log is read, or who is who: setting it gathers the log anew.
  package var isReading: Bool

  package enum Kind: String, Sendable, Encodable {
    case number, duration, text, truth
  }
}

extension Definition {
  /// The values that stand in the definition, in the order of its text; names and examples are none.
  package var values: [DefinitionValue] {
    guard let root = parseYAML(text, FaultCollector(file: name)) else { return [] }
    var values: [DefinitionValue] = []
    root.visitValues([]) { path, node in
      guard let kind = node.valueKind, let section = path.first,
        !unsettable.contains(section), path.last != "name"
      else { return }
      let joined = path.joined(separator: ".")
      // A name with a dot in it may lead elsewhere.
      let found = NodePath(joined, in: root) { _ in false }
      guard found.rest.isEmpty, found.node.place == node.place else { return }
      values.append(
        DefinitionValue(
          path: joined, text: node.written, kind: kind, isReading: !judging.contains(section)))
    }
    return values
  }
}

private let unsettable: Set<String> = ["name", "examples", "journey", "version"]
private let judging: Set<String> = [
  "scores", "grades", "personas", "lists", "accounts", "exclude", "columns",
]

extension YAMLNode {
  fileprivate var valueKind: DefinitionValue.Kind? {
    switch value {
    case .number: .number
    case .bool: .truth
    case .text(let text): (try? parseDuration(text)) == nil ? .text : .duration
    default: nil
    }
  }

  fileprivate func visitValues(_ path: [String], _ visit: ([String], YAMLNode) -> Void) {
    switch value {
    case .mapping(let entries):
      for entry in entries { entry.value.visitValues(path + [entry.key], visit) }
    case .list(let items):
      for (name, item) in zip(childNames, items) { item.visitValues(path + [name], visit) }
    default: visit(path, self)
    }
  }
}
