import Notation

extension Predicate {
  /// Returns why no value can pass all of these parts, or nil if one may.
  static func contradiction(in parts: [Part]) -> String? {
    if parts.contains(.exists(false)), parts.count > 1 {
      return "what is absent passes nothing but 'exists: false'"
    }
    let bounds = Bounds(parts)
    if let empty = bounds.whyEmpty { return empty }
    let times = TimeBounds(parts)
    if let empty = times.whyEmpty { return empty }
    if bounds.isBounded, times.isBounded { return "what is a number is no time" }
    for case .oneOf(let patterns) in parts where !patterns.contains(where: times.mayHold) {
      return "what it is compared to is not at such a time"
    }
    guard bounds.isBounded else { return nil }
    for case .oneOf(let patterns) in parts where !patterns.contains(where: bounds.mayHold) {
      return "what it is compared to is out of its bounds"
    }
    return nil
  }
}

/// The interval that a predicate's bounds leave.
struct Bounds {
  private var lower = -Double.infinity
  private var upper = Double.infinity
  private var lowerKey = ""
  private var upperKey = ""
  private var lowerIsStrict = false
  private var upperIsStrict = false

  init(_ parts: [Predicate.Part]) {
    for part in parts {
      switch part {
      case .min(let bound): raise(to: bound, "min", isStrict: false)
      case .above(let bound): raise(to: bound, "above", isStrict: true)
      case .max(let bound): reduce(to: bound, "max", isStrict: false)
      case .below(let bound): reduce(to: bound, "below", isStrict: true)
      case .oneOf, .exists, .from, .before, .ago, .ahead: break
      }
    }
  }

  private mutating func raise(to bound: Double, _ key: String, isStrict: Bool) {
    guard bound > lower || bound == lower && isStrict else { return }
    (lower, lowerKey, lowerIsStrict) = (bound, key, isStrict)
  }

  private mutating func reduce(to bound: Double, _ key: String, isStrict: Bool) {
    guard bound < upper || bound == upper && isStrict else { return }
    (upper, upperKey, upperIsStrict) = (bound, key, isStrict)
  }

  var isBounded: Bool { lower > -.infinity || upper < .infinity }

  var whyEmpty: String? {
    guard lower > upper || lower == upper && (lowerIsStrict || upperIsStrict) else { return nil }
    return "\(lowerKey) \(shortestDecimal(lower)) and \(upperKey) \(shortestDecimal(upper))"
  }

  func contains(_ number: Double) -> Bool {
    (lowerIsStrict ? number > lower : number >= lower)
      && (upperIsStrict ? number < upper : number <= upper)
  }

  /// Whether a value may match a pattern and be within the bounds.
  func mayHold(_ pattern: Predicate.Pattern) -> Bool {
    switch pattern {
    case .number(let number): contains(number)
    case .bool: false
    case .text(let glob): glob.isLiteral ? jsonNumber(glob.pattern).map(contains) ?? false : true
    }
  }

  /// Whether every number within the other bounds is within these.
  package func covers(_ other: Bounds) -> Bool {
    let low = other.lower > lower || other.lower == lower && (!lowerIsStrict || other.lowerIsStrict)
    let high =
      other.upper < upper || other.upper == upper && (!upperIsStrict || other.upperIsStrict)
    return low && high
  }
}
