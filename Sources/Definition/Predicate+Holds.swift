import Notation

extension Predicate {
  /// Returns whether a value is what is asked for; nil is an absent value.
  ///
  /// `asOf`: what is asked of leads and accounts may count from it.
  package func holds(for value: Scalar?, asOf: Milliseconds? = nil) -> Bool {
    for part in parts where !part.holds(for: value, asOf: asOf) { return false }
    return true
  }

  /// The parts that count from the as-of, or those that do not; nil where there are none.
  package func parts(countingFromAsOf counts: Bool) -> Predicate? {
    let chosen = parts.filter { $0.countsFromAsOf == counts }
    return chosen.isEmpty ? nil : Predicate(chosen)
  }
}

extension Predicate.Part {
  /// Returns whether a value passes this part alone.
  package func holds(for value: Scalar?, asOf: Milliseconds?) -> Bool {
    switch self {
    case .exists(let expected): return (value != nil) == expected
    case .oneOf(let patterns):
      guard let value else { return false }
      for pattern in patterns where pattern.matches(value) { return true }
      return false
    case .min(let bound): return value?.asNumber.map { $0 >= bound } ?? false
    case .max(let bound): return value?.asNumber.map { $0 <= bound } ?? false
    case .above(let bound): return value?.asNumber.map { $0 > bound } ?? false
    case .below(let bound): return value?.asNumber.map { $0 < bound } ?? false
    case .from(let bound):
      return bound.clock.instant(value).map { $0 >= bound.instant } ?? false
    case .before(let bound):
      return bound.clock.instant(value).map { $0 < bound.instant } ?? false
    case .ago(let lapse): return lapse.holds(for: value, asOf) { asOf, instant in asOf - instant }
    case .ahead(let lapse): return lapse.holds(for: value, asOf) { asOf, instant in instant - asOf }
    }
  }
}

extension Lapse {
  fileprivate func holds(
    for value: Scalar?, _ asOf: Milliseconds?,
    _ lapse: (_ asOf: Milliseconds, _ instant: Milliseconds) -> Milliseconds
  ) -> Bool {
    guard let asOf else { preconditionFailure("what counts from an as-of is asked as of a time") }
    return clock.instant(value).map { range.contains(lapse(asOf, $0)) } ?? false
  }
}

extension Predicate.Pattern {
  /// Returns whether a present value equals the pattern.
  package func matches(_ value: Scalar) -> Bool {
    switch (self, value) {
    case (.text(let glob), .text(let text)): return glob.matches(text)
    case (.text(let glob), _): return glob.matches(value.asText)
    case (.number(let number), _): return value.asNumber == number
    case (.bool(let expected), .bool(let bool)): return bool == expected
    case (.bool(let expected), .text(let text)):
      return (expected ? Predicate.Pattern.yes : Predicate.Pattern.no).matches(text)
    case (.bool, .number): return false
    }
  }

  static let yes = Glob("true")
  static let no = Glob("false")
}

extension Scalar {
  /// The number it is or spells; nil for a boolean and for any other text.
  package var asNumber: Double? {
    switch self {
    case .number(let number): number
    case .text(let text): jsonNumber(text)
    case .bool: nil
    }
  }

  /// Its text: a number's is the shortest decimal that reads back the same.
  package var asText: String {
    switch self {
    case .text(let text): text
    case .number(let number): shortestDecimal(number)
    case .bool(let bool): bool ? "true" : "false"
    }
  }
}
