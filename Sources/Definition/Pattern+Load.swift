import Notation

extension Predicate {
  /// Returns the patterns of a scalar or a list of scalars, reporting those nothing can match.
  static func patterns(
    _ node: YAMLNode, of subject: String, _ values: SubjectValues, _ scope: Scope
  ) -> [Pattern]? {
    guard case .list(let items) = node.value else {
      return pattern(node, of: subject, values, scope).map { [$0] }
    }
    if items.isEmpty {
      scope.report(node.place, "nothing is in the list that '\(subject)' is compared to")
      return nil
    }
    let patterns = items.map { pattern($0, of: subject, values, scope) }
    let known = patterns.compactMap { $0 }
    return known.count == patterns.count ? known : nil
  }

  private static func pattern(
    _ node: YAMLNode, of subject: String, _ values: SubjectValues, _ scope: Scope
  ) -> Pattern? {
    let pattern: Pattern
    switch node.value {
    case .text(let text):
      guard let glob = scope.glob(text, at: node.place) else { return nil }
      pattern = .text(glob)
    case .bool(let bool): pattern = .bool(bool)
    case .number, .notFinite:
      guard let number = node.double("what '\(subject)' is compared to", scope.faults) else {
        return nil
      }
      pattern = .number(number)
    case .null:
      scope.report(
        node.place, "'\(subject)' is compared to nothing",
        hint: "to ask for what is absent, write { exists: false }")
      return nil
    case .list, .mapping, .unusable:
      return node.wrongKind("what '\(subject)' is compared to", "a scalar", scope.faults)
    }
    return canMatch(pattern, node, subject, values, scope) ? pattern : nil
  }

  private static func canMatch(
    _ pattern: Pattern, _ node: YAMLNode, _ subject: String, _ values: SubjectValues,
    _ scope: Scope
  ) -> Bool {
    switch values {
    case .anything, .member: return true
    case .times, .eventTime:
      scope.report(
        node.place, "'\(subject)' is a time and not compared as text", hint: Predicate.timeHint)
      return false
    case .numbers:
      switch pattern {
      case .number: return true
      case .text(let glob) where !glob.isLiteral || jsonNumber(glob.pattern) != nil: return true
      default:
        scope.report(
          node.place, "'\(subject)' is a number and never '\(node.written)'",
          hint: meantNumber(node.written).map { "write \($0)" }
            ?? "write a number, or bounds such as { min: 1 }")
        return false
      }
    case .names(let names, let kind, let owner):
      return isOneOf(names, kind, of: owner, pattern, node, scope)
    case .letters(let letters, let grade):
      return isOneOf(letters, "letter", of: grade, pattern, node, scope)
    }
  }

  private static func isOneOf(
    _ names: NameList, _ kind: String, of owner: String?, _ pattern: Pattern, _ node: YAMLNode,
    _ scope: Scope
  ) -> Bool {
    if names.hasMatch(of: pattern) { return true }
    if case .text(let glob) = pattern, !glob.isLiteral {
      let of = owner.map { " of \($0)" } ?? ""
      scope.report(node.place, "no \(kind)\(of) matches '\(node.written)'")
    } else {
      _ = scope.find(node.written, among: names, kind, of: owner, at: node.place)
    }
    return false
  }
}
