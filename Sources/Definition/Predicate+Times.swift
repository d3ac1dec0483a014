import Notation
import Vocabulary

extension Predicate {
  static let timeHint = "write bounds such as { from: 2026-03-01, before: 2026-04-01 }"

  /// Returns what one of `from`, `before`, `ago` and `ahead` asks of a subject.
  static func timePart(
    _ entry: YAMLNode.Entry, of subject: String, _ values: SubjectValues, _ scope: Scope
  ) -> Part? {
    let kind: String
    switch values {
    case .anything, .member, .times, .eventTime:
      return switch entry.key {
      case "from": TimeBound.load(entry, scope).map { .from($0) }
      case "before": TimeBound.load(entry, scope).map { .before($0) }
      case "ago": Lapse.load(entry, scope).map { .ago($0) }
      default: Lapse.load(entry, scope).map { .ahead($0) }
      }
    case .numbers: kind = "number"
    case .names: kind = "name"
    case .letters: kind = "letter"
    }
    scope.report(entry.place, "'\(entry.key)' asks for a time, but '\(subject)' is a \(kind)")
    return nil
  }
}

extension TimeBound {
  fileprivate static func load(_ entry: YAMLNode.Entry, _ scope: Scope) -> TimeBound? {
    guard let text = entry.value.text("'\(entry.key)'", scope.faults) else { return nil }
    let clock = scope.names.clock
    if let instant = clock.instant(text) {
      return TimeBound(instant: instant, clock: clock, written: text)
    }
    scope.report(
      entry.value.place, "'\(entry.key)' is no date and no time: '\(text)'",
      hint: "such as 2026-03-01, 2026-03-01 09:30 or 2026-03-01T09:30:00Z")
    return nil
  }
}

extension Lapse {
  fileprivate static func load(_ entry: YAMLNode.Entry, _ scope: Scope) -> Lapse? {
    let what = "'\(entry.key)'"
    guard let fields = MappingReader(entry.value, what, .lapse, scope.faults) else {
      return nil
    }
    let (least, most) = (fields["min"], fields["max"])
    if least == nil, most == nil {
      scope.report(
        entry.value.place, "\(what) has neither 'min' nor 'max'",
        hint: "such as { max: 60d }")
      return nil
    }
    let min = least?.duration("'min' of \(what)", scope.faults)
    let max = most?.duration("'max' of \(what)", scope.faults)
    guard (min == nil) == (least == nil), (max == nil) == (most == nil) else { return nil }
    return Lapse(min: min, max: max, clock: scope.names.clock)
  }
}
