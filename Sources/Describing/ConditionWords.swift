import Definition
import Notation
import Vocabulary

/// Says what a condition asks, of whom it is asked being known.
struct ConditionWords {
  let definition: Definition

  func words(_ condition: Condition<EventSubject>) -> String { words(condition) { noun($0) } }

  func words(_ condition: Condition<LeadSubject>) -> String { words(condition) { noun($0) } }

  func words(_ condition: Condition<AccountSubject>) -> String { words(condition) { noun($0) } }

  private func words<Subject>(
    _ condition: Condition<Subject>, isInner: Bool = false, _ noun: (Subject) -> String
  ) -> String {
    switch condition {
    case .test(let subject, let predicate): return "the \(noun(subject)) \(words(predicate))"
    case .all(let parts):
      let text = parts.map { words($0, isInner: true, noun) }.joined(separator: " and ")
      return isInner ? "(\(text))" : text
    case .any(let parts):
      let text = parts.map { words($0, isInner: true, noun) }.joined(separator: " or ")
      return isInner ? "(\(text))" : text
    case .not(let part): return "not (\(words(part, noun)))"
    }
  }

  // MARK: subjects

  func noun(_ subject: EventSubject) -> String {
    switch subject {
    case .member(let name): name
    case .field(let name): "field \(name)"
    }
  }

  func noun(_ subject: LeadSubject) -> String { noun(name(of: subject, in: definition), of: .lead) }

  func noun(_ subject: AccountSubject) -> String {
    noun(name(of: subject, in: definition), of: .account)
  }

  /// What the table of subjects calls it.
  private func noun(_ written: String, of asked: Asked) -> String {
    let kindName = written.prefix { $0 != "." && $0 != "@" }
    guard let kind = SubjectKind.find(String(kindName), of: asked) else { return written }
    var part = written.dropFirst(kindName.count)
    var window = ""
    if kind.window != .never, let at = part.lastIndex(of: "@") {
      if let length = duration(String(part[at...].dropFirst())) {
        window = " in the last \(spoken(length))"
      }
      part = part[..<at]
    }
    return kind.meaning.replacingEllipsis(by: String(part.dropFirst())) + window
  }

  // MARK: predicates

  func words(_ predicate: Predicate) -> String {
    listed(predicate.parts.map(words))
  }

  private func words(_ part: Predicate.Part) -> String {
    switch part {
    case .oneOf(let patterns):
      let isLiteral = patterns.allSatisfy {
        if case .text(let glob) = $0 { glob.isLiteral } else { true }
      }
      return (isLiteral ? "is " : "is like ") + listed(patterns.map(words), "or")
    case .min(let bound): return "is at least \(shortestDecimal(bound))"
    case .max(let bound): return "is at most \(shortestDecimal(bound))"
    case .above(let bound): return "is above \(shortestDecimal(bound))"
    case .below(let bound): return "is below \(shortestDecimal(bound))"
    case .exists(let isKnown): return isKnown ? "is known" : "is not known"
    case .from(let bound): return "is \(bound.written) or later"
    case .before(let bound): return "is before \(bound.written)"
    case .ago(let lapse): return "lies \(words(lapse)) back"
    case .ahead(let lapse): return "lies \(words(lapse)) ahead"
    }
  }

  private func words(_ pattern: Predicate.Pattern) -> String {
    switch pattern {
    case .text(let glob): glob.pattern.isEmpty ? "empty" : glob.pattern
    case .number(let number): shortestDecimal(number)
    case .bool(let bool): "\(bool)"
    }
  }

  private func words(_ lapse: Lapse) -> String {
    listed(
      [
        lapse.min.map { "at least \(spoken($0))" }, lapse.max.map { "at most \(spoken($0))" },
      ].compactMap { $0 })
  }
}
