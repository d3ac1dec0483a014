import Engine
import Foundation
import Testing

@Suite("append", .serialized)
struct AppendTests {
  private func report(_ outcome: Outcome) throws -> AppendReport {
    try JSONDecoder().decode(AppendReport.self, from: Data(outcome.out.utf8))
  }

  @Test("what is an event becomes a segment, the rest goes to quarantine, and the counts balance")
  func native() throws {
    let workplace = try Workplace()
    _ = try workplace.run("init", "acme")
    try workplace.write(
      event("1", "page_view", "ada") + "\n" + "oops\n" + event("2", "download", "bob") + "{}\n"
        + "  \r\n" + event("3", "page_view", "cy").dropLast(), to: "events.ndjson")
    let outcome = try workplace.run("append", "--book", "acme", "events.ndjson")
    #expect(outcome.code == 0 && outcome.err.isEmpty)
    let lines = outcome.out.components(separatedBy: "\n")
    #expect(
      Array(lines.prefix(6)) == [
        "5 lines = 3 appended + 0 skipped + 2 refused", "  refused  id: 1", "  refused  json: 1",
        "  event    download: 1", "  event    page_view: 2",
        "segment   000001.ndjson.gz, 3 events",
      ])
    #expect(try workplace.names(in: "acme/log") == ["000001.ndjson.gz", "chain.ndjson"])
    let quarantine = try workplace.names(in: "acme/quarantine")
    #expect(quarantine.count == 1 && lines[6] == "refused   acme/quarantine/\(quarantine[0])")
    #expect(
      try workplace.read("acme/quarantine/\(quarantine[0])") == """
        {"file":"events.ndjson","line":3,"reason":"json","bytes":4,"text":"oops"}
        {"file":"events.ndjson","line":5,"reason":"id","bytes":2,"text":"{}"}

        """)
    let run = try workplace.run(
      "run", "--book", "acme", "--as-of", "2026-03-01T00:00:00Z", "--report")
    #expect(run.code == 0 && run.out.contains("events    3 read = 3 used"))
  }

  @Test("standard input is read where no file is named, or a dash")
  func standardInput() throws {
    let workplace = try Workplace()
    for files in [[], ["-"]] as [[String]] {
      let outcome =
        files.isEmpty
        ? try workplace.run("append", "--json", "--book", "acme", input: event("1", "t", "ada"))
        : try workplace.run(
          "append", "--json", "--book", "acme", "-", input: event("1", "t", "ada"))
      #expect(outcome.code == 0 && outcome.err.isEmpty)
      let report = try report(outcome)
      #expect(report.lines == 1 && report.appended == 1 && report.events == 1)
      #expect(report.eventsByType == ["t": 1] && report.quarantine == nil)
    }
    #expect(
      try workplace.names(in: "acme/log")
        == ["000001.ndjson.gz", "000002.ndjson.gz", "chain.ndjson"])
  }

  @Test("nothing to append makes no segment", arguments: ["", "\n\n", "oops\n"])
  func nothing(input: String) throws {
    let workplace = try Workplace()
    let outcome = try workplace.run("append", "--book", "acme", input: input)
    // Nothing but refused lines is somebody's mistake; no lines at all are a quiet night.
    #expect(outcome.code == (input == "oops\n" ? 65 : 0))
    #expect(outcome.err.isEmpty == (outcome.code == 0))
    #expect(outcome.out.contains("\nnothing to append\n"))
    #expect(try workplace.names(in: "acme/log") == [])
    #expect(workplace.exists("acme/quarantine") == (input == "oops\n"))
  }

  @Test("a file that is not there, or is damaged, appends nothing, also of the files before it")
  func faults() throws {
    let workplace = try Workplace()
    try workplace.write(event("1", "t", "ada"), to: "good.ndjson")
    try workplace.write("no gzip", to: "bad.ndjson.gz")
    let missing = try workplace.run("append", "--book", "acme", "good.ndjson", "nope.ndjson")
    #expect(missing.code == 66 && missing.out.isEmpty)
    #expect(missing.err.hasPrefix("error: nope.ndjson: cannot open: no such file or directory\n"))
    let damaged = try workplace.run("append", "--book", "acme", "good.ndjson", "bad.ndjson.gz")
    #expect(damaged.code == 65 && damaged.out.isEmpty)
    #expect(damaged.err.hasPrefix("error: bad.ndjson.gz: byte 0: not gzip"))
    let format = try workplace.run("append", "--book", "acme", "--from", "nope", "good.ndjson")
    #expect(format.code == 64 && format.out.isEmpty && format.err.contains("'nope'"))
    #expect(try workplace.names(in: "acme/log") == [])
    #expect(!workplace.exists("acme/quarantine"))
  }

  /// Twelve lines as a web server writes them: pages, a document, a form, a crawler, and nonsense.
  private let accessLog = """
    192.0.2.7 - - [01/Feb/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 512 "-" "Mozilla/5.0 Firefox/130.0"
    192.0.2.7 - - [01/Feb/2026:10:00:01 +0000] "GET /style.css HTTP/1.1" 200 512 "-" "Mozilla/5.0 Firefox/130.0"
    192.0.2.7 - - [01/Feb/2026:10:01:00 +0000] "GET /pricing HTTP/1.1" 200 512 "-" "Mozilla/5.0 Firefox/130.0"
    192.0.2.7 - - [01/Feb/2026:10:01:00 +0000] "GET /pricing HTTP/1.1" 200 512 "-" "Mozilla/5.0 Firefox/130.0"
    192.0.2.7 - - [01/Feb/2026:10:02:00 +0000] "GET /guide.pdf HTTP/1.1" 200 9999 "-" "Mozilla/5.0 Firefox/130.0"
    192.0.2.8 - ada [01/Feb/2026:12:00:00 +0200] "POST /contact HTTP/1.1" 302 0 "-" "Mozilla/5.0 Firefox/130.0"
    192.0.2.9 - - [01/Feb/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 512 "-" "Googlebot/2.1 (+http://www.google.com/bot.html)"
    192.0.2.7 - - [01/Feb/2026:10:03:00 +0000] "GET /gone HTTP/1.1" 404 0 "-" "Mozilla/5.0 Firefox/130.0"
    192.0.2.7 - - [01/Feb/2026:10:04:00 +0000] "GET /find?q=scoring HTTP/1.1" 200 512 "-" "Mozilla/5.0 Firefox/130.0"

    hello
    192.0.2.7 - - [32/Feb/2026:10:04:00 +0000] "GET / HTTP/1.1" 200 512 "-" "Mozilla/5.0 Firefox/130.0"

    """

  @Test("an access log's lines are appended, skipped or refused, and nothing is lost")
  func accessLogCounts() throws {
    let workplace = try Workplace()
    try workplace.write(accessLog, to: "access.log")
    let outcome = try workplace.run(
      "append", "--book", "acme", "--from", "access-log", "--json", "access.log")
    #expect(outcome.code == 0 && outcome.err.isEmpty)
    let report = try report(outcome)
    #expect(report.lines == 11)
    #expect(report.lines == report.appended + report.skipped + report.refused)
    #expect(report.appended == 6)
    #expect(report.skippedByReason == ["asset": 1, "crawler": 1, "status": 1])
    #expect(report.refused == 2 && report.refusedByReason.values.reduce(0, +) == 2)
    // The search is an event besides the page view it came with.
    #expect(report.eventsByType == ["page_view": 4, "download": 1, "form_fill": 1, "search": 1])
    #expect(report.events == 7)
    let quarantine = try #require(report.quarantine)
    let refused = try workplace.read(quarantine).split(separator: "\n")
    #expect(refused.count == 2)
    #expect(refused[0].contains(#""line":11,"#) && refused[0].contains(#""text":"hello""#))
    #expect(refused[1].contains(#""line":12,"#))
  }

  @Test("the same access log appended twice changes no result")
  func accessLogTwice() throws {
    let workplace = try Workplace()
    _ = try workplace.run("init", "acme")
    try workplace.write(accessLog, to: "access.log")
    func leads() throws -> String {
      let appended = try workplace.run(
        "append", "--book", "acme", "--from", "access-log", "access.log")
      let run = try workplace.run("run", "--book", "acme", "--as-of", "2026-03-01T00:00:00Z")
      #expect(appended.code == 0 && run.code == 0)
      return try workplace.read("acme/snapshots/latest/leads.csv")
    }
    let once = try leads()
    #expect(once.contains("\n192.0.2.7,") && once.contains("\nada,"))
    #expect(try leads() == once)
    let summary = try workplace.read("acme/snapshots/latest/summary.json")
    #expect(summary.contains(#""read" : 14"#) && summary.contains(#""duplicates" : 7"#))
    #expect(summary.contains(#""conflicts" : 0"#))
  }
}
