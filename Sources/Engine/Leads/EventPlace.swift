import Identity
import Judging
import Notation

extension EventPlace {
  package init(_ event: HistoryEvent) { self.init(sheet: event.segment, line: event.line) }
}

/// When an event happened, and where it stands.
package struct PlacedEvent: Sendable {
  package let time: Milliseconds
  package let place: EventPlace

  package init(time: Milliseconds, place: EventPlace) {
    (self.time, self.place) = (time, place)
  }
}
