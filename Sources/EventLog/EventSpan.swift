/// What the events of a segment span; the time is in milliseconds since 1970.
package struct EventSpan: Sendable, Equatable {
  package private(set) var eventCount = 0
  package private(set) var first: Int64?
  package private(set) var last: Int64?

  package init() {}

  /// Counts an event.
  package mutating func add(time: Int64) {
    eventCount += 1
    first = min(first ?? time, time)
    last = max(last ?? time, time)
  }
}
