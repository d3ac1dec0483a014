import Notation

/// A value in a definition, with its place; scalars are resolved by the YAML 1.2 core schema.
struct YAMLNode {
  var value: Value
  var place: Place
  /// A scalar as it reads in the file, without quotes.
  var written: String

  enum Value {
    case null
    case bool(Bool)
    /// As a JSON number: `+007` is `7`, `0x1F` is `31`, `.5` is `0.5`.
    case number(String)
    /// Infinite, or not a number.
    case notFinite
    case text(String)
    case list([YAMLNode])
    case mapping([Entry])
    /// Reported already; whoever meets it says nothing more.
    case unusable
  }

  struct Entry {
    var key: String
    var place: Place
    var value: YAMLNode
  }

  init(_ value: Value, at place: Place, written: String = "") {
    self.value = value
    self.place = place
    self.written = written
  }

  /// What it is, for messages.
  var kind: String {
    switch value {
    case .null: "nothing"
    case .bool: "a boolean"
    case .number, .notFinite: "a number"
    case .text: "text"
    case .list: "a list"
    case .mapping: "a mapping"
    case .unusable: "unusable"
    }
  }

  var isUnusable: Bool {
    if case .unusable = value { true } else { false }
  }

  /// How it could be written on one line, for messages.
  var inOneLine: String {
    switch value {
    case .list(let items): "[\(items.map(\.inOneLine).joined(separator: ", "))]"
    case .mapping(let entries):
      entries.isEmpty
        ? "{}"
        : "{ \(entries.map { "\($0.key): \($0.value.inOneLine)" }.joined(separator: ", ")) }"
    default: written
    }
  }
}

// Each of these reports what is there instead, and answers nil.
extension YAMLNode {
  func text(_ what: String, _ faults: FaultCollector) -> String? {
    switch value {
    case .text(let text): return text
    case .number, .notFinite, .bool:
      faults.report(
        place, "\(what) must be text, not \(kind)", hint: "write it in quotes: '\(written)'")
      return nil
    default: return wrongKind(what, "text", faults)
    }
  }

  func list(_ what: String, _ faults: FaultCollector) -> [YAMLNode]? {
    if case .list(let items) = value { return items }
    return wrongKind(what, "a list", faults)
  }

  func mapping(_ what: String, _ faults: FaultCollector) -> [Entry]? {
    if case .mapping(let entries) = value { return realEntries(entries, faults) }
    return wrongKind(what, "a mapping", faults)
  }

  func bool(_ what: String, _ faults: FaultCollector) -> Bool? {
    if case .bool(let bool) = value { return bool }
    if case .text(let text) = value {
      faults.report(
        place, "\(what) must be true or false, not '\(text)'", hint: booleanHint(text))
      return nil
    }
    return wrongKind(what, "true or false", faults)
  }

  /// Returns what other spellings of a boolean mean; only two are booleans here.
  private func booleanHint(_ text: String) -> String? {
    switch text.lowercased() {
    case "yes", "on", "true": "write true"
    case "no", "off", "false": "write false"
    default: nil
    }
  }

  /// The nearest binary64 of a number within its range.
  func double(_ what: String, _ faults: FaultCollector) -> Double? {
    switch value {
    case .number(let text):
      if let number = jsonNumber(text) { return number }
      faults.report(place, "\(what) is out of range: \(written)")
      return nil
    case .notFinite:
      faults.report(place, "\(what) must be a finite number, not \(written)")
      return nil
    default: return wrongKind(what, "a number", faults)
    }
  }

  func wrongKind<Wanted>(_ what: String, _ wanted: String, _ faults: FaultCollector) -> Wanted? {
    if !isUnusable {
      faults.report(place, "\(what) must be \(wanted), not \(kind)", hint: hint(wanting: wanted))
    }
    return nil
  }
}
