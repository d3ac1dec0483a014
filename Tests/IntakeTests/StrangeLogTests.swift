import Foundation
import Intake
import Testing

@Suite("Access logs that others write")
struct StrangeLogTests {
  private static let request =
    #"[10/Feb/2026:16:42:07 -0500] "GET /pricing HTTP/1.1" 200 3681 "-" "Mozilla/5.0 (X11) Firefox/128.0""#

  private func read(_ text: String, keepsRedirects: Bool = false) throws -> [ReadRecord] {
    try records(text, by: LineRecords(AccessLog(keepsRedirects: keepsRedirects)))
  }

  private func leads(_ text: String) throws -> [String?] {
    try read(text).map { $0.events.first?["lead"] ?? $0.refusal.map { "refused \($0)" } }
  }

  @Test(
    "what stands before the address is no lead: virtual hosts, syslog, containers, lists of proxies",
    arguments: [
      ("shop.example.com:443 203.0.113.7 - -", "203.0.113.7"),
      ("www.example.com 203.0.113.10 - -", "203.0.113.10"),
      ("shop.example.com:443 203.0.113.9 - ada", "ada"),
      ("198.51.100.1:443 203.0.113.7 - -", "203.0.113.7"),
      ("shop.example.com:80 visitor.example - -", "visitor.example"),
      ("web_1  | 203.0.113.7 - -", "203.0.113.7"),
      ("web_1  | visitor.example - -", "visitor.example"),
      ("Jan 15 10:00:00 web1 nginx: 203.0.113.7 - -", "203.0.113.7"),
      ("Jan 15 10:00:00 10.0.0.5 nginx[17]: 203.0.113.7 - -", "203.0.113.7"),
      ("<190>1 2026-02-10T16:42:07Z web1 nginx - - - 203.0.113.7 - -", "203.0.113.7"),
      ("2026-02-10T16:42:07.123Z stdout F 203.0.113.7 - -", "203.0.113.7"),
      ("203.0.113.7, 10.0.0.1 - -", "203.0.113.7"),
      ("unknown, 203.0.113.7, 10.0.0.1 - -", "203.0.113.7"),
      ("203.0.113.7:52114 - -", "203.0.113.7"), ("[2001:DB8::7]:52114 - -", "2001:db8::7"),
      ("::ffff:203.0.113.7 - -", "203.0.113.7"), ("203.0.113.7 - Ada L.", "Ada L."),
      ("203.0.113.7 - undefined", "203.0.113.7"),
    ])
  func prefixes(head: String, lead: String) throws {
    #expect(try leads("\(head) \(Self.request)\n") == [lead])
  }

  @Test(
    "where it is not sure whose visit it is the line is refused",
    arguments: [
      ("198.51.100.1 203.0.113.7 - -", "address"), ("a b c d", "address"),
      ("shop.example.com:443 - - -", "address"), ("- - -", "lead"), ("unix: - -", "lead"),
    ])
  func refused(head: String, reason: String) throws {
    #expect(try leads("\(head) \(Self.request)\n") == ["refused \(reason)"])
    #expect(try leads("- - ada \(Self.request)\n") == ["ada"])
  }

  @Test("behind a proxy of one's own the visitor is the first that it names")
  func forwarded() throws {
    let line = "10.0.0.1 - - \(Self.request)"
    #expect(
      try leads("\(line) \"203.0.113.7, 10.0.0.1\"\n\(line) \"-\"\n") == [
        "203.0.113.7", "10.0.0.1",
      ])
    #expect(try leads("198.51.100.7 - - \(Self.request) \"203.0.113.7\"\n") == ["198.51.100.7"])
  }

  @Test(
    "feeds are no pages, with or without a slash at the end, anywhere in the path",
    arguments: [
      "/feed", "/feed/", "/blog/feed/", "/comments/feed/", "/feed/atom/", "/category/x/feed/rss2",
      "/rss/",
    ])
  func feeds(path: String) throws {
    let line = "203.0.113.7 - - \(Self.request)\n"
    #expect(try read(line.replacing("/pricing", with: path)).map(\.skipped) == ["feed"])
    #expect(try read(line.replacing("/pricing", with: "/feedback/")).map(\.skipped) == [nil])
  }

  @Test(
    "health checks and monitors are no visitors",
    arguments: [
      "kube-probe/1.29", "ELB-HealthChecker/2.0", "GoogleHC/1.0",
      "Amazon-Route53-Health-Check-Service",
      "Prometheus/2.50", "Zabbix", "NodePing", "Monit/5.33",
      "Mozilla/5.0 (compatible; AhrefsSiteAudit/6.1)",
      "Mozilla/5.0 (compatible; CensysInspect/1.1)",
    ])
  func monitors(agent: String) throws {
    let line = "203.0.113.7 - - \(Self.request)\n"
    let monitored = line.replacing("Mozilla/5.0 (X11) Firefox/128.0", with: agent)
    #expect(try read(monitored).map(\.skipped) == ["crawler"])
  }

  @Test("a visit to a moved page counts where it went, unless redirects are kept")
  func redirects() throws {
    let line = "203.0.113.7 - - \(Self.request)\n"
    for status in ["301", "302", "303", "307", "308"] {
      let moved = line.replacing(" 200 ", with: " \(status) ")
      #expect(try read(moved).map(\.skipped) == ["redirect"])
      #expect(try read(moved, keepsRedirects: true).map(\.skipped) == [nil])
      // What was posted was filled in, wherever the visitor was sent afterwards.
      #expect(try read(moved.replacing("GET", with: "POST")).map(\.skipped) == [nil])
    }
    #expect(try read(line.replacing(" 200 ", with: " 304 ")).map(\.skipped) == [nil])
  }

  @Test("W3C's extended format of IIS: columns by name, plus signs for spaces, times of UTC")
  func iis() throws {
    let found = try read(
      """
      #Software: Microsoft Internet Information Services 10.0
      #Version: 1.0
      #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status time-taken
      2026-02-10 16:42:07 10.0.0.4 GET /pricing utm_campaign=spring 443 - 203.0.113.7 Mozilla/5.0+(X11)+Firefox/128.0 https://x.example/ 200 15
      2026-02-10 16:43:07 10.0.0.4 POST /contact - 443 ACME\\ada 203.0.113.8 Mozilla/5.0+(X11) - 302 15
      2026-02-10 16:44:07 10.0.0.4 GET /robots - 443 - 203.0.113.9 Mozilla/5.0+(compatible;+bingbot/2.0) - 200 15
      2026-02-10 16:44:07 10.0.0.4 GET /short

      """)
    #expect(found.prefix(3).map(\.skipped) == ["no-request", "no-request", "no-request"])
    let view = found[3].events[0]
    #expect(view["lead"] == "203.0.113.7" && view["time"] == "2026-02-10T16:42:07Z")
    #expect(
      view["type"] == "page_view" && view["path"] == "/pricing" && view["campaign"] == "spring")
    #expect(found[4].events[0]["lead"] == "ACME\\ada" && found[4].events[0]["type"] == "form_fill")
    #expect(found[5].skipped == "crawler" && found[6].refusal == "columns")
  }

  @Test("CloudFront's log has tabs and encodes its texts")
  func cloudFront() throws {
    let columns =
      "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query"
    let found = try read(
      "#Version: 1.0\n#Fields: \(columns)\n"
        + [
          "2026-02-10", "16:42:07", "FRA2", "392", "203.0.113.7", "GET", "d1.cloudfront.net",
          "/pricing",
          "200", "https://www.google.com/", "Mozilla/5.0%20(X11)%20Firefox/128.0", "q=crm",
        ].joined(separator: "\t") + "\n"
        + [
          "2026-02-10", "16:42:08", "FRA2", "392", "2001:db8::1", "GET", "d1.cloudfront.net", "/",
          "200", "-", "Googlebot/2.1%2520(%2Bhttp://www.google.com/bot.html)", "-",
        ].joined(separator: "\t") + "\n")
    #expect(found[2].events.map { $0["type"] } == ["page_view", "search", "search"])
    #expect(found[2].events[0]["lead"] == "203.0.113.7" && found[3].skipped == "crawler")
  }

  @Test("load balancers of Amazon: new ones, and classic ones")
  func balancers() throws {
    let tail =
      #""GET https://www.example.com:443/pricing?x=1 HTTP/1.1" "Mozilla/5.0 (X11) Firefox/128.0" TLS_AES_128 TLSv1.3"#
    let found = try read(
      """
      https 2026-02-10T16:42:07.186641Z app/my-lb/50dc6c495c0c9188 203.0.113.7:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 \(tail) arn:aws "Root=1-58" "www.example.com" "arn" 1 2026-02-10T16:42:07.0Z "forward" "-" "-"
      2026-02-10T16:42:07.186641Z my-lb 203.0.113.8:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 \(tail)
      http 2026-02-10T16:42:07.186641Z app/my-lb/50dc6c495c0c9188 203.0.113.7:2817 - -1 -1 -1 301 - 0 57 "GET http://www.example.com:80/ HTTP/1.1" "Mozilla/5.0" - - -

      """)
    #expect(found.map { $0.events.first?["lead"] } == ["203.0.113.7", "203.0.113.8", nil])
    #expect(
      found[0].events[0]["path"] == "/pricing"
        && found[0].events[0]["time"] == "2026-02-10T16:42:07.186641Z")
    #expect(found[2].skipped != nil)
  }

  @Test("logs in JSON: Caddy's, Traefik's and the usual ones of nginx")
  func json() throws {
    let found = try read(
      """
      {"level":"info","ts":1770742927.25,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"203.0.113.7","remote_port":"4","client_ip":"203.0.113.7","proto":"HTTP/2.0","method":"GET","host":"x.example","uri":"/pricing?utm_campaign=spring","headers":{"User-Agent":["Mozilla/5.0 (X11) Firefox/128.0"],"Referer":["https://y.example/"]}},"user_id":"","status":200}
      {"level":"info","ts":1770742927.25,"msg":"serving initial configuration"}
      {"time_iso8601":"2026-02-10T16:42:07-05:00","remote_addr":"10.0.0.1","http_x_forwarded_for":"203.0.113.8, 10.0.0.1","remote_user":"-","request":"GET /a HTTP/1.1","status":"200","http_referer":"-","http_user_agent":"Mozilla/5.0 (X11)"}
      {"ClientHost":"203.0.113.9","ClientUsername":"-","DownstreamStatus":200,"RequestMethod":"GET","RequestPath":"/b","StartUTC":"2026-02-10T21:42:07.5Z","request_User-Agent":"curl/8"}

      """)
    #expect(
      found[0].events[0]["lead"] == "203.0.113.7" && found[0].events[0]["campaign"] == "spring")
    #expect(found[0].events[0]["time"] == "2026-02-10T17:02:07.25Z")
    #expect(
      found[0].events[0]["referrer"] == "https://y.example/" && found[1].skipped == "no-request")
    #expect(found[2].events[0]["lead"] == "203.0.113.8" && found[3].skipped == "crawler")
  }

  @Test("a last line without its line feed waits, and is whole the next time")
  func unfinished() throws {
    let line = "203.0.113.7 - - \(Self.request)"
    let whole = "\(line)\n\(line.replacing(":42:", with: ":43:"))"
    let reader = LineRecords(AccessLog())
    #expect(
      try records(String(whole.dropLast(20)), by: reader, isCut: true).map(\.skipped) == [
        nil, "unfinished",
      ])
    #expect(try records(whole + "\n", by: reader, isCut: true).map(\.skipped) == [nil, nil])
    #expect(try records(whole, by: reader).map(\.skipped) == [nil, nil])
    // A line that closes what it opens is whole by itself.
    let native = LineRecords(NativeEvents())
    #expect(try records("{\"id\":\"1\"}", by: native, isCut: true).map(\.skipped) == [nil])
    #expect(try records("{\"id\":\"1\"", by: native, isCut: true).map(\.skipped) == ["unfinished"])
  }
}
