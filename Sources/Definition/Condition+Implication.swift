import Notation

// What stands below something that always holds when it does can never be reached. These answers
// are sure when they are yes; a no only means that it cannot be seen from the text.

extension Condition {
  /// Returns whether this certainly holds wherever another condition does.
  ///
  /// Single tests only: tiers in the wrong order are the mistake people make.
  func isImplied(by other: Condition) -> Bool {
    guard case .test(let subject, let predicate) = self,
      case .test(let otherSubject, let otherPredicate) = other
    else { return false }
    return subject == otherSubject && predicate.isImplied(by: otherPredicate)
  }
}

extension Predicate {
  /// Returns whether this certainly holds for every value for which another does.
  func isImplied(by other: Predicate) -> Bool {
    parts.allSatisfy { $0.isImplied(by: other) }
  }
}

extension Predicate.Part {
  fileprivate func isImplied(by other: Predicate) -> Bool {
    switch self {
    case .exists(true): return !other.parts.contains(.exists(false))
    case .exists(false): return other.parts.contains(.exists(false))
    case .oneOf(let patterns):
      return other.parts.contains { part in
        guard case .oneOf(let others) = part else {
          // Whatever is there at all matches a lone star.
          return part != .exists(false) && patterns.contains(.text(Glob("*")))
        }
        return others.allSatisfy { other in patterns.contains { $0.isImplied(by: other) } }
      }
    case .from, .before, .ago, .ahead:
      return other.parts.contains { isImplied(byTime: $0) }
    case .min, .max, .above, .below:
      let bounds = Bounds([self])
      let otherBounds = Bounds(other.parts)
      if otherBounds.isBounded, bounds.covers(otherBounds) { return true }
      return other.parts.contains { part in
        guard case .oneOf(let others) = part else { return false }
        return others.allSatisfy { pattern in
          if case .number(let number) = pattern { bounds.contains(number) } else { false }
        }
      }
    }
  }
}

extension Predicate.Part {
  /// Of parts that ask for times.
  private func isImplied(byTime other: Predicate.Part) -> Bool {
    switch (self, other) {
    case (.from(let bound), .from(let other)):
      bound.clock == other.clock && bound.instant <= other.instant
    case (.before(let bound), .before(let other)):
      bound.clock == other.clock && bound.instant >= other.instant
    case (.ago(let lapse), .ago(let other)), (.ahead(let lapse), .ahead(let other)):
      lapse.clock == other.clock && lapse.range.lowerBound <= other.range.lowerBound
        && lapse.range.upperBound >= other.range.upperBound
    default: false
    }
  }
}

extension Predicate.Pattern {
  fileprivate func isImplied(by other: Predicate.Pattern) -> Bool {
    switch (self, other) {
    case (.text(let glob), .text(let other)):
      return glob == other || Glob.literal(glob.pattern, equals: other.pattern)
        || (other.isLiteral && glob.matches(other.pattern))
    case (.text(let glob), .bool(let bool)): return glob.matches(bool ? "true" : "false")
    case (.text(let glob), .number): return glob.pattern == "*"
    case (.number, .text(let other)):
      guard other.isLiteral, let number = jsonNumber(other.pattern) else { return false }
      return matches(.number(number))
    default: return self == other
    }
  }
}
