import Notation
import Vocabulary

/// The entries of a mapping whose keys a table declares.
struct MappingReader {
  /// What it is, for messages: `a rule of score 'engagement'`.
  let what: String
  let place: Place
  let table: KeyTable
  private var entries: [String: YAMLNode.Entry] = [:]

  /// Reports unknown and missing keys; fails if the node is not a mapping.
  init?(
    _ node: YAMLNode, _ what: String, _ table: KeyTable, _ faults: FaultCollector
  ) {
    guard let all = node.mapping(what, faults) else { return nil }
    self.what = what
    self.table = table
    place = node.place
    let keys = table.names
    var unknown: [String] = []
    for entry in all {
      if keys.contains(entry.key) {
        entries[entry.key] = entry
      } else {
        if unknown.count < FaultCollector.toldMax { unknown.append(entry.key) }
        faults.report(
          entry.place, "unknown key '\(entry.key)' in \(what)",
          hint: hint(for: entry.key, among: keys, all: "keys here"))
      }
    }
    for key in table.required where entries[key] == nil {
      // A key that is there but misspelt is one mistake, not two.
      if unknown.contains(where: { nearest(to: $0, among: keys) == key }) { continue }
      faults.report(place, "missing key '\(key)' in \(what)")
    }
  }

  /// The value of a key.
  subscript(key: String) -> YAMLNode? { entries[key]?.value }

  /// The word that is the value of a key, reporting one that is not among the table's.
  func word(_ key: String, _ what: String, _ scope: Scope) -> String? {
    self[key].flatMap { scope.word($0, what, among: table.words(of: key)) }
  }

  /// Where a key stands.
  func place(of key: String) -> Place? { entries[key]?.place }
}
