import Definition

extension ReadingPlan {
  /// A text that two plans have in common exactly where they read every log alike: what sheets are
  /// named by, with the segment's own digest.
  package var fingerprint: String {
    var lines = ["sheet \(SheetFormat.version)"]
    lines += interactions.map { "interaction \(text($0))" }
    if let answers { lines.append("answers \(text(answers))") }
    if let answerValue { lines.append("answer \(text(answerValue))") }
    lines += attributes.map { "attribute \(quoted($0))" }
    lines += comparedProperties.map { "once \(text($0))" }
    lines += valueProperties.map { "value \(text($0))" }
    lines += touches.map { "touch \($0.interaction) \(text($0.property))" }
    lines += rules.fingerprint
    return lines.joined(separator: "\n")
  }
}

extension ReadingPlan {
  /// Whether another plan sees the same keys of leads in every log.
  package func seesSameLeads(as other: ReadingPlan) -> Bool {
    rules.leadsFingerprint == other.rules.leadsFingerprint
  }
}

extension ReadingRules {
  /// What decides which keys of leads there are.
  fileprivate var leadsFingerprint: [String] {
    var lines = ignore.map { "ignore \(text($0.condition))" }
    if leadKeys != .exact { lines.append("keys of leads \(leadKeys.rawValue)") }
    // What a path is, or whether a value is there, decides what is ignored.
    return lines + (ignore.isEmpty ? [] : valuesFingerprint)
  }

  /// Nothing of what reads events as they are written.
  fileprivate var fingerprint: [String] {
    var lines = ignore.map { "ignore \(text($0.condition))" }
    if leadKeys != .exact { lines.append("keys of leads \(leadKeys.rawValue)") }
    if accountKeys != .exact { lines.append("keys of accounts \(accountKeys.rawValue)") }
    return lines + valuesFingerprint
  }

  private var valuesFingerprint: [String] {
    var lines: [String] = []
    if paths.dropsTrailingSlash { lines.append("paths without trailing slashes") }
    if paths.foldsCase { lines.append("paths folded") }
    if ignoresBlanks { lines.append("without blanks") }
    return lines
  }
}

private func text(_ condition: Condition<EventSubject>) -> String {
  switch condition {
  case .all(let parts): "all(\(parts.map(text).joined(separator: " ")))"
  case .any(let parts): "any(\(parts.map(text).joined(separator: " ")))"
  case .not(let part): "not(\(text(part)))"
  case .test(let subject, let predicate):
    "\(text(subject))[\(predicate.parts.map(text).joined(separator: " "))]"
  }
}

private func text(_ subject: EventSubject) -> String {
  switch subject {
  case .member(let name): "member \(quoted(name))"
  case .field(let name): "field \(quoted(name))"
  }
}

private func text(_ part: Predicate.Part) -> String {
  switch part {
  case .oneOf(let patterns): "is(\(patterns.map(text).joined(separator: " ")))"
  case .min(let bound): "min \(bound.bitPattern)"
  case .max(let bound): "max \(bound.bitPattern)"
  case .above(let bound): "above \(bound.bitPattern)"
  case .below(let bound): "below \(bound.bitPattern)"
  case .exists(let exists): "exists \(exists)"
  case .from(let bound): "from \(bound.instant) \(quoted(bound.clock.timezone))"
  case .before(let bound): "before \(bound.instant) \(quoted(bound.clock.timezone))"
  case .ago, .ahead: preconditionFailure("no event is asked what counts from an as-of")
  }
}

private func text(_ pattern: Predicate.Pattern) -> String {
  switch pattern {
  case .text(let glob): "text \(quoted(glob.pattern))"
  case .number(let number): "number \(number.bitPattern)"
  case .bool(let bool): "bool \(bool)"
  }
}

/// A name with its length, so that no name can look like two.
private func quoted(_ name: String) -> String { "\(name.utf8.count):\(name)" }
