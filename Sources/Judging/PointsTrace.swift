import Notation

/// What a lead's scores are made of, taken down while it is judged: the contributions that counted, and what
/// else changed a sum.
///
/// Of a full `LeadTrace` only what is compared when everybody is judged several times over.
package struct PointsTrace: JudgingTrace, Sendable {
  /// In the order of events, of one event in the order of rules.
  package private(set) var contributions: [Contribution] = []
  /// In the order in which they apply.
  package private(set) var adjustments: [Adjustment] = []

  package init() {}

  mutating func begin() {
    contributions.removeAll(keepingCapacity: true)
    adjustments.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  mutating func occurred(
    _ rule: Int, _ event: Int, _ passage: Passage, _ points: Micropoints, factor: Double
  ) {
    guard passage == .counted else { return }
    contributions.append(
      Contribution(
        event: Int32(truncatingIfNeeded: event), rule: Int32(truncatingIfNeeded: rule),
        passage: passage, points: points))
  }

  @inline(__always)
  mutating func adjusted(_ score: Int, _ kind: Adjustment.Kind, by points: Int128) {
    if points != 0 { adjustments.append(Adjustment(score: score, kind: kind, points: points)) }
  }

  @inline(__always) mutating func took(_ fact: Fact, from event: Int) {}
  @inline(__always) mutating func answered(isValid: Bool, at event: Int) {}
}
