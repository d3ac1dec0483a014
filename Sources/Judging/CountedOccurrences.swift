import Notation

/// The occurrences of the lead at hand that counted, by rule, taken down while a first definition judges it.
///
/// A second one that lets the same through adds up other points for them, and looks at no event again.
/// Bare memory, so that taking down costs nothing but storing: whoever makes it frees it.
struct CountedOccurrences: JudgingTrace {
  struct Occurrence: BitwiseCopyable {
    /// Its weight under the first definition.
    var factor: Double
    /// Its event, by its place in the lead's history.
    var event: Int32
    var rule: Int32
    /// The one of the same rule that was taken down before; -1 behind the last.
    var before: Int32
  }

  private var occurrences: UnsafeMutablePointer<Occurrence>
  private var count = 0
  private var capacity = 256
  /// By rule, the one taken down last.
  private let latest: UnsafeMutablePointer<Int32>
  private let ruleCount: Int
  /// The rules that were offered anything.
  private(set) var touched = RuleSketch()

  init(ruleCount: Int) {
    self.ruleCount = ruleCount
    occurrences = .allocate(capacity: capacity)
    latest = .allocate(capacity: max(1, ruleCount))
    latest.initialize(repeating: -1, count: max(1, ruleCount))
  }

  func deallocate() {
    occurrences.deallocate()
    latest.deallocate()
  }

  /// Forgets the lead before.
  @inline(__always)
  mutating func begin() {
    count = 0
    touched = RuleSketch()
    latest.update(repeating: -1, count: ruleCount)
  }

  @inline(__always)
  mutating func occurred(
    _ rule: Int, _ event: Int, _ passage: Passage, offered: Micropoints, _ points: Micropoints,
    factor: Double
  ) {
    touched.insert(rule)
    guard passage == .counted else { return }
    if count == capacity { grow() }
    (occurrences + count).initialize(
      to: Occurrence(
        factor: factor, event: Int32(truncatingIfNeeded: event),
        rule: Int32(truncatingIfNeeded: rule), before: latest[rule]))
    latest[rule] = Int32(truncatingIfNeeded: count)
    count &+= 1
  }

  /// In the order of events.
  package var all: UnsafeBufferPointer<Occurrence> {
    UnsafeBufferPointer(start: occurrences, count: count)
  }

  @inline(__always)
  func forEach(ofRule rule: Int, _ body: (Occurrence) -> Void) {
    var place = Int(latest[rule])
    while place >= 0 {
      body(occurrences[place])
      place = Int(occurrences[place].before)
    }
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Occurrence>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: occurrences, count: count)
    occurrences.deallocate()
    occurrences = larger
    capacity *= 2
  }

  @inline(__always) mutating func took(_ fact: Fact, from event: Int) {}
  @inline(__always) mutating func answered(isValid: Bool, at event: Int) {}
  @inline(__always)
  mutating func adjusted(_ score: Int, _ kind: Adjustment.Kind, by points: Int128) {}
}

/// A set of rules in one word; of more than 64 rules some look alike.
struct RuleSketch: BitwiseCopyable, Sendable {
  private var bits: UInt64 = 0

  @inline(__always)
  mutating func insert(_ rule: Int) { bits |= 1 &<< UInt64(truncatingIfNeeded: rule) }

  /// Whether no rule is in both; where false, some may be.
  @inline(__always)
  func isDisjoint(with other: RuleSketch) -> Bool { bits & other.bits == 0 }
}
