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
