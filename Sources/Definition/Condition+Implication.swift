import Notation

// What stands below something that always holds when it does can never be reached. These answers
// are sure when they are yes; a no only means that it cannot be seen from the text.

extension Condition {
  /// The one test that it is; what is put together from several is not looked at.
  ///
  /// Tiers in the wrong order are the mistake people make.
  var singleTest: (subject: Subject, predicate: Predicate)? {
    if case .test(let subject, let predicate) = self { (subject, predicate) } else { nil }
  }
}

extension Predicate.Part {
  /// Returns whether this certainly holds for every value for which a predicate does.
  ///
  /// `patterns`: those of this part, if it has any.
  func isImplied(by other: Predicate, _ patterns: PatternSet?) -> Bool {
    switch self {
    case .exists(true): return !other.parts.contains(.exists(false))
    case .exists(false): return other.parts.contains(.exists(false))
    case .oneOf:
      guard let patterns else { return false }
      return other.parts.contains { part in
        // Whatever is there at all matches a lone star.
        guard case .oneOf(let others) = part else {
          return part != .exists(false) && patterns.coversAll
        }
        return others.allSatisfy(patterns.covers)
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
