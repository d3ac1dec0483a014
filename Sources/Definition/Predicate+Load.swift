import Notation
import Vocabulary

extension Predicate {
  /// The keys of a predicate written as a mapping.
  static let keys = KeyTable.tests(of: .member).names
  /// Those that count from the as-of, for subjects of leads and accounts.
  static let keysFromAsOf = ["ago", "ahead"]

  /// Returns what a scalar, a list or a mapping asks of a subject, reporting what cannot be.
  static func load(
    _ node: YAMLNode, of subject: String, _ values: SubjectValues, _ scope: Scope
  ) -> Predicate? {
    guard case .mapping(let entries) = node.value else {
      return patterns(node, of: subject, values, scope).map { Predicate([.oneOf($0)]) }
    }
    if entries.isEmpty {
      scope.report(
        node.place, "'\(subject)' is not asked anything",
        hint: "to ask whether it is known, write { exists: true }")
      return nil
    }
    let keys = keys + values.moreKeys
    for entry in entries where !keys.contains(entry.key) {
      if entry.key == "at_least" {
        scope.report(entry.place, "'at_least' is for grades, not for '\(subject)'")
      } else if keysFromAsOf.contains(entry.key) {
        scope.report(
          entry.place, "'\(entry.key)' is for leads and accounts, not for '\(subject)' of an event",
          hint: "an event is the same as of any time; write from or before")
      } else {
        scope.report(
          entry.place, "unknown key '\(entry.key)' in a test of '\(subject)'",
          hint: meantBound(entry.key).map { "did you mean '\($0)'?" }
            ?? hint(for: entry.key, among: keys, all: "keys here"))
      }
    }
    return load(
      entries.filter { keys.contains($0.key) }, at: node.place, of: subject, values, scope)
  }

  /// Returns what the entries of a mapping ask together; some of its other keys may be read
  /// elsewhere.
  static func load(
    _ entries: [YAMLNode.Entry], at place: Place, of subject: String, _ values: SubjectValues,
    _ scope: Scope
  ) -> Predicate? {
    let parts = entries.map { part($0, of: subject, values, scope) }
    let known = parts.compactMap { $0 }
    guard known.count == parts.count, !known.isEmpty else { return nil }
    if let contradiction = contradiction(in: known) {
      scope.report(place, "nothing can meet this test of '\(subject)': \(contradiction)")
      return nil
    }
    return Predicate(known)
  }

  private static func part(
    _ entry: YAMLNode.Entry, of subject: String, _ values: SubjectValues, _ scope: Scope
  ) -> Part? {
    let node = entry.value
    switch entry.key {
    case "is": return patterns(node, of: subject, values, scope).map { .oneOf($0) }
    case "exists": return node.bool("'exists'", scope.faults).map { .exists($0) }
    case "at_least": return letters(from: node, values, scope).map { .oneOf($0) }
    case "from", "before", "ago", "ahead": return timePart(entry, of: subject, values, scope)
    default: break
    }
    switch values {
    case .anything, .member, .numbers: break
    case .names:
      scope.report(
        entry.place, "'\(entry.key)' asks for a number, but '\(subject)' is a name")
      return nil
    case .letters:
      scope.report(
        entry.place, "'\(entry.key)' asks for a number, but '\(subject)' is a letter",
        hint: "write at_least: LETTER")
      return nil
    case .times, .eventTime:
      scope.report(
        entry.place, "'\(entry.key)' asks for a number, but '\(subject)' is a time",
        hint: timeHint)
      return nil
    }
    guard let bound = node.double("'\(entry.key)'", scope.faults) else { return nil }
    switch entry.key {
    case "min": return .min(bound)
    case "max": return .max(bound)
    case "above": return .above(bound)
    default: return .below(bound)
    }
  }

  /// Returns the letters from one up.
  private static func letters(
    from node: YAMLNode, _ values: SubjectValues, _ scope: Scope
  ) -> [Pattern]? {
    guard case .letters(let letters, let grade) = values else { return nil }
    switch node.value {
    case .null, .list, .mapping, .unusable, .notFinite:
      return node.wrongKind("'at_least'", "a letter", scope.faults)
    default: break
    }
    guard
      let index = letters.firstIndex(ignoringCaseOf: node.written)
        ?? scope.find(node.written, among: letters, "letter", of: grade, at: node.place)
    else { return nil }
    return letters.all[...index].map { .text(Glob($0)) }
  }
}
