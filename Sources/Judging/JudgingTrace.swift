import Notation

/// What is told of a judgement while it is made.
///
/// There is one implementation of every rule, and it tells what it does to whoever listens: the fold
/// listens with `Untraced`, which costs nothing once it is specialised; `explain` with `LeadTrace`.
protocol JudgingTrace {
  /// A fact was taken from an event.
  mutating func took(_ fact: Fact, from event: Int)
  /// An answer was taken from an event, or left aside as none on the scale.
  mutating func answered(isValid: Bool, at event: Int)
  /// A rule was offered an occurrence.
  ///
  /// `offered`: what it was worth to the rule, before its weight. `points`: what it contributes; `factor`: its
  /// weight, to within the error of binary64. These two say nothing where it did not count.
  mutating func occurred(
    _ rule: Int, _ event: Int, _ passage: Passage, offered: Micropoints, _ points: Micropoints,
    factor: Double)
  /// Something else than an occurrence changed what a score comes to.
  mutating func adjusted(_ score: Int, _ kind: Adjustment.Kind, by points: Int128)
}

/// Listens to nothing.
struct Untraced: JudgingTrace {
  @inline(__always) mutating func took(_ fact: Fact, from event: Int) {}
  @inline(__always) mutating func answered(isValid: Bool, at event: Int) {}
  @inline(__always)
  mutating func occurred(
    _ rule: Int, _ event: Int, _ passage: Passage, offered: Micropoints, _ points: Micropoints,
    factor: Double
  ) {}
  @inline(__always)
  mutating func adjusted(_ score: Int, _ kind: Adjustment.Kind, by points: Int128) {}
}
