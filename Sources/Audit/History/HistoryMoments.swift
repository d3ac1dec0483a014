import Definition
import Engine
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
    for event in all { events[event.time, default: []].append(event.place) }
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
  func stops(with tenures: [Tenure], _ log: GatheredLog, _ profiles: ProfileChanges)
    -> [Milliseconds]
  {
    var stops = Set(times)
    for tenure in tenures {
      stops.formUnion([tenure.start, tenure.end])
      if tenure.end == .max { stops.formUnion(tenure.events(in: log).map(\.time)) }
    }
    stops.formUnion(profiles.times)
    guard let first = events.keys.min() else { return [] }
    return stops.filter { $0 >= first && $0 <= asOf }.sorted()
  }
}
