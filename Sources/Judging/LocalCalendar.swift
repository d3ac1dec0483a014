import Definition
import Foundation
import Notation

/// Calendar days and windows in one time zone, over the time events can have.
package struct LocalCalendar: Sendable {
  /// `offsets[i]` holds from `starts[i]` until `starts[i + 1]`.
  private let starts: Fixed<Milliseconds>
  private let offsets: Fixed<Milliseconds>

  package static let day: Milliseconds = 86_400_000

  /// - Parameter timezone: An IANA name; an unknown one is taken for UTC, the definition has been
  ///   checked before.
  package init(timezone: String) {
    var starts: [Milliseconds] = [.min]
    var offsets: [Milliseconds] = []
    let zone = TimeZone(identifier: timezone) ?? .gmt
    var at = Date(timeIntervalSince1970: 0)
    offsets.append(Milliseconds(zone.secondsFromGMT(for: at)) * 1000)
    // The last time an event can have, and a day.
    let end = Date(timeIntervalSince1970: 9_214_646_400 + 86_400)
    while let next = zone.nextDaylightSavingTimeTransition(after: at), next < end {
      starts.append(Milliseconds((next.timeIntervalSince1970 * 1000).rounded()))
      offsets.append(Milliseconds(zone.secondsFromGMT(for: next)) * 1000)
      at = next
    }
    self.starts = Fixed(starts)
    self.offsets = Fixed(offsets)
  }

  /// What local clocks are ahead of UTC.
  ///
  /// Events come in order, so the place of the last answer is nearly always that of the next.
  @inline(__always)
  func offset(at time: Milliseconds, near place: inout Int) -> Milliseconds {
    if time < starts[place] || place + 1 < starts.count && time >= starts[place + 1] {
      place = search(time)
    }
    return offsets[place]
  }

  /// A time in which local clocks are ahead of UTC by as much.
  struct Span {
    /// From this time on.
    var start: Milliseconds
    /// Before this time.
    var end: Milliseconds
    var offset: Milliseconds
  }

  func span(at time: Milliseconds) -> Span {
    let place = search(time)
    return Span(
      start: starts[place], end: place + 1 < starts.count ? starts[place + 1] : .max,
      offset: offsets[place])
  }

  private func search(_ time: Milliseconds) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= time { low = middle } else { high = middle }
    }
    return low
  }

  /// Names the calendar window a local time lies in.
  ///
  /// The hour that is repeated in autumn is two.
  static func window(
    _ window: CalendarWindow, local: Milliseconds, offset: Milliseconds,
    _ weekStart: WeekStart = .monday
  ) -> Int64 {
    let day = floorDivide(local, LocalCalendar.day)
    switch window {
    case .hour: return floorDivide(local, 3_600_000) * 1_000_000 + offset / 1000
    case .day: return day
    // 1970-01-01 was a Thursday.
    case .week: return floorDivide(day + (weekStart == .monday ? 3 : 4), 7)
    case .month: return month(of: day)
    case .lifetime: return 0
    }
  }

  /// Months since year 0 of a day since 1970, in the proleptic Gregorian calendar.
  private static func month(of day: Int64) -> Int64 {
    let date = CivilDate(daysSince1970: Int(day))
    return Int64(date.year * 12 + date.month - 1)
  }
}
