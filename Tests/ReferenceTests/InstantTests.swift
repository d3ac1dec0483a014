import Foundation
import Testing

@testable import Reference

@Suite struct InstantTests {
  private func instant(_ text: String, _ zone: String = "UTC") throws -> String? {
    try handClock(zone).instant(Text(text)).map { rfc3339($0) }
  }

  // Tallinn is two hours ahead in winter, three in summer.
  @Test func aDateIsTheFirstInstantOfThatDay() throws {
    #expect(try instant("2026-03-01") == "2026-03-01T00:00:00.000Z")
    #expect(try instant("2026-03-01", "Europe/Tallinn") == "2026-02-28T22:00:00.000Z")
    // Beirut's clock jumped from midnight to one at the start of 2022-03-27, from 22:00 UTC on.
    #expect(try instant("2022-03-27", "Asia/Beirut") == "2022-03-26T22:00:00.000Z")
    // Apia left out the whole day; the next began at 10:00 UTC.
    #expect(try instant("2011-12-30", "Pacific/Apia") == "2011-12-30T10:00:00.000Z")
    #expect(try instant("2011-12-31", "Pacific/Apia") == "2011-12-30T10:00:00.000Z")
  }

  @Test func aTimeMayHaveSecondsDecimalsAndAnOffset() throws {
    #expect(try instant("2026-03-01T12:30") == "2026-03-01T12:30:00.000Z")
    #expect(try instant("2026-03-01t12:30:15") == "2026-03-01T12:30:15.000Z")
    #expect(try instant("2026-03-01 12:30:15.999999999") == "2026-03-01T12:30:15.999Z")
    #expect(try instant("2026-03-01 12:30z", "Europe/Tallinn") == "2026-03-01T12:30:00.000Z")
    #expect(try instant("2026-03-01T12:30+02:00") == "2026-03-01T10:30:00.000Z")
    #expect(try instant("2026-03-01T12:30:15.1-23:59") == "2026-03-02T12:29:15.100Z")
    #expect(try instant("2026-03-01T12:30", "Europe/Tallinn") == "2026-03-01T10:30:00.000Z")
  }

  // In Tallinn 03:30 came twice on 2025-10-26 (first at 00:30 UTC), and 03:30 not at all on
  // 2026-03-29: the clock jumped from 03:00 to 04:00 at 01:00 UTC.
  @Test func ofATwiceComingTimeTheFirstAndOfOneLeftOutTheInstantOfTheJump() throws {
    let zone = "Europe/Tallinn"
    #expect(try instant("2025-10-26T03:30", zone) == "2025-10-26T00:30:00.000Z")
    #expect(try instant("2025-10-26T03:30:00.5", zone) == "2025-10-26T00:30:00.500Z")
    #expect(try instant("2025-10-26T04:00", zone) == "2025-10-26T02:00:00.000Z")
    #expect(try instant("2026-03-29T03:30", zone) == "2026-03-29T01:00:00.000Z")
    #expect(try instant("2026-03-29T03:59:59.999", zone) == "2026-03-29T01:00:00.000Z")
    #expect(try instant("2026-03-29T04:00", zone) == "2026-03-29T01:00:00.000Z")
    #expect(try instant("2026-03-29T02:59:59.999", zone) == "2026-03-29T00:59:59.999Z")
  }

  @Test func yearsAre0001To9999() throws {
    let utc = try handClock()
    // 719162 days lie between 0001-01-01 and 1970-01-01.
    #expect(utc.instant(Text("0001-01-01")) == -719_162 * millisecondsPerDay)
    #expect(utc.instant(Text("1969-12-31T23:59:59.9995Z")) == -1)
    #expect(utc.instant(Text("9999-12-31")) == 2_932_896 * millisecondsPerDay)
    #expect(utc.instant(Text("0000-12-31")) == nil)
  }

  @Test func otherTextIsNoInstant() throws {
    let texts = [
      "2026-02-29", "2026-3-1", "20260301", "2026-03-01T", "2026-03-01T12", "2026-03-01  12:30",
      "2026-03-01T12:30.5", "2026-03-01T12:30:60", "2026-03-01T24:00", "2026-03-01T12:30:15.",
      "2026-03-01T12:30:15.1234567890", "2026-03-01T12:30+2:00", "2026-03-01T12:30+0200",
      " 2026-03-01", "2026-03-01 ", "2026-03-01Z", "2026-03-01T12:30 Z", "", "12:30",
    ]
    for text in texts { #expect(try instant(text) == nil, "\(text)") }
  }

  /// Whether a lead whose attribute is that value meets a predicate.
  private func holds(_ predicate: String, _ value: String, zone: String = "UTC") throws -> Bool {
    let definition = """
      name: test
      timezone: \(zone)
      interactions:
        view: { type: page_view }
      scores:
        s: { points: { view: 1 } }
      lists:
        met: { attribute.at: \(predicate) }
      """
    let lines = [
      line("1", "2026-01-01T00:00:00Z", "profile", "a", "\"fields\":{\"at\":\(value)}")
    ]
    return try HandBook(definition, lines).result().counts.lists["met"] == 1
  }

  @Test func fromIsInclusiveAndBeforeIsExclusive() throws {
    let predicate = "{ from: 2026-02-01, before: 2026-03-01 }"
    #expect(try holds(predicate, #""2026-02-01""#))
    #expect(try holds(predicate, #""2026-02-28T23:59:59.999999""#))
    #expect(try !holds(predicate, #""2026-03-01T00:00Z""#))
    #expect(try !holds(predicate, #""2026-01-31T23:59:59.999Z""#))
    #expect(try holds(predicate, #""2026-01-31T22:00Z""#, zone: "Europe/Tallinn"))
    #expect(try !holds(predicate, "20260210"))
    #expect(try !holds(predicate, #""soon""#))
  }

  // The as-of is 2026-03-01T00:00:00Z; a day is 24 hours.
  @Test func agoAndAheadAreInclusiveAndTItselfIsZeroInBoth() throws {
    let now = #""2026-03-01T00:00:00Z""#
    #expect(try holds("{ ago: { max: 1d } }", now))
    #expect(try holds("{ ahead: { max: 1d } }", now))
    #expect(try !holds("{ ago: { min: 1m } }", now))
    #expect(try holds("{ ago: { min: 1d, max: 1d } }", #""2026-02-28""#))
    #expect(try !holds("{ ago: { min: 1d } }", #""2026-02-28T00:00:00.001Z""#))
    #expect(try !holds("{ ago: { max: 1d } }", #""2026-02-27T23:59:59.999Z""#))
    #expect(try !holds("{ ago: { max: 60d } }", #""2026-03-01T00:00:00.001Z""#))
    #expect(try !holds("{ ahead: { max: 60d } }", #""2026-02-28T23:59:59.999Z""#))
    #expect(try holds("{ ahead: { min: 30d, max: 60d } }", #""2026-04-01""#))
    #expect(try !holds("{ ahead: { max: 30d } }", #""2026-04-01""#))
    #expect(try !holds("{ ago: { max: 1d } }", "true"))
  }

  @Test func timeInAnInteractionTakesInstants() throws {
    let definition = """
      name: test
      timezone: Europe/Tallinn
      interactions:
        march: { type: page_view, time: { from: 2026-03-01, before: "2026-03-01 00:00:00.002" } }
        any: { type: page_view, time: { exists: true } }
      scores:
        s: { points: { march: 1, any: 1 } }
      """
    let times = ["21:59:59.999", "22:00:00.000", "22:00:00.001999", "22:00:00.002"]
    let lines = times.map { line($0, "2026-02-28T\($0)Z", "page_view", "a") }
    let found = try HandBook(definition, lines).result()
    #expect(found.tally("a", "march") == "2")
    #expect(found.tally("a", "any") == "4")
  }

  // Two texts of one instant are two values of the property.
  @Test func asAPropertyTimeIsItsTextAsWritten() throws {
    let definition = """
      name: test
      interactions:
        view: { type: page_view }
      scores:
        s: { points: { view: { points: 1, once_per: time } } }
      touches:
        when: { last: view, property: time }
      """
    let lines = [
      line("1", "2026-02-01T00:00:00Z", "page_view", "a"),
      line("2", "2026-02-01T00:00:00Z", "page_view", "a"),
      line("3", "2026-02-01T02:00:00.0+02:00", "page_view", "a"),
    ]
    let found = try HandBook(definition, lines).result()
    #expect(found.cell("a", "raw.s") == "2")
    #expect(found.cell("a", "touch.when") == "2026-02-01T02:00:00.0+02:00")
  }
}
