import Notation
import Pages
import Testing

@Suite("Words of pages") struct WordsTests {
  @Test("numbers are written as people write them")
  func numbers() {
    #expect(numberText(3107) == "3,107")
    #expect(numberText(-1_000_000) == "−1,000,000")
    #expect(numberText(Int64.min) == "−9,223,372,036,854,775,808")
    #expect([999, 0, 1000].map { numberText($0) } == ["999", "0", "1,000"])
    #expect([4, 0, -1].map { changeText($0) } == ["+4", "±0", "−1"])
    #expect(numberText(decimal: "-0.5") == "−0.5")
    #expect(numberText(decimal: "-1234.25") == "−1,234.25")
    #expect([countText(1, "lead"), countText(2000, "lead")] == ["1 lead", "2,000 leads"])
  }

  @Test("a share never says none or all where that is not so")
  func shares() {
    #expect(
      [(0, 10), (1, 1000), (1, 3), (999, 1000), (10, 10), (0, 0)].map { shareText($0, of: $1) }
        == ["0%", "<1%", "33%", ">99%", "100%", "–"])
  }

  @Test("points lose nothing but what is below the last digit shown")
  func points() {
    #expect(pointsWords(1_499_999) == "1")
    #expect(pointsWords(-1_500_000) == "−2")
    #expect(
      [16_800_000, -16_800_000, 9_940_000, 400_000, -40_000, 0, 9_950_000].map { pointsChange($0) }
        == ["+17", "−17", "+9.9", "+0.4", "−0.0", "±0", "+10"])
  }

  @Test("times are said in the zone, counted from the as-of")
  func times() throws {
    let asOf = try #require(eventTime("2026-11-01T00:00:00Z"))
    let clock = ReaderClock(timezone: "Europe/Berlin", asOf: asOf)
    #expect(clock.longDay(asOf) == "Sunday, 1 November 2026, 01:00")
    #expect(ReaderClock(timezone: "UTC", asOf: asOf).longDay(asOf) == "Sunday, 1 November 2026")
    func ago(_ text: String) throws -> String { clock.ago(try #require(eventTime(text))) }
    #expect(try ago("2026-10-31T23:30:00Z") == "today")
    #expect(try ago("2026-10-31T22:30:00Z") == "yesterday")
    #expect(try ago("2026-10-29T12:00:00Z") == "3 days ago")
    #expect(try ago("2026-10-01T12:00:00Z") == "1 Oct")
    #expect(try ago("2025-10-01T12:00:00Z") == "1 Oct 2025")
    #expect(clock.shortDay(asOf) == "1 Nov")
    #expect(clock.moment(try #require(eventTime("2026-10-29T12:07:00Z"))) == "29 Oct, 13:07")
    #expect(ReaderClock(timezone: "UTC", asOf: 0).longDay(0) == "Thursday, 1 January 1970")
    #expect(
      clock.element(asOf, "today").text
        == "<time datetime=\"2026-11-01T00:00:00.000Z\" title=\"2026-11-01T00:00:00.000Z\">today</time>"
    )
  }
}
