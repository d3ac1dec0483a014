/// The entries of a mapping whose keys are fixed by the contract.
struct MappingReader {
  /// What it is, for messages: `a rule of score 'engagement'`.
  let what: String
  let place: Place
  private var entries: [String: YAMLNode.Entry] = [:]

  /// Reports unknown and missing keys; fails if the node is not a mapping.
  init?(
    _ node: YAMLNode, _ what: String, keys: [String], required: [String] = [],
    _ faults: FaultCollector
  ) {
    guard let all = node.mapping(what, faults) else { return nil }
    self.what = what
    place = node.place
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
    for key in required where entries[key] == nil {
      // A key that is there but misspelt is one mistake, not two.
      if unknown.contains(where: { nearest(to: $0, among: keys) == key }) { continue }
      faults.report(place, "missing key '\(key)' in \(what)")
    }
  }

  /// The value of a key.
  subscript(key: String) -> YAMLNode? { entries[key]?.value }

  /// Where a key stands.
  func place(of key: String) -> Place? { entries[key]?.place }
}
