// "A mapping of tests, all of which must hold. Keys `any: [conditions]`, `all: [conditions]`,
// `not: condition` nest. A test is `subject: predicate`."
indirect enum Condition {
  case test(String, Predicate)
  case all([Condition])
  case any([Condition])
  case not(Condition)

  /// Reads a condition; `letters` gives the letters of a grade, the best first.
  init(_ yaml: Yaml, _ clock: Clock, letters: (String) -> [String] = { _ in [] }) throws {
    let tests = try yaml.pairs.map { key, value -> Condition in
      switch key {
      case "all": return .all(try value.items.map { try Condition($0, clock, letters: letters) })
      case "any": return .any(try value.items.map { try Condition($0, clock, letters: letters) })
      case "not": return .not(try Condition(value, clock, letters: letters))
      default:
        let grade = key.suffix(after: "grade.") ?? ""
        return .test(key, try Predicate(value, clock, letters: letters(grade)))
      }
    }
    self = .all(tests)
  }

  /// Whether the condition holds where `subject` gives the value of each subject, nil if absent.
  func holds(_ subject: (String) -> Scalar?) -> Bool {
    switch self {
    case .test(let name, let predicate): predicate.holds(subject(name))
    case .all(let conditions): conditions.allSatisfy { $0.holds(subject) }
    case .any(let conditions): conditions.contains { $0.holds(subject) }
    // "`not` only negates: around a test that an absent subject fails, it holds."
    case .not(let condition): !condition.holds(subject)
    }
  }
}

// "scalar = equals (strings as globs over the whole value); list = any of its members; mapping
// with `is` (scalar or list), `min` `max` (inclusive), `above` `below` (strict),
// `exists: true|false`, for grades `at_least: B`, several keys meaning all."
struct Predicate {
  enum Check {
    case isAny([Scalar])
    case min(Double)
    case max(Double)
    case above(Double)
    case below(Double)
    case exists(Bool)
    /// An instant, inclusive.
    case from(Int)
    /// An instant, exclusive.
    case before(Int)
    /// How long before the as-of, inclusive.
    case ago(min: Int?, max: Int?)
    case ahead(min: Int?, max: Int?)
  }

  var checks: [Check] = []
  private let clock: Clock

  init(_ yaml: Yaml, _ clock: Clock, letters: [String] = []) throws {
    self.clock = clock
    guard case .map(let pairs) = yaml else {
      checks = [.isAny(Predicate.scalars(yaml))]
      return
    }
    for (key, value) in pairs {
      if let check = Predicate.check(key, value, clock, letters: letters) { checks.append(check) }
    }
  }

  /// The check of one key of the mapping; nil for a key that is no part of a predicate.
  private static func check(
    _ key: String, _ value: Yaml, _ clock: Clock, letters: [String]
  ) -> Check? {
    switch key {
    case "is": return .isAny(scalars(value))
    case "min": return value.binary64.map { .min($0) }
    case "max": return value.binary64.map { .max($0) }
    case "above": return value.binary64.map { .above($0) }
    case "below": return value.binary64.map { .below($0) }
    case "exists":
      if case .bool(let wanted) = value { return .exists(wanted) }
      return nil
    case "from": return value.written.flatMap { clock.instant(Text($0)) }.map { .from($0) }
    case "before": return value.written.flatMap { clock.instant(Text($0)) }.map { .before($0) }
    case "ago": return .ago(min: value["min"]?.time, max: value["max"]?.time)
    case "ahead": return .ahead(min: value["min"]?.time, max: value["max"]?.time)
    case "at_least":
      let lowest = letters.firstIndex { $0 == value.written } ?? letters.count - 1
      return .isAny(letters.prefix(lowest + 1).map { .word($0) })
    default: return nil
    }
  }

  private static func scalars(_ yaml: Yaml) -> [Scalar] {
    if case .list(let items) = yaml { return items.compactMap(\.scalar) }
    return [yaml].compactMap(\.scalar)
  }

  func holds(_ value: Scalar?) -> Bool {
    checks.allSatisfy { holds($0, value) }
  }

  private func holds(_ check: Check, _ value: Scalar?) -> Bool {
    // "an absent subject, or one that is not a number where a number is asked for, fails every
    // predicate but `exists: false`."
    guard let value else {
      if case .exists(false) = check { return true }
      return false
    }
    switch check {
    case .isAny(let patterns): return patterns.contains { Predicate.equals($0, value) }
    case .min(let bound): return value.number.map { $0 >= bound } ?? false
    case .max(let bound): return value.number.map { $0 <= bound } ?? false
    case .above(let bound): return value.number.map { $0 > bound } ?? false
    case .below(let bound): return value.number.map { $0 < bound } ?? false
    case .exists(let wanted): return wanted
    case .from(let bound): return clock.instant(value).map { $0 >= bound } ?? false
    case .before(let bound): return clock.instant(value).map { $0 < bound } ?? false
    case .ago(let least, let most):
      return isWithin(clock.instant(value).map { clock.asOf - $0 }, least, most)
    case .ahead(let least, let most):
      return isWithin(clock.instant(value).map { $0 - clock.asOf }, least, most)
    }
  }

  // "`ago` fails for what lies after T, `ahead` for what lies before, T itself is 0 in both."
  private func isWithin(_ distance: Int?, _ least: Int?, _ most: Int?) -> Bool {
    guard let distance, distance >= 0 else { return false }
    return distance >= least ?? 0 && distance <= most ?? .max
  }

  private static func equals(_ wanted: Scalar, _ value: Scalar) -> Bool {
    switch wanted {
    // "Numbers compare as numbers, also when given as numeric strings"
    case .number(let number): return value.number == number
    case .decimal, .time: return false
    // "a number or boolean meets a text pattern by its text"
    case .text(let pattern): return glob(pattern, matches: value.text)
    // "a boolean predicate equals that boolean or its text"
    case .bool(let wanted):
      switch value {
      case .number, .decimal, .time: return false
      case .bool, .text: break
      }
      return glob(Text(wanted ? "true" : "false"), matches: value.text)
    }
  }
}
