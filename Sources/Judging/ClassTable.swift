import Definition

/// The distinct classes of a run's events, with what judging asks of them laid out flat.
package final class ClassTable: Sendable {
  package let classes: [EventClass]
  /// The kind of each.
  package let kinds: [EventKind]
  /// Equal for classes that are no conflict: the same interactions, the same kind.
  private let identities: [Int]
  /// Whether events of it are of no special type, no occurrence and no answer.
  private let isUnmatched: [Bool]
  private let hasUnmatched: Bool

  package init(_ classes: [EventClass]) {
    self.classes = classes
    kinds = classes.map(\.kind)
    isUnmatched = classes.map { $0.kind == .ordinary && !$0.isActivity && !$0.isAnswer }
    hasUnmatched = isUnmatched.contains(true)
    var numbers: [EventClass: Int] = [:]
    identities = classes.map { eventClass in
      let identity = EventClass(kind: eventClass.kind, interactions: eventClass.interactions)
      let number = numbers[identity] ?? numbers.count
      numbers[identity] = number
      return number
    }
  }

  /// Whether an event of one class may repeat one of another without contradicting it.
  @inline(__always)
  func agree(_ a: UInt32, _ b: UInt32) -> Bool {
    identities[Int(a)] == identities[Int(b)]
  }

  /// How many of these events nothing is made of.
  func unmatchedCount(_ events: UnsafeBufferPointer<HistoryEvent>) -> Int {
    guard hasUnmatched else { return 0 }
    return events.reduce(0) { isUnmatched[Int($1.eventClass)] ? $0 + 1 : $0 }
  }
}
