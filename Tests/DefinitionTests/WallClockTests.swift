import Notation
import Testing

@testable import Definition

@Suite("times in conditions") struct WallClockTests {
  /// Each a text, a time zone and the instant in UTC; nil where it is no time.
  static let forms: [(text: String, timezone: String, instant: String?)] = [
    ("2026-03-01", "UTC", "2026-03-01T00:00:00.000Z"),
    ("2026-03-01", "Europe/Tallinn", "2026-02-28T22:00:00.000Z"),
    ("2026-03-01 09:30", "Europe/Tallinn", "2026-03-01T07:30:00.000Z"),
    ("2026-03-01t09:30:15", "Europe/Tallinn", "2026-03-01T07:30:15.000Z"),
    ("2026-03-01T09:30:15.123999999", "Europe/Tallinn", "2026-03-01T07:30:15.123Z"),
    ("2026-03-01T09:30:15.5", "UTC", "2026-03-01T09:30:15.500Z"),
    ("2026-03-01T09:30Z", "Europe/Tallinn", "2026-03-01T09:30:00.000Z"),
    ("2026-03-01 09:30z", "Europe/Tallinn", "2026-03-01T09:30:00.000Z"),
    ("2026-03-01T09:30:00+02:00", "UTC", "2026-03-01T07:30:00.000Z"),
    ("2026-03-01T09:30-05:30", "Europe/Tallinn", "2026-03-01T15:00:00.000Z"),
    ("0001-01-01", "UTC", "0001-01-01T00:00:00.000Z"),
    ("9999-12-31T23:59:59.999Z", "UTC", "9999-12-31T23:59:59.999Z"),
    ("1969-12-31T23:59:59.999Z", "UTC", "1969-12-31T23:59:59.999Z"),
    ("2024-02-29", "UTC", "2024-02-29T00:00:00.000Z"),
  ]

  /// Clocks that are set forward and back.
  static let leaps: [(text: String, timezone: String, instant: String?)] = [
    // 03:00 becomes 04:00 at 01:00 UTC.
    ("2026-03-29 02:59:59.999", "Europe/Tallinn", "2026-03-29T00:59:59.999Z"),
    ("2026-03-29 03:00", "Europe/Tallinn", "2026-03-29T01:00:00.000Z"),
    ("2026-03-29 03:30", "Europe/Tallinn", "2026-03-29T01:00:00.000Z"),
    ("2026-03-29 04:00", "Europe/Tallinn", "2026-03-29T01:00:00.000Z"),
    ("2026-03-29 04:01", "Europe/Tallinn", "2026-03-29T01:01:00.000Z"),
    // 04:00 becomes 03:00 at 01:00 UTC.
    ("2026-10-25 03:00", "Europe/Tallinn", "2026-10-25T00:00:00.000Z"),
    ("2026-10-25 03:59", "Europe/Tallinn", "2026-10-25T00:59:00.000Z"),
    ("2026-10-25 04:00", "Europe/Tallinn", "2026-10-25T02:00:00.000Z"),
    // A day that began an hour late, one that was left out, one whose first hour came twice, and one before
    // which the last hour did.
    ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"),
    ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z"),
    ("2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00.000Z"),
    ("2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z"),
    ("2022-10-30", "Asia/Beirut", "2022-10-29T22:00:00.000Z"),
  ]

  static let others: [(text: String, timezone: String, instant: String?)] = [
    "", "2026-3-01", "2026-03-01T", "2026-03-01 9:30", "2026-03-01  09:30", "2026-03-01T09",
    "2026-03-01T24:00", "2026-03-01T09:60", "2026-03-01T09:30:60", "2026-03-01T09:30:00.",
    "2026-03-01T09:30:00.1234567890", "2026-03-01T09:30.5", "2026-03-01T09:30+0200",
    "2026-03-01T09:30+24:00", "2026-03-01Z", "0000-01-01", "10000-01-01", "2026-02-29",
    "2026-13-01", " 2026-03-01", "2026-03-01 ", "2026-03-01T09:30 Z", "20260301", "soon",
  ].map { ($0, "UTC", nil) }

  @Test(
    "a date is the first instant of its day, a time without an offset one of the time zone",
    arguments: forms + leaps + others)
  func instant(row: (text: String, timezone: String, instant: String?)) {
    let found = WallClock(timezone: row.timezone).instant(row.text)
    #expect(found.map(timeText) == row.instant, "\(row.text) in \(row.timezone)")
  }

  @Test("from is inclusive, before exclusive; what is no text in one of the forms fails both")
  func bounds() throws {
    let clock = WallClock(timezone: "UTC")
    let bound = TimeBound(
      instant: try #require(clock.instant("2026-03-01")), clock: clock, written: "2026-03-01")
    let (from, before) = (Predicate([.from(bound)]), Predicate([.before(bound)]))
    for (value, isFrom, isBefore) in [
      (Scalar.text("2026-03-01"), true, false), (.text("2026-02-28T23:59:59.999Z"), false, true),
      (.text("2026-03-01T01:59+02:00"), false, true), (.text("soon"), false, false),
      (.number(20_260_301), false, false), (.bool(true), false, false),
    ] {
      #expect(from.holds(for: value) == isFrom && before.holds(for: value) == isBefore, "\(value)")
    }
    #expect(!from.holds(for: nil) && !before.holds(for: nil))
  }

  @Test("ago and ahead include both ends, fail on the other side of the as-of, and are 0 at it")
  func lapses() throws {
    let clock = WallClock(timezone: "UTC")
    let asOf = try #require(clock.instant("2026-03-10"))
    let week: Milliseconds = 7 * 86_400_000
    func holds(_ text: String) -> [Bool] {
      [
        Predicate.Part.ago(Lapse(min: nil, max: week, clock: clock)),
        .ago(Lapse(min: week, max: nil, clock: clock)),
        .ahead(Lapse(min: nil, max: week, clock: clock)),
        .ahead(Lapse(min: week, max: nil, clock: clock)),
      ].map { $0.holds(for: .text(text), asOf: asOf) }
    }
    #expect(holds("2026-03-10") == [true, false, true, false])
    #expect(holds("2026-03-03") == [true, true, false, false])
    #expect(holds("2026-03-02T23:59:59.999Z") == [false, true, false, false])
    #expect(holds("2026-03-03T00:00:00.001Z") == [true, false, false, false])
    #expect(holds("2026-03-17") == [false, false, true, true])
    #expect(holds("2026-03-17T00:00:00.001Z") == [false, false, false, true])
    #expect(holds("soon") == [false, false, false, false])
  }
}
