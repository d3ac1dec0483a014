import Testing

@testable import Reference

@Suite struct RefusalTests {
  private func reason(_ text: String) -> String? { reason(Array(text.utf8)) }

  private func reason(_ bytes: [UInt8]) -> String? {
    do {
      _ = try readEvent(bytes, at: Place(segment: 0, line: 0))
      return nil
    } catch {
      return error.rawValue
    }
  }

  private let day = "2026-01-01T00:00:00Z"

  @Test func theFirstReasonInOrder() {
    #expect(reason("{}") == "id")
    #expect(reason(#"{"id":5,"time":5}"#) == "id")
    #expect(reason(#"{"id":"a","id":""}"#) == "id")
    #expect(reason(#"{"id":"","id":"a"}"#) == "time")
    #expect(reason(#"{"id":"a","time":"soon"}"#) == "time")
    #expect(reason(line("a", day, "", "")) == "type")
    #expect(reason(line("a", day, "merge", "")) == "lead")
    #expect(reason(line("a", day, "merge", "x")) == "from")
    #expect(reason(line("a", day, "account_profile", "", #""account":"""#)) == "account")
    #expect(reason(line("a", day, "account_profile", "", #""account":"x""#)) == nil)
    #expect(reason(line("a", day, "outcome", "x", #""outcome":true"#)) == "outcome")
    #expect(reason(line("a", day, "search", "x", #""account":5,"fields":[],"from":null"#)) == nil)
  }

  /// 64 characters of two bytes are 128 bytes; one more is too long.
  @Test func lengthsAreInBytes() {
    let long = String(repeating: "é", count: 64)
    #expect(reason(line(long, day, "x", long + long)) == nil)
    #expect(reason(line(long + "a", day, "x", "b")) == "id")
    #expect(reason(line("a", day, "x", long + long + "a")) == "lead")
  }

  /// The event's own bracket and 63 more are 64; the 65th refuses, whatever follows; but what is
  /// no JSON before it is `json`, and what is no UTF-8 anywhere is `utf8`.
  @Test func nesting() {
    func nested(_ count: Int) -> String { String(repeating: "[", count: count) }
    func closed(_ count: Int) -> String { nested(count) + String(repeating: "]", count: count) }
    #expect(reason(line("a", day, "x", "b", "\"n\":" + closed(63))) == nil)
    #expect(reason(line("a", day, "x", "b", "\"n\":" + closed(64))) == "nesting")
    #expect(reason(nested(65)) == "nesting")
    #expect(reason(nested(64)) == "json")
    #expect(reason(nested(64) + "!" + nested(9)) == "json")
    #expect(reason(Array(nested(65).utf8) + [0xFF]) == "utf8")
    #expect(reason(Array(repeating: 0xFF, count: 1 << 20)) == "utf8")
    #expect(reason(Array(repeating: 0xFF, count: 1 + 1 << 20)) == "too-long")
    #expect(reason(longLine(over: false)) == nil)
    #expect(reason(longLine(over: true)) == "too-long")
  }

  @Test func json() {
    let good = #""id":"a","time":"2026-01-01T00:00:00Z","type":"x","lead":"b""#
    for bad in [
      "{\(good),}", "{\(good)}x", "[{\(good)}]", "null", "{\(good)", #"{\#(good),"n":"\ud800"}"#,
      #"{\#(good),"n":"\udc00"}"#, #"{\#(good),"n":"\ud800\u0041"}"#, #"{\#(good),"n":01}"#,
      #"{\#(good),"n":1.}"#, #"{\#(good),"n":.1}"#, #"{\#(good),"n":+1}"#, #"{\#(good),"n":-}"#,
      #"{\#(good),"n":"\x"}"#, "{\(good),\"n\":\"\t\"}", #"{\#(good),"n":tru}"#,
    ] {
      #expect(reason(bad) == "json", "\(bad)")
    }
    for fine in [
      "{\(good)}", " {\(good) }\r", #"{\#(good),"n":"\ud83d\ude00"}"#, #"{\#(good),"n":-0.1E+5}"#,
      #"{\#(good),"n":[{},[],""]}"#, #"{\#(good),"":null}"#,
    ] {
      #expect(reason(fine) == nil, "\(fine)")
    }
  }

  @Test func utf8() {
    #expect(isUTF8(Array("aé€😀".utf8)))
    for bad in [
      [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xFF],
      [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xC3, 0x28],
    ] as [[UInt8]] {
      #expect(!isUTF8(bad))
    }
  }

  /// 4 lines that are lines: CRLF, one refused, one without an end; blanks are none.
  @Test func blankLinesAreNoLines() throws {
    let text =
      line("1", day, "x", "b") + "\r\n \t\r\n\n\r\n"
      + line("2", day, "x", "b") + "\n{}\n" + line("3", day, "x", "b")
    var counts = ReferenceCounts()
    let input = ReferenceInput(
      definition: viewing(), segments: [("a", Array(text.utf8))], asOf: day)
    let definition = try Definition(yaml: input.definition, asOf: 0, features: [])
    let events = readLog(input, definition, &counts)
    #expect(events.count == 3)
    #expect(counts.read == 4)
    #expect(counts.refused == ["id": 1])
  }

  @Test func times() {
    func read(_ text: String) -> Int? { milliseconds(rfc3339: Text(text)) }
    #expect(read("1970-01-01T00:00:00Z") == 0)
    #expect(read("1970-01-01T00:00:00.999999999Z") == 999)
    #expect(read("1970-01-01T01:00:00+01:00") == 0)
    #expect(read("1969-12-31T23:00:00-01:00") == 0)
    #expect(read("1970-01-01T00:00:00+00:01") == nil)
    #expect(read("2261-12-31T23:59:59.999999999Z") == 9_214_646_399_999)
    #expect(read("2262-01-01T00:00:00Z") == nil)
    #expect(read("2262-01-01T00:59:59.999+01:00") == 9_214_646_399_999)
    // 20 513 days: 56 years of 365 and 14 leap days are 20 454, and 59 of January and February.
    #expect(read("2026-03-01T00:00:00Z") == 20_513 * 86_400_000)
    #expect(read("2024-02-29T00:00:00z") != nil)
    for bad in [
      "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-01-01T23:59:60Z",
      "2026-01-01 00:00:00Z",
      "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00.Z",
      "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+0000",
    ] {
      #expect(read(bad) == nil, "\(bad)")
    }
    #expect(rfc3339(9_214_646_399_999) == "2261-12-31T23:59:59.999Z")
    #expect(rfc3339(20_513 * 86_400_000 + 1) == "2026-03-01T00:00:00.001Z")
  }

  @Test func paths() {
    func path(_ url: String) -> String { pathOfURL(Text(url)).description }
    #expect(path("https://example.com/a/b?c#d") == "/a/b")
    #expect(path("https://example.com") == "/")
    #expect(path("https://example.com?x=/y") == "/")
    #expect(path("//host/x/../%2F") == "/x/../%2F")
    #expect(path("/a:b") == "/a:b")
    #expect(path("mailto:a@b") == "a@b")
    #expect(path("a/b:c") == "a/b:c")
    #expect(path(":x") == ":x")
    #expect(path("") == "/")
    #expect(path("#x") == "/")
    #expect(path("http:///x") == "/x")
  }

  /// An escaped key is the key; a path of the wrong kind is absent, so the URL's path counts; an
  /// empty path is a path.
  @Test func members() throws {
    func path(_ rest: String) throws -> String? {
      let bytes = Array(line("1", day, "x", "b", rest).utf8)
      return try readEvent(bytes, at: Place(segment: 0, line: 0)).subject("path")?.text.description
    }
    #expect(try path(#""\u0070ath":"/x""#) == "/x")
    #expect(try path(#""url":"http://e/y","path":null"#) == "/y")
    #expect(try path(#""url":"http://e/y","path":["/x"]"#) == "/y")
    #expect(try path(#""url":"http://e/y","path":1e400"#) == "/y")
    #expect(try path(#""url":"http://e/y","path":"""#) == "")
    #expect(try path(#""path":"/x","path":"/z""#) == "/z")
    #expect(try path(#""url":null"#) == nil)
  }

  @Test func decimals() {
    func text(_ value: Double) -> String { ExactDecimal(shortest: value).plainText }
    #expect(text(100) == "100")
    #expect(text(0.1) == "0.1")
    #expect(text(1e21) == "1000000000000000000000")
    #expect(text(1.5e-7) == "0.00000015")
    #expect(text(-0.0) == "0")
    #expect(ExactDecimal("12.3455")?.rounded(places: 3) == 12_346)
    #expect(ExactDecimal("-2.5")?.rounded(places: 0) == -3)
    #expect(ExactDecimal("0.0005")?.rounded(places: 3) == 1)
    #expect(ExactDecimal("0.00049")?.rounded(places: 3) == 0)
    #expect(ExactDecimal("1e3")?.rounded(places: 3) == 1_000_000)
    #expect(decimalText(-1_500_000, places: 6) == "-1.5")
    #expect(decimalText(-1, places: 6) == "-0.000001")
    #expect(decimalText(0, places: 6) == "0")
    #expect(roundedQuotient(-5, 10) == -1)
    #expect(roundedQuotient(5, 10) == 1)
    #expect(roundedQuotient(4, 10) == 0)
  }
}
