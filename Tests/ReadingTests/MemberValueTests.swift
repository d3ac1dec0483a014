import Notation
import Testing

@testable import Reading

/// What the members of one event come to.
@Suite("Values of members")
struct MemberValueTests {
  /// The path that an event is taken to have, by the conditions that ask for it.
  private func path(_ rest: String) throws -> String? {
    let reader = EnvelopeReader(SlotLayout(), nil)
    return try withPadding(Array(event(rest).utf8)) { bytes -> Result<String?, Refusal> in
      let start = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
      #expect(reader.scanner.scan(start) == start + bytes.count)
      do throws(Refusal) { _ = try reader.open(start, bytes.count) } catch {
        return .failure(error)
      }
      let slots = reader.scanner.slots
      slots.derivePath()
      guard let value = scalar(slots.kind(.path), slots.start(.path), slots.count(.path)) else {
        return .success(nil)
      }
      return .success(value.asText)
    }.get()
  }

  @Test(
    "`path` is the URL's path (RFC 3986 appendix B, nothing normalised or decoded; `/` if empty)",
    arguments: [
      ("https://example.com/pricing", "/pricing"),
      ("https://example.com/pricing/", "/pricing/"),
      ("https://example.com/pricing?plan=pro#faq", "/pricing"),
      ("https://example.com/pricing#faq?plan=pro", "/pricing"),
      ("https://example.com", "/"), ("https://example.com/", "/"),
      ("https://example.com?q=1", "/"), ("https://example.com#top", "/"), ("", "/"), ("?", "/"),
      ("#", "/"), ("/pricing", "/pricing"), ("pricing", "pricing"), ("../a/./b", "../a/./b"),
      ("//example.com/a", "/a"), ("//example.com", "/"), ("///a", "/a"), ("////a", "//a"),
      ("https:///a", "/a"), ("https:a/b", "a/b"), ("https:/a", "/a"), ("https:", "/"),
      (":80/a", ":80/a"), ("a/b:c", "a/b:c"), ("mailto:ada@example.com", "ada@example.com"),
      ("urn:isbn:0451450523", "isbn:0451450523"), ("1http://example.com/a", "/a"),
      ("https://user:pass@example.com:8080/a;b=c", "/a;b=c"),
      ("https://[2001:db8::7]/a", "/a"), ("https://example.com/%70ricing", "/%70ricing"),
      ("https://example.com/a/../b", "/a/../b"), ("https://example.com//a//b", "//a//b"),
      ("HTTPS://EXAMPLE.COM/Pricing", "/Pricing"), ("https://example.com/a b", "/a b"),
      ("https://example.com/é", "/é"), ("example.com/a", "example.com/a"),
      ("http://www.ics.uci.edu/pub/ietf/uri/#Related", "/pub/ietf/uri/"),
    ])
  func pathOfURL(url: String, path: String) throws {
    #expect(try self.path(#","url":"\#(url)""#) == path)
  }

  @Test(
    "if `path` is absent and `url` is given: null, containers and numbers out of range are absent",
    arguments: [
      (#""path":"/own""#, "/own"), (#""path":"""#, ""), (#""path":7"#, "7"),
      (#""path":true"#, "true"), (#""path":null"#, "/url"), (#""path":[]"#, "/url"),
      (#""path":{}"#, "/url"), (#""path":1e400"#, "/url"), (#""path":"/own","path":null"#, "/url"),
      (#""pa\u0074h":"\u002fown""#, "/own"),
    ])
  func pathOrURL(member: String, path: String) throws {
    #expect(try self.path(#","url":"https://example.com/url",\#(member)"#) == path)
    #expect(try self.path(#",\#(member),"url":"https://example.com/url""#) == path)
  }

  @Test("a url that is no text gives no path", arguments: ["5", "null", "true", "[]", "{}"])
  func noURL(url: String) throws {
    #expect(try path(#","url":\#(url)"#) == nil)
  }

  @Test("a condition on `path` sees the path of the url")
  func pathInConditions() throws {
    let plan = try plan()
    let text = event(type: #""page_view""#, #","url":"https://example.com/PRICING/team?x=1""#)
    #expect(sheet(of: text, plan).seen(plan).map(\.interactions) == [[0, 1]])
  }

  @Test(
    "`duration`: a number or numeric string, × 1000 in binary64, rounded, held within 0 and 1800 s",
    arguments: [
      ("0", 0), ("1", 1000), ("12.5", 12_500), (#""12.5""#, 12_500), (#""1e2""#, 100_000),
      ("0.0004", 0), ("0.0005", 1), (#""0.0005""#, 1), ("5e-4", 1), ("0.00049999", 0),
      ("1.0004", 1000), ("1.0005", 1001), ("1.00049999", 1000), ("1.0015", 1002),
      ("0.5005", 500), ("2.0035", 2003), ("8.0025", 8002), ("0.5015", 501), ("0.5006", 501),
      ("1024.0005", 1_024_001),
      ("1799.9994", 1_799_999), ("1799.9995", 1_800_000), ("1800", 1_800_000),
      ("1800.001", 1_800_000), ("1e300", 1_800_000), ("-0.0004", 0), ("-0.0", 0), ("-5", 0),
      ("1e400", 0), ("null", 0), ("true", 0), ("[12]", 0), ("{}", 0), (#""""#, 0), (#"" 12""#, 0),
      (#""12 ""#, 0), (#""12s""#, 0), (#""0x10""#, 0), (#""012""#, 0), (#""+12""#, 0),
      (#""nan""#, 0), (#""inf""#, 0), (#""1,5""#, 0), (#""\u0031\u0032""#, 12_000),
    ])
  func duration(value: String, milliseconds: Int) throws {
    let plan = try plan()
    let text = event(type: #""page_view""#, #","duration":\#(value)"#)
    #expect(sheet(of: text, plan).seen(plan).map(\.duration) == [milliseconds])
  }

  @Test("what is not half a millisecond to within binary64 is rounded to the nearest")
  func milliseconds() {
    for whole in stride(from: 0, to: 1_800_000, by: 37) {
      let text = "\(whole / 1000).\(String(1000 + whole % 1000).dropFirst())"
      for (tail, more) in [("4999", 0), ("5001", 1), ("0", 0), ("9999", 1)] {
        guard let seconds = jsonNumber(text + tail) else { continue }
        let found = wholeMilliseconds(seconds)
        if found != Int64(whole + more) { Issue.record("\(text + tail) is \(found)") }
      }
    }
  }

  @Test(
    "only a `page_view` that is an activity spends time",
    arguments: [("page_view", 5000), ("Page_View", 0), ("download", 0), ("profile", 0), ("t", 0)])
  func durationOfTypes(type: String, milliseconds: Int) throws {
    let plan = try plan()
    let text = event(type: "\"\(type)\"", #","duration":5"#)
    #expect(sheet(of: text, plan).seen(plan).map(\.duration) == [milliseconds])
  }

  @Test(
    "a member that is null, or of the wrong kind, is as if absent (in `fields` a null removes)",
    arguments: [
      (#""fields":{"size":5}"#, ["size = 5"]),
      (#""fields":{"size":"5"}"#, ["size = 5"]),
      (#""fields":{"size":-0.0}"#, ["size = 0"]),
      (#""fields":{"size":1E2}"#, ["size = 100"]),
      (#""fields":{"size":true}"#, ["size = true"]),
      (#""fields":{"size":false}"#, ["size = false"]),
      (#""fields":{"size":""}"#, ["size = "]),
      (#""fields":{"size":null}"#, ["size removed"]),
      (#""fields":{"size":1e400}"#, []),
      (#""fields":{"size":[5]}"#, []),
      (#""fields":{"size":{"a":5}}"#, []),
      (#""fields":{"other":5}"#, []),
      (#""fields":{"Size":5}"#, []),
      (#""fields":{"s\u0069ze":5}"#, ["size = 5"]),
      (#""fields":{"title":"V\u0050","size":5}"#, ["size = 5", "title = VP"]),
      (#""fields":{"size":5,"size":6}"#, ["size = 6"]),
      (#""fields":{"size":5,"size":null}"#, ["size removed"]),
      (#""fields":{"size":5,"size":[]}"#, []),
      (#""fields":{"size":5},"fields":{"title":"x"}"#, ["title = x"]),
      (#""fields":{"size":5},"fields":null"#, []),
      (#""fields":null,"fields":{"size":5}"#, ["size = 5"]),
      (#""size":5"#, []),
      (#""account":"acme""#, ["account acme"]),
      (#""account":"""#, []),
      (#""account":null"#, []),
      (#""account":7"#, []),
      (#""account":"acme","account":null"#, []),
      (#""account":"\ud83d\ude00""#, ["account 😀"]),
    ])
  func facts(members: String, notes: [String]) throws {
    let plan = try plan()
    #expect(sheet(of: event("," + members), plan).allNotes(plan) == notes)
  }

  @Test("an outcome's `fields` and `account` are ignored")
  func outcome() throws {
    let plan = try plan()
    let text = event(
      type: #""outcome""#, #","outcome":"won","account":"acme","fields":{"size":5}"#)
    #expect(sheet(of: text, plan).allNotes(plan) == ["outcome"])
  }

  @Test(
    "an answer is a number or numeric string; what is none is an answer all the same",
    arguments: [
      ("9", "answer 9.0"), (#""9""#, "answer 9.0"), (#""9 ""#, "answer nan"), ("7.5", "answer 7.5"),
      ("null", "answer nan"), ("true", "answer nan"), ("[9]", "answer nan"),
      ("1e400", "answer nan"),
    ])
  func answers(value: String, note: String) throws {
    let plan = try plan()
    let text = event(
      type: #""form_fill""#, #","form":"NPS","fields":{"satisfaction":\#(value)}"#)
    #expect(sheet(of: text, plan).allNotes(plan) == [note])
    let other = event(type: #""form_fill""#, #","form":"x","fields":{"satisfaction":\#(value)}"#)
    #expect(sheet(of: other, plan).allNotes(plan) == [])
  }

  @Test("once_per values compare exactly, by their text as in conditions")
  func onceValues() throws {
    let plan = try plan()
    func once(_ value: String) -> [String] {
      let member = value.isEmpty ? "" : #","asset":\#(value)"#
      return sheet(of: event(type: #""download""#, member), plan).allNotes(plan)
    }
    #expect(once("").isEmpty && once("null").isEmpty && once("[]").isEmpty)
    #expect(once("1e400").isEmpty)
    #expect(once(#""1""#) == ["compared 0: \(hash("1"))"])
    #expect(once("1") == once(#""1""#) && once("1.0") == once("1") && once("1e0") == once("1"))
    #expect(once(#""1.0""#) != once("1"))
    #expect(once("true") == once(#""true""#))
    #expect(once(#""A""#) != once(#""a""#))
    #expect(once(#""\u0061""#) == once(#""a""#))
    #expect(once(#""""#) == ["compared 0: \(hash(""))"])
  }

  @Test("values that points are made of are numbers as in conditions, of activities alone")
  func pointValues() throws {
    let plan = try plan(
      """
      name: values
      interactions: { order: { type: order } }
      scores:
        s: { points: { order: { points: { of: amount }, limit: 1, each: fields.shop } } }
        t: { points: { order: { points: { of: fields.size, times: 2 } } } }
      """)
    func notes(_ type: String, _ rest: String) -> [String] {
      sheet(of: event(type: "\"\(type)\"", rest), plan).allNotes(plan)
    }
    #expect(notes("order", #","amount":12.50"#) == ["value 0: 12.5"])
    #expect(notes("order", #","amount":"-1e2""#) == ["value 0: -100.0"])
    #expect(
      notes("order", #","fields":{"size":3,"shop":"x"},"amount":1"#)
        == ["compared 0: \(hash("x"))", "value 0: 1.0", "value 1: 3.0"])
    for value in ["null", "true", #""many""#, #"" 1""#, "1e400", "[1]"] {
      #expect(notes("order", #","amount":\#(value)"#).isEmpty, "\(value)")
    }
    #expect(notes("other", #","amount":12.50"#).isEmpty)
  }

  @Test("the values that are named decide how a log is read; what is made of them does not")
  func fingerprints() throws {
    func fingerprint(_ rule: String) throws -> String {
      try plan(
        """
        name: values
        interactions: { order: { type: order } }
        scores: { s: { points: { order: \(rule) } } }
        """
      ).fingerprint
    }
    let base = try fingerprint("{ points: { of: amount } }")
    #expect(
      try base == fingerprint("{ points: { of: amount, times: 3, max: 2 }, limit: 3, per: 24h }"))
    #expect(try base != fingerprint("{ points: { of: fields.amount } }"))
    #expect(try base != fingerprint("1"))
    let limited = "limit: 1, each: shop"
    #expect(
      try fingerprint("{ points: 1, \(limited) }") == fingerprint("{ points: 1, once_per: shop }"))
    #expect(try fingerprint("{ points: 1, \(limited) }") != fingerprint("1"))
  }
}
