import Definition
import Engine
import Identity
import Judging
import Notation

/// When a history tells numbers: at each event and each midnight from the first event on, or when a day, a week or
/// a month begins, and in the end.
struct HistoryMoments: Sendable {
  /// By time, where the events of this very time stand.
  private(set) var events: [Milliseconds: [EventPlace]] = [:]
  /// In order.
  let times: [Milliseconds]
  private let asOf: Milliseconds

  init(
    _ all: [PlacedEvent], _ definition: Definition, _ asOf: Milliseconds, _ step: HistoryStep
  ) {
    var seen: Set<EventPlace> = []
    for event in all where seen.insert(event.place).inserted {
      events[event.time, default: []].append(event.place)
    }
    self.asOf = asOf
    guard let first = events.keys.min() else {
      times = []
      return
    }
    let calendar = LocalCalendar(timezone: definition.timezone)
    var times: Set<Milliseconds> = [asOf]
    if let window = CalendarWindow(rawValue: step.rawValue) {
      // What begins at midnight begins with an event of this time, too.
      times.formUnion(
        calendar.beginnings(of: window, after: first - 1, upTo: asOf, definition.weekStart))
    } else {
      times.formUnion(events.keys)
      times.formUnion(calendar.beginnings(of: .day, after: first, upTo: asOf))
    }
    self.times = times.sorted()
  }

  /// The times at which something happens or is to be told, from the first event on.
  ///
  /// `tenures`: of the leads in question.
  ///
  /// `others`: further times.
  func stops(
    with tenures: [Tenure], _ log: GatheredLog, _ others: [Milliseconds]
  ) -> [Milliseconds] {
    var stops = Set(times).union(others).union(
      Tenure.allEvents(of: tenures, in: log).lazy.map(\.time))
    for tenure in tenures { stops.formUnion([tenure.start, tenure.end]) }
    guard let first = events.keys.min() else { return [] }
    return stops.filter { $0 >= first && $0 <= asOf }.sorted()
  }
}
