import Foundation
import Intake
import Testing

@Suite("Reading an access log")
struct AccessLogTests {
  /// Returns what a fresh reader makes of one line.
  private func reading(_ line: String, keepsCrawlers: Bool = false) -> LineReading {
    var log = AccessLog(keepsCrawlers: keepsCrawlers)
    return Array(line.utf8).withUnsafeBytes { log.read($0) }
  }

  /// Returns the events of one line as objects.
  private func events(_ line: String) throws -> [[String: String]] {
    guard case .events(let lines) = reading(line) else {
      Issue.record("not events: \(reading(line))")
      return []
    }
    return try lines.map { try JSONDecoder().decode([String: String].self, from: Data($0)) }
  }

  private func line(
    user: String = "-", time: String = "17/May/2026:10:05:03 +0000",
    request: String = "GET / HTTP/1.1",
    status: String = "200", referrer: String = "-",
    agent: String = "Mozilla/5.0 (X11) Firefox/130.0"
  ) -> String {
    "192.0.2.7 - \(user) [\(time)] \"\(request)\" \(status) 512 \"\(referrer)\" \"\(agent)\"\n"
  }

  @Test("a page is a page view of the address, its time in UTC")
  func page() throws {
    let events = try events(
      line(time: "01/Jan/2026:01:30:00 +0200", request: "GET /pricing?from=ad#top HTTP/1.1"))
    #expect(events.count == 1)
    #expect(events[0]["type"] == "page_view")
    #expect(events[0]["lead"] == "192.0.2.7")
    #expect(events[0]["time"] == "2025-12-31T23:30:00Z")
    #expect(events[0]["path"] == "/pricing")
    #expect(events[0]["id"]?.utf8.count == 32)
    #expect(events[0]["referrer"] == nil)
  }

  @Test(
    "times are shifted over days, months and years",
    arguments: [
      ("28/Feb/2024:23:59:59 -0001", "2024-02-29T00:00:59Z"),
      ("31/Dec/2025:20:00:00 -0730", "2026-01-01T03:30:00Z"),
      ("01/Mar/2026:00:00:00 +1400", "2026-02-28T10:00:00Z"),
      ("29/Feb/2000:12:00:00 +0000", "2000-02-29T12:00:00Z"),
    ])
  func times(stamp: String, time: String) throws {
    #expect(try events(line(time: stamp))[0]["time"] == time)
  }

  @Test(
    "a signed-in user is the lead, with spaces in the name or not", arguments: ["ada", "Ada L."])
  func user(name: String) throws {
    #expect(try events(line(user: name))[0]["lead"] == name)
  }

  @Test("the common format has neither referrer nor agent, and is kept")
  func common() throws {
    let common = #"::1 - - [17/May/2026:10:05:03 +0000] "GET /a HTTP/1.0" 304 -"#
    #expect(try events(common)[0]["lead"] == "::1")
  }

  @Test("a document is a download, and what is posted is a filled form")
  func kinds() throws {
    let download = try events(line(request: "GET /files/Guide.PDF?v=2 HTTP/1.1"))[0]
    #expect(download["type"] == "download")
    #expect(download["asset"] == "/files/Guide.PDF")
    #expect(download["path"] == "/files/Guide.PDF")
    let form = try events(line(request: "POST /contact HTTP/1.1", status: "302"))[0]
    #expect(form["type"] == "form_fill")
    #expect(form["form"] == "/contact")
  }

  @Test("a search of the site and one that led to it are events besides the page view")
  func searches() throws {
    let found = try events(
      line(
        request: "GET /find?page=2&q=lead+scor%69ng HTTP/1.1",
        referrer: "https://www.google.co.uk/search?q=b2b%20%22scoring%22"))
    #expect(found.map { $0["type"] } == ["page_view", "search", "search"])
    #expect(found[1]["query"] == "lead scoring")
    #expect(found[2]["query"] == "b2b \"scoring\"")
    #expect(found[2]["channel"] == "organic")
    #expect(Set(found.map { $0["id"] }).count == 3)
    #expect(found.allSatisfy { $0["id"]?.hasPrefix(found[0]["id"] ?? "?") == true })
  }

  @Test(
    "search engines are known by their host, whatever country",
    arguments: [
      ("https://www.google.com/", true), ("http://duckduckgo.com/?q=x", true),
      ("https://search.yahoo.com/s?p=x", true), ("https://mail.google.com/", false),
      ("https://notgoogle.com/?q=x", false), ("https://google.example.org/", false),
      ("https://www.bing.com:443/search", true), ("google.com", false),
    ])
  func engines(referrer: String, isEngine: Bool) throws {
    #expect(try events(line(referrer: referrer)).count == (isEngine ? 2 : 1))
  }

  @Test(
    "what says nothing about a person is skipped, by reason",
    arguments: [
      ("GET /style.css HTTP/1.1", "200", "asset"), ("GET /favicon-32.png HTTP/1.1", "200", "asset"),
      ("GET /robots.txt HTTP/1.1", "200", "asset"), ("GET /blog/index.rss HTTP/1.1", "200", "feed"),
      ("GET /?flav=rss20 HTTP/1.1", "200", "feed"),
      ("GET /blog/feed/ HTTP/1.1", "404", "status"), ("HEAD / HTTP/1.1", "200", "method"),
      ("OPTIONS * HTTP/1.1", "200", "no-request"), ("-", "408", "no-request"),
      (#"\x16\x03\x01\x02"#, "400", "no-request"), ("POST /contact HTTP/1.1", "500", "status"),
    ])
  func skipped(request: String, status: String, reason: String) {
    #expect(reading(line(request: request, status: status)) == .skipped(reason))
  }

  @Test(
    "known crawlers are skipped unless they are asked for",
    arguments: [
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.0",
      "Feedbin - 1 subscribers", "Tiny Tiny RSS/1.11 (http://tt-rss.org/)", "python-requests/2.31",
      "Mozilla/4.0 (compatible;)",
    ])
  func crawlers(agent: String) {
    #expect(reading(line(agent: agent)) == .skipped("crawler"))
    guard case .events = reading(line(agent: agent), keepsCrawlers: true) else {
      Issue.record("kept crawlers give events")
      return
    }
  }

  @Test("a crawler is known also by an agent that was cut")
  func cutAgent() {
    let cut =
      #"a - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" 200 5 "-" "Googlebot/2.1 (+http"#
    #expect(reading(cut) == .skipped("crawler"))
  }

  @Test("a phone whose name sounds like a crawler's is a person's")
  func phone() throws {
    #expect(
      try events(line(agent: "Mozilla/5.0 (Linux; Android 9; CUBOT X19) Chrome/99")).count == 1)
  }

  @Test(
    "a line that is not of the format is refused, by reason",
    arguments: [
      ("garbage", "user"), (" - - [", "address"), (#"a - - x "GET / HTTP/1.1" 200 5"#, "user"),
      (#"a - - [32/May/2026:10:05:03 +0000] "GET / HTTP/1.1" 200 5"#, "time"),
      (#"a - - [17/Mai/2026:10:05:03 +0000] "GET / HTTP/1.1" 200 5"#, "time"),
      (#"a - - [17/May/2026:10:05:60 +0000] "GET / HTTP/1.1" 200 5"#, "time"),
      (#"a - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1 200 5"#, "request"),
      (#"a - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" ok 5"#, "status"),
      (#"a - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" 200 x"#, "size"),
      (#"a - - [17/May/2026:10:05:03 +0000] "GET / HTTP/1.1" 200"#, "size"),
    ])
  func refused(line: String, reason: String) {
    #expect(reading(line) == .refused(reason))
  }

  @Test("a lead longer than a key may be is refused")
  func longLead() {
    #expect(reading(line(user: String(repeating: "u", count: 257))) == .refused("lead"))
    #expect(reading(line(user: String(repeating: "u", count: 256))) != .refused("lead"))
  }

  @Test("escapes are resolved, and what is no text is percent-encoded")
  func escapes() throws {
    let quoted = try events(
      line(request: #"GET /a\"b\x5C HTTP/1.1"#, referrer: #"https://x.example/\"\t"#))
    #expect(quoted[0]["path"] == #"/a"b\"#)
    #expect(quoted[0]["referrer"] == "https://x.example/\"\t")
    #expect(try events(line(request: #"GET /caf\xE9 HTTP/1.1"#))[0]["path"] == "/caf%E9")
    #expect(try events(line(request: #"GET /caf\xC3\xA9 x HTTP/1.1"#))[0]["path"] == "/café%20x")
    var log = AccessLog()
    let raw = Array(line(user: "u").utf8).map { $0 == UInt8(ascii: "u") ? 0xFF : $0 }
    guard case .events(let lines) = raw.withUnsafeBytes({ log.read($0) }) else { return }
    #expect(String(validating: lines[0], as: UTF8.self)?.contains("\"lead\":\"%FF\"") == true)
  }
}
