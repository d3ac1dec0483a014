import Definition

/// The distinct classes of a run's events, with what judging asks of them laid out flat.
package final class ClassTable: Sendable {
  package let classes: [EventClass]
  /// The kind of each.
  package let kinds: [EventKind]
  /// Equal for classes that are no conflict: the same interactions, the same kind.
  private let identities: [Int]

  package init(_ classes: [EventClass]) {
    self.classes = classes
    kinds = classes.map(\.kind)
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
}
