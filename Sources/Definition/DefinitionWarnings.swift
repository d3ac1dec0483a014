import Vocabulary

/// Looks through a definition for what is legal and surely not meant.
///
/// It follows the tables of keys, so what is declared there is looked at wherever it stands.
struct WarningWalk {
  private let found: FaultCollector
  /// Whether slashes at the end of a path are gone before it is tested.
  let dropsTrailingSlash: Bool
  private let keysAreAddresses: Bool

  /// Returns what it finds in a definition without mistakes.
  static func warnings(_ root: YAMLNode, _ reading: ReadingRules, file: String) -> [DefinitionFault]
  {
    let walk = WarningWalk(
      found: FaultCollector(file: file), dropsTrailingSlash: reading.paths.dropsTrailingSlash,
      keysAreAddresses: reading.leadKeys == .email)
    walk.look(at: root, .mapping(.definition))
    return walk.found.found.first
  }

  func warn(_ place: Place, _ message: String, write hint: String) {
    found.report(place, message, hint: hint)
  }

  private func look(at node: YAMLNode, _ kind: ValueKind) {
    switch (kind, node.value) {
    case (.mapping(let table), .mapping(let entries)): look(at: entries, of: node, table)
    case (.condition(let asked), .mapping(let entries)):
      look(at: entries, of: node, .condition(on: asked))
    case (.list(let item, _), .list(let items)): for each in items { look(at: each, item) }
    case (.entries(_, let value, _), .mapping(let entries)):
      for entry in entries { look(at: entry.value, value) }
    case (.either(let kinds), _): for kind in kinds { look(at: node, kind) }
    case (.patterns(let values), .list(let items)):
      for item in items { look(at: item, .patterns(values)) }
    case (.patterns(.any), _), (.patterns(.member), _): lookAtPattern(node)
    default: break
    }
  }

  private func look(at entries: [YAMLNode.Entry], of node: YAMLNode, _ table: KeyTable) {
    for entry in entries {
      if let key = table[entry.key] {
        look(at: entry.value, key.value)
      } else if case .tests(let asked) = table.others {
        look(atTest: entry, of: asked)
      }
    }
    switch table.name {
    case KeyTable.definition.name:
      for entry in node["interactions"]?.entries ?? [] {
        lookAtOccurrence(entry.value, "interaction '\(entry.key)'")
      }
      if let ignore = node["ignore"] { lookAtPaths(ignore) }
    case KeyTable.nps.name: lookAtQuestion(node)
    case KeyTable.identity.name: lookAtNever(node["never"])
    default: break
    }
  }

  private func look(atTest entry: YAMLNode.Entry, of asked: [Asked]) {
    let values: ComparedValues
    if asked == [.event] {
      if entry.key == "time" { return }
      lookAtMember(entry)
      values = .member
    } else {
      lookAtAttribute(entry)
      let kind = entry.key.prefix { $0 != "." && $0 != "@" }
      values =
        asked.lazy.compactMap { SubjectKind.find(String(kind), of: $0) }.first?.values ?? .name
    }
    guard case .mapping = entry.value.value else { return look(at: entry.value, .patterns(values)) }
    look(at: entry.value, .mapping(.tests(of: values)))
  }

  /// A subject of leads would be taken for a member of that name.
  private func lookAtMember(_ entry: YAMLNode.Entry) {
    let dot = entry.key.firstIndex(of: ".")
    let window = entry.key.lastIndex(of: "@").map { duration(String(entry.key[$0...].dropFirst())) }
    guard let end = dot ?? entry.key.lastIndex(of: "@"),
      let kind = SubjectKind.find(String(entry.key[..<end]), of: .lead)
    else { return }
    let isSubject =
      kind.part == nil
      ? dot == nil && kind.window != .never && window.flatMap { $0 } != nil
      : dot.map { entry.key.index(after: $0) < entry.key.endIndex } ?? false
    guard isSubject else { return }
    let name = dot.map { entry.key[entry.key.index(after: $0)...] } ?? ""
    warn(
      entry.place,
      "'\(entry.key)' is a subject of leads; of an event it is a member of that name, which none has",
      write: kind.name == "attribute"
        ? "write fields.\(name) for what the event tells"
        : "ask it of leads: in bonuses, personas, lists or exclude")
  }

  private func lookAtAttribute(_ entry: YAMLNode.Entry) {
    guard entry.key.hasPrefix("attribute.fields.") else { return }
    warn(
      entry.place,
      "'\(entry.key)' is an attribute named 'fields.…', but attributes are what stands inside fields",
      write: "write attribute.\(entry.key.dropFirst("attribute.fields.".count))")
  }

  private func lookAtQuestion(_ nps: YAMLNode) {
    if let answers = nps["answers"] { lookAtOccurrence(answers, "'answers' of 'nps'") }
    if let value = nps["value"], case .text(let name) = value.value, !name.hasPrefix("fields.") {
      warn(
        value.place, "'value' of 'nps' is the event's own member '\(name)'",
        write: "what was filled in stands in its fields: write fields.\(name)")
    }
  }

  /// What an event must be to count.
  private func lookAtOccurrence(_ node: YAMLNode, _ what: String) {
    lookAtPaths(node)
    if asksForType(node) { return }
    warn(
      node.place, "\(what) asks for no 'type', so events of every type can be one",
      write: "write type: page_view or another, or type: \"*\" if all are meant")
  }

  /// Whether a type is asked for anywhere in a condition.
  private func asksForType(_ node: YAMLNode) -> Bool {
    node.entries.contains { entry in
      switch entry.key {
      case "type": true
      case "any", "all": entry.value.items.contains(where: asksForType)
      case "not": asksForType(entry.value)
      default: false
      }
    }
  }

  private func lookAtNever(_ node: YAMLNode?) {
    guard keysAreAddresses else { return }
    for item in node?.items ?? [] {
      guard case .text(let pattern) = item.value, let at = pattern.lastIndex(of: "@"),
        let plus = pattern.firstIndex(of: "+"), plus < at, plus > pattern.startIndex
      else { continue }
      let read = "\(pattern[..<plus])\(pattern[at...])"
      warn(
        item.place,
        "'\(pattern)' is read as '\(read)': with 'keys: { leads: email }' no key has a '+' before its '@'",
        write: "write \(read) if all of those are meant, else leave it out")
    }
  }
}
