import Definition
import Files
import Notation

/// A test and how it came out, or a combination of such.
package struct Verdict: Encodable, Sendable {
  /// The test as a definition would have it, or `any`, `all`, `not`.
  package var test: String
  package var holds: Bool
  /// What the subject was; absent of a combination, and where there was nothing.
  package var value: String?
  package var parts: [Verdict]?
}

extension Verdict {
  /// Answers a condition test by test.
  ///
  /// `asOf`: what some tests count from. `name`: writes a subject down. `value`: what a subject is.
  init<Subject>(
    _ condition: Condition<Subject>, asOf: Milliseconds, name: (Subject) -> String,
    value: (Subject) -> Scalar?
  ) {
    func combination(_ word: String, _ parts: [Condition<Subject>]) -> Verdict {
      Verdict(
        test: word, holds: condition.holds(asOf: asOf, value), value: nil,
        parts: parts.map { Verdict($0, asOf: asOf, name: name, value: value) })
    }
    switch condition {
    case .all(let parts): self = combination("all", parts)
    case .any(let parts): self = combination("any", parts)
    case .not(let part): self = combination("not", [part])
    case .test(let subject, let predicate):
      let found = value(subject)
      self.init(
        test: "\(name(subject)): \(written(predicate))",
        holds: predicate.holds(for: found, asOf: asOf),
        value: found?.asText)
    }
  }

  /// The tests of a condition; what stands at its top level all must hold.
  static func list<Subject>(
    _ condition: Condition<Subject>?, asOf: Milliseconds, name: (Subject) -> String,
    value: (Subject) -> Scalar?
  ) -> [Verdict] {
    guard let condition else { return [] }
    if case .all(let parts) = condition {
      return parts.map { Verdict($0, asOf: asOf, name: name, value: value) }
    }
    return [Verdict(condition, asOf: asOf, name: name, value: value)]
  }
}

/// Writes a predicate as a definition would have it.
func written(_ predicate: Predicate) -> String {
  if predicate.parts.count == 1, case .oneOf(let patterns) = predicate.parts[0] {
    return written(patterns)
  }
  let parts = predicate.parts.map { part in
    switch part {
    case .oneOf(let patterns): "is: \(written(patterns))"
    case .min(let bound): "min: \(shortestDecimal(bound))"
    case .max(let bound): "max: \(shortestDecimal(bound))"
    case .above(let bound): "above: \(shortestDecimal(bound))"
    case .below(let bound): "below: \(shortestDecimal(bound))"
    case .exists(let exists): "exists: \(exists)"
    case .from(let bound): "from: \(bound.written)"
    case .before(let bound): "before: \(bound.written)"
    case .ago(let lapse): "ago: \(written(lapse))"
    case .ahead(let lapse): "ahead: \(written(lapse))"
    }
  }
  return "{ \(parts.joined(separator: ", ")) }"
}

private func written(_ lapse: Lapse) -> String {
  let bounds = [("min", lapse.min), ("max", lapse.max)].compactMap { key, bound in
    bound.map { "\(key): \(writtenDuration($0))" }
  }
  return "{ \(bounds.joined(separator: ", ")) }"
}

private func written(_ patterns: [Predicate.Pattern]) -> String {
  let texts = patterns.map { pattern in
    switch pattern {
    case .text(let glob): glob.pattern
    case .number(let number): shortestDecimal(number)
    case .bool(let bool): bool ? "true" : "false"
    }
  }
  return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
}
