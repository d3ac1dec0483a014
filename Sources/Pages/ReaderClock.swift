import Foundation
import Notation

/// Says times as people do: in a time zone, counted from the as-of, never from a clock.
package struct ReaderClock: Sendable {
  package let asOf: Milliseconds
  private let zone: TimeZone

  /// `timezone`: an IANA name; an unknown one is taken for UTC.
  package init(timezone: String, asOf: Milliseconds) {
    zone = TimeZone(identifier: timezone) ?? .gmt
    self.asOf = asOf
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = [
    "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday",
  ]

  /// Where the zone's clocks stand: the day since 1970, and the minute of it.
  private func shown(_ time: Milliseconds) -> (day: Int, minute: Int) {
    let seconds = floorDivide(time, 1000)
    let local =
      seconds + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    let day = floorDivide(local, 86_400)
    return (Int(day), Int(local - day * 86_400) / 60)
  }

  /// `Sunday, 1 November 2026`, and the time of day unless that is midnight.
  package func longDay(_ time: Milliseconds) -> String {
    let (day, minute) = shown(time)
    let date = CivilDate(daysSince1970: day)
    let weekday = ReaderClock.weekdays[day - floorDivide(day, 7) * 7]
    let month = ReaderClock.months[date.month - 1]
    return "\(weekday), \(date.day) \(month) \(date.year)"
      + (minute == 0 ? "" : ", \(clock(minute))")
  }

  /// `1 Nov`; with its year where that is not the as-of's.
  package func shortDay(_ time: Milliseconds) -> String {
    let date = CivilDate(daysSince1970: shown(time).day)
    let isThisYear = date.year == CivilDate(daysSince1970: shown(asOf).day).year
    let month = ReaderClock.months[date.month - 1].prefix(3)
    return "\(date.day) \(month)" + (isThisYear ? "" : " \(date.year)")
  }

  /// `29 Oct, 13:07`.
  package func moment(_ time: Milliseconds) -> String {
    "\(shortDay(time)), \(clock(shown(time).minute))"
  }

  /// `today`, `yesterday`, `5 days ago`, and the day itself where that is more than a fortnight.
  package func ago(_ time: Milliseconds) -> String {
    let days = shown(asOf).day - shown(time).day
    switch days {
    case 0: return "today"
    case 1: return "yesterday"
    case 2...14: return "\(days) days ago"
    default: return shortDay(time)
    }
  }

  private func clock(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }

  /// The time in a page: said in words, exact on hover.
  package func element(_ time: Milliseconds, _ words: String) -> HTML {
    var html = HTML()
    let exact = timeText(milliseconds: time)
    html.add("time", Attribute("datetime", exact), Attribute("title", exact), text: words)
    return html
  }
}
