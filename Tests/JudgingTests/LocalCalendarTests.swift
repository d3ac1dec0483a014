import Chance
import Foundation
import Notation
import Testing

@testable import Definition
@testable import Judging

/// Our calendar against Foundation's, and a few days against the newspapers of their time.
@Suite("Local calendar")
struct LocalCalendarTests {
  static let zones = TimeZone.knownTimeZoneIdentifiers.sorted()

  /// Times all over, and around three changes of the zone's clock.
  private func times(in zone: TimeZone, _ dice: inout SeededDice) -> [Milliseconds] {
    var times: [Milliseconds] = []
    for _ in 0..<12 {
      times.append(Milliseconds.random(in: 0..<9_214_646_400_000, using: &dice))
    }
    for _ in 0..<3 {
      let near = Double.random(in: 0..<2_500_000_000, using: &dice)
      let start = Date(timeIntervalSince1970: near)
      guard let next = zone.nextDaylightSavingTimeTransition(after: start) else { continue }
      let change = Milliseconds(next.timeIntervalSince1970) * 1000
      for minutes in [-1441, -61, -60, -31, -1, 0, 1, 29, 30, 59, 60, 61, 1440] {
        times += [
          change + Milliseconds(minutes) * 60_000, change + Milliseconds(minutes) * 60_000 - 1,
        ]
      }
    }
    return times.filter { 0..<9_214_646_400_000 ~= $0 }.sorted()
  }

  @Test("days, ISO weeks from Monday, months and hours are Foundation's, in every known zone")
  func againstFoundation() throws {
    var dice = SeededDice(seed: 7)
    var compared = 0
    for name in Self.zones {
      let zone = try #require(TimeZone(identifier: name))
      let ours = LocalCalendar(timezone: name)
      var foundation = Calendar(identifier: .iso8601)
      foundation.timeZone = zone
      var place = 0
      for time in times(in: zone, &dice) {
        let date = Date(timeIntervalSince1970: Double(time / 1000))
        let offset = ours.offset(at: time, near: &place)
        let wantedOffset = Milliseconds(zone.secondsFromGMT(for: date)) * 1000
        if offset != wantedOffset { Issue.record("\(name) at \(time): offset \(offset)") }
        let parts = foundation.dateComponents(
          [.year, .month, .day, .hour, .weekOfYear, .yearForWeekOfYear], from: date)
        let (year, month) = (Int64(parts.year ?? 0), Int64(parts.month ?? 0))
        let wantedDay = daysFromCivil(year, month, Int64(parts.day ?? 0))
        func window(_ window: CalendarWindow) -> Int64 {
          LocalCalendar.window(window, local: time + offset, offset: offset)
        }
        if window(.day) != wantedDay { Issue.record("\(name) at \(time): day \(window(.day))") }
        if window(.month) != year * 12 + month - 1 {
          Issue.record("\(name) at \(time): month \(window(.month))")
        }
        let wantedHour = (wantedDay * 24 + Int64(parts.hour ?? 0)) * 1_000_000 + wantedOffset / 1000
        if window(.hour) != wantedHour { Issue.record("\(name) at \(time): hour \(window(.hour))") }
        // 1970-01-01 lay in week 1 of 1970, which is our week 0.
        let firstMonday = mondayOfWeekOne(Int64(parts.yearForWeekOfYear ?? 0))
        let wantedWeek = (firstMonday + 3) / 7 + Int64(parts.weekOfYear ?? 0) - 1
        if window(.week) != wantedWeek { Issue.record("\(name) at \(time): week \(window(.week))") }
        if window(.lifetime) != 0 { Issue.record("\(name): lifetime \(window(.lifetime))") }
        compared += 1
      }
    }
    #expect(Self.zones.count > 300 && compared > 10_000)
  }

  /// Counts days from 1970 one year and one month at a time.
  private func daysFromCivil(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    func isLeap(_ year: Int64) -> Bool { year % 400 == 0 || year % 4 == 0 && year % 100 != 0 }
    var days = day - 1
    if year >= 1970 {
      for each in 1970..<year { days += isLeap(each) ? 366 : 365 }
    } else {
      for each in year..<1970 { days -= isLeap(each) ? 366 : 365 }
    }
    let lengths: [Int64] = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return lengths.prefix(Int(month) - 1).reduce(days, +)
  }

  /// The first week of an ISO year is the one that January 4 lies in.
  private func mondayOfWeekOne(_ year: Int64) -> Int64 {
    let fourth = daysFromCivil(year, 1, 4)
    // 1970-01-01 was a Thursday, three days after a Monday.
    return fourth - ((fourth + 3) % 7 + 7) % 7
  }

  @Test("the hour repeated in autumn is two, and its day is one")
  func autumn() {
    let calendar = LocalCalendar(timezone: "Europe/Tallinn")
    var place = 0
    func window(_ text: String, _ window: CalendarWindow) -> Int64 {
      let time = eventTime(text) ?? -1
      let offset = calendar.offset(at: time, near: &place)
      return LocalCalendar.window(window, local: time + offset, offset: offset)
    }
    // On 2025-10-26 at 01:00 UTC clocks went from 04:00 back to 03:00.
    #expect(window("2025-10-26T00:30:00Z", .hour) != window("2025-10-26T01:30:00Z", .hour))
    #expect(window("2025-10-26T00:00:00Z", .hour) == window("2025-10-26T00:59:59Z", .hour))
    #expect(window("2025-10-26T01:00:00Z", .hour) == window("2025-10-26T01:59:59Z", .hour))
    #expect(window("2025-10-26T00:30:00Z", .day) == window("2025-10-26T01:30:00Z", .day))
    // That day had 25 hours: from 21:00 UTC the day before to 22:00 UTC.
    #expect(window("2025-10-25T21:00:00Z", .day) == window("2025-10-26T21:59:59Z", .day))
    #expect(window("2025-10-25T20:59:59Z", .day) + 1 == window("2025-10-25T21:00:00Z", .day))
    #expect(window("2025-10-26T22:00:00Z", .day) == window("2025-10-26T21:59:59Z", .day) + 1)
    // And 2026-03-29 had 23: from 22:00 UTC to 21:00 UTC.
    #expect(window("2026-03-28T22:00:00Z", .day) == window("2026-03-29T20:59:59Z", .day))
    #expect(window("2026-03-29T21:00:00Z", .day) == window("2026-03-29T20:59:59Z", .day) + 1)
  }

  @Test("weeks start on Monday, also where Sunday begins the week on paper")
  func weeks() {
    // 2026-03-01 is a Sunday.
    for (text, week) in [
      ("2026-02-22T23:59:59.999Z", 0), ("2026-02-23T00:00:00Z", 1), ("2026-03-01T23:59:59Z", 1),
      ("2026-03-02T00:00:00Z", 2),
    ] {
      let base = LocalCalendar.window(
        .week, local: eventTime("2026-02-22T00:00:00Z") ?? 0, offset: 0)
      let found = LocalCalendar.window(.week, local: eventTime(text) ?? 0, offset: 0)
      #expect(found == base + Int64(week), "\(text)")
    }
    // The first days of 1970, a Thursday, and what lies before it west of Greenwich.
    #expect(LocalCalendar.window(.week, local: 0, offset: 0) == 0)
    #expect(LocalCalendar.window(.week, local: -1, offset: 0) == 0)
    #expect(LocalCalendar.window(.week, local: -3 * day - 1, offset: 0) == -1)
    #expect(LocalCalendar.window(.day, local: -1, offset: 0) == -1)
    #expect(LocalCalendar.window(.month, local: -1, offset: 0) == 1969 * 12 + 11)
  }

  @Test("an unknown zone is taken for UTC")
  func unknown() {
    var place = 0
    let calendar = LocalCalendar(timezone: "Atlantis/Capital")
    #expect(calendar.offset(at: 1_700_000_000_000, near: &place) == 0)
  }

  @Test("the place of the last answer never changes an answer")
  func places() throws {
    let calendar = LocalCalendar(timezone: "America/New_York")
    var dice = SeededDice(seed: 3)
    var place = 0
    for _ in 0..<20_000 {
      let time = Milliseconds.random(in: 0..<9_214_646_400_000, using: &dice)
      var fresh = 0
      let near = calendar.offset(at: time, near: &place)
      if near != calendar.offset(at: time, near: &fresh) { Issue.record("at \(time)") }
    }
  }
}
