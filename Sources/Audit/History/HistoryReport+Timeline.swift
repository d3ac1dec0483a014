import Definition
import Engine
import Identity
import Notation

extension HistoryReport {
  /// Puts in words what was found.
  init(
    _ timeline: HistoryTimeline, _ moments: HistoryMoments, _ excerpt: LogExcerpt,
    _ definition: Definition, _ asOf: Milliseconds, columns: [String], bounds: [HistoryBound]
  ) {
    let nothing = [String?](repeating: nil, count: columns.count)
    self.init(
      definition: definition.name, asOf: timeText(milliseconds: asOf), columns: columns,
      moments: moments.times.map { time in
        Moment(
          time: timeText(milliseconds: time), events: excerpt.causes(moments.events[time] ?? []),
          values: timeline.values[time] ?? nothing)
      },
      crossings: timeline.turns.flatMap { turn in
        let causes = excerpt.causes(turn.events)
        return bounds.indices.filter { turn.from[$0] != turn.to[$0] }.map { place in
          Crossing(turn, place, bounds[place], causes)
        }
      })
  }
}

extension HistoryReport.Crossing {
  fileprivate init(
    _ turn: HistoryStretch.Turn, _ place: Int, _ bound: HistoryBound,
    _ causes: [HistoryReport.Cause]
  ) {
    let (from, to) = (turn.from[place], turn.to[place])
    self.init(
      time: timeText(milliseconds: turn.time), what: bound.what,
      from: from.map { bound.names[$0] }, to: to.map { bound.names[$0] },
      isUp: (to ?? .max) < (from ?? .max),
      // Where time alone would have led to the same, it did.
      causes: turn.byTime[place] == to ? [] : causes)
  }
}

extension LogExcerpt {
  /// The events at some places, in the order of the log.
  fileprivate func causes(_ places: [EventPlace]) -> [HistoryReport.Cause] {
    places.map(event).sorted { $0.position < $1.position }.map { event in
      HistoryReport.Cause(id: event.id, type: event.type, at: "\(event.position)")
    }
  }
}
