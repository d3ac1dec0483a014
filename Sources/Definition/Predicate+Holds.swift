import Notation

extension Predicate {
  /// Returns whether a value is what is asked for; nil is an absent value.
  package func holds(for value: Scalar?) -> Bool {
    for part in parts where !part.holds(for: value) { return false }
    return true
  }
}

extension Predicate.Part {
  /// Returns whether a value passes this part alone.
  package func holds(for value: Scalar?) -> Bool {
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
    }
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
