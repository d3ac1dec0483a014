import Intake
import Testing

@Suite("The forms of times")
struct TimeFormsTests {
  @Test(
    "what exports have becomes RFC 3339",
    arguments: [
      ("2026-02-01T10:00:00Z", "2026-02-01T10:00:00Z"),
      ("2026-02-01t10:00:00.123456z", "2026-02-01T10:00:00.123456Z"),
      ("2026-02-01T10:00:00+02:00", "2026-02-01T10:00:00+02:00"),
      ("2026-02-01T10:00:00.5-0730", "2026-02-01T10:00:00.5-07:30"),
      ("2026-02-01 10:00:00+00", "2026-02-01T10:00:00+00:00"),
      ("2026-02-01 10:00:00 UTC", "2026-02-01T10:00:00Z"),
      ("2026-02-01 10:00:00.123456789012 UTC", "2026-02-01T10:00:00.123456789Z"),
      (" 2026-02-01 9:05 ", "2026-02-01T09:05:00Z"), ("2026-02-01", "2026-02-01T00:00:00Z"),
      ("2026/02/01 10:00:00", "2026-02-01T10:00:00Z"),
      ("2026-02-01 12:30 AM", "2026-02-01T00:30:00Z"),
      ("1769940000", "2026-02-01T10:00:00Z"), ("1769940000.25", "2026-02-01T10:00:00.25Z"),
      ("1769940000250", "2026-02-01T10:00:00.250Z"),
      ("1769940000250125", "2026-02-01T10:00:00.250125Z"),
    ])
  func forms(text: String, time: String) {
    #expect(TimeForms().rfc3339(text) == time)
  }

  @Test(
    "what is no time is none",
    arguments: [
      "", " ", "soon", "2026-02-30", "2026-13-01", "2026-02-01T24:00:00Z", "2026-02-01T10:60:00Z",
      "2026-02-01T10:00:60Z", "2026-02-01T10:00:00X", "2026-02-01T10:00:00+1", "2026-2-31",
      "2026-02-01T10:00:00.Z", "2026-02-01Tnoon", "2026-02-01 13:00 PM", "2026-02-01 0:30 AM",
      "1/2/2026", "01.02.2026", "12345", "17699400001", "1769940000.", "2026-02-01Z Z",
      "99999999999999999999", "2026-02-01 10:00:00 +0a:00", "2026-02-01T10:00:00+02:0",
      "٢٠٢٦-٠٢-٠١",
    ])
  func none(text: String) {
    #expect(TimeForms().rfc3339(text) == nil)
  }

  @Test("days and months stand as is said")
  func order() {
    let american = TimeForms(order: .monthFirst)
    let european = TimeForms(order: .dayFirst)
    #expect(american.rfc3339("3/4/2026 3:45 PM") == "2026-03-04T15:45:00Z")
    #expect(american.rfc3339("12/31/2026, 12:00:01\u{202F}PM") == "2026-12-31T12:00:01Z")
    #expect(american.rfc3339("31/12/2026") == nil)
    #expect(european.rfc3339("03.04.2026, 15:45:10,5") == "2026-04-03T15:45:10.5Z")
    #expect(european.rfc3339("31-12-2026 00:00 +01:00") == "2026-12-31T00:00:00+01:00")
    #expect(european.rfc3339("2026-02-01") == "2026-02-01T00:00:00Z")
  }

  @Test("a time without an offset is one of the clock that is given, any other is not")
  func clock() {
    let behind = TimeForms { $0 + 5 * 3600 }
    #expect(behind.rfc3339("2026-12-31 20:00:00.5") == "2027-01-01T01:00:00.5Z")
    #expect(behind.rfc3339("2026-12-31 20:00:00 UTC") == "2026-12-31T20:00:00Z")
    #expect(behind.rfc3339("1769940000") == "2026-02-01T10:00:00Z")
  }

  @Test(
    "dates that have one reading only are taken",
    arguments: [
      ("2026/01/15 3:45:00 PM GMT+2", "2026-01-15T15:45:00+02:00"),
      ("Jan 15, 2026 3:45 PM", "2026-01-15T15:45:00Z"), ("15-Jan-2026", "2026-01-15T00:00:00Z"),
      ("January 15th, 2026 at 3:45 PM", "2026-01-15T15:45:00Z"),
      ("15 Jan 26", "2026-01-15T00:00:00Z"),
      ("Thu, 15 Jan 2026 15:45:00 +0200", "2026-01-15T15:45:00+02:00"),
      ("Thu Jan 15 15:45:00 2026", "2026-01-15T15:45:00Z"),
      ("Thu Jan 15 15:45:00 UTC 2026", "2026-01-15T15:45:00Z"),
      (
        "Thu Jan 15 2026 15:45:00 GMT+0200 (Eastern European Standard Time)",
        "2026-01-15T15:45:00+02:00"
      ),
      ("2026-01-15 15:45:00.5 +0000 UTC", "2026-01-15T15:45:00.5+00:00"),
      ("2026-01-15 15:45:00 -0500 EST", "2026-01-15T15:45:00-05:00"),
      ("2026-01-15 15:45 EST", "2026-01-15T15:45:00-05:00"),
      ("2026-01-15T15:45:00+02:00[Europe/Tallinn]", "2026-01-15T15:45:00+02:00"),
      ("2026-1-5", "2026-01-05T00:00:00Z"), ("2026-Jan-15", "2026-01-15T00:00:00Z"),
      ("20260115", "2026-01-15T00:00:00Z"), ("20260115T154500Z", "2026-01-15T15:45:00Z"),
      ("20260115154500", "2026-01-15T15:45:00Z"), ("46037", "2026-01-15T00:00:00Z"),
      ("46037.65625", "2026-01-15T15:45:00Z"), ("46037.999999999", "2026-01-16T00:00:00Z"),
      ("1768491900250125000", "2026-01-15T15:45:00.250125000Z"),
      ("15. March 2026, 3 pm", "2026-03-15T15:00:00Z"),
    ])
  func named(text: String, time: String) {
    #expect(TimeForms().rfc3339(text) == time)
  }

  @Test(
    "what could be several days is none, and the message shows what it could be and the option that says so",
    arguments: [
      (
        "3/4/2026",
        "'3/4/2026' is March 4, 2026 with --dates mdy, or April 3, 2026 with --dates dmy"
      ),
      ("1/15/2026 3:45 PM", "'1/15/2026 3:45 PM' is January 15, 2026 with --dates mdy"),
      ("15.01.2026", "'15.01.2026' is January 15, 2026 with --dates dmy"),
      ("1/15/26", "'1/15/26' is January 15, 2026 with --dates mdy"),
      (
        "01/02/03",
        "'01/02/03' is January 2, 2003 with --dates mdy, or February 1, 2003 with --dates dmy, or "
          + "February 3, 2001 with --dates ymd"
      ),
    ])
  func severalReadings(text: String, hint: String) throws {
    #expect(TimeForms().rfc3339(text) == nil)
    let reader = csvReader(
      MemberChoices(members: [("time", .column("t")), ("lead", .column("l")), ("type", .text("x"))])
    )
    let found = try records("l,t\na,\(text)\n", by: reader)
    #expect(found[0].refusal == "time" && found[0].hint == hint)
  }

  @Test("the names of zones that are several are none; without the name, a zone can be told")
  func zones() throws {
    #expect(TimeForms().rfc3339("2026-01-15 15:45 CST") == nil)
    let reader = csvReader(
      MemberChoices(members: [("time", .column("t")), ("lead", .column("l")), ("type", .text("x"))])
    )
    let hint = try records("l,t\na,2026-01-15 15:45 CST\n", by: reader)[0].hint
    #expect(hint?.contains("--timezone") == true)
  }

  @Test("years of two digits, in each order")
  func shortYears() {
    #expect(TimeForms(order: .monthFirst).rfc3339("1/15/26") == "2026-01-15T00:00:00Z")
    #expect(TimeForms(order: .dayFirst).rfc3339("15.1.70 10:00") == "1970-01-15T10:00:00Z")
    #expect(TimeForms(order: .yearFirst).rfc3339("26-01-15") == "2026-01-15T00:00:00Z")
    #expect(TimeForms(order: .monthFirst).rfc3339("15/1/26") == nil)
  }
}
