import Foundation
import Testing
import Upkeep

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
        "5 lines = 3 appended + 0 duplicate + 0 skipped + 2 refused", "  refused  id: 1",
        "  refused  json: 1",
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
      "run", "--book", "acme", "--as-of", "2026-03-01T00:00:00Z", "--details")
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
          "append", "--json", "--book", "acme", "-", input: event("2", "t", "ada"))
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

  @Test(
    "more refused than --max-refused: 65 and it says so; what is sound is in the log all the same")
  func maxRefused() throws {
    let input = event("1", "t", "ada") + "oops\n" + event("2", "t", "ada") + "{}\n{}\n"
    for share in ["59.9%", "0.5", "0"] {
      let workplace = try Workplace()
      let outcome = try workplace.run(
        "append", "--book", "acme", "--max-refused", share, input: input)
      #expect(outcome.code == 65 && outcome.out.hasPrefix("5 lines = 2 appended"), "\(share)")
      let quarantine = try #require(try workplace.names(in: "acme/quarantine").first)
      #expect(outcome.err.hasPrefix("error: 3 of 5 lines (60%) are refused; at most "))
      #expect(
        outcome.err.contains("% may be; the others are in the log\nhint: see acme/quarantine/"))
      #expect(outcome.err.contains(quarantine))
      #expect(try workplace.names(in: "acme/log") == ["000001.ndjson.gz", "chain.ndjson"])
      let mended = try workplace.run(
        "append", "--book", "acme", "--max-refused", share,
        input: event("1", "t", "ada") + event("2", "t", "ada") + event("3", "t", "ada"))
      #expect(mended.code == 0 && mended.out.hasPrefix("3 lines = 1 appended + 2 duplicate"))
    }
    for options in [["--max-refused", "60%"], ["--max-refused", "1"], []] {
      let workplace = try Workplace()
      let outcome = try workplace.run(
        ["append", "--book", "acme"] + options, input: Array(input.utf8))
      #expect(outcome.code == 0 && outcome.err == "", "\(options)")
    }
    // Whoever bears everything bears this, too.
    let all = try Workplace().run("append", "--book", "acme", "--max-refused", "1", input: "oops\n")
    #expect(all.code == 0)
    let none = try Workplace().run(
      "append", "--book", "acme", "--max-refused", "1%", input: "oops\n")
    #expect(none.code == 65 && none.err.hasPrefix("error: every line is refused"))
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

  @Test("the same access log appended twice adds nothing, and what it has grown by is added")
  func accessLogTwice() throws {
    let workplace = try Workplace()
    _ = try workplace.run("init", "acme")
    let line =
      #" - - [01/Feb/2026:11:00:00 +0000] "GET / HTTP/1.1" 200 512 "-" "Mozilla/5.0 Firefox/130.0""#
      + "\n"
    func append(_ text: String) throws -> AppendReport {
      try workplace.write(text, to: "access.log")
      let outcome = try workplace.run(
        "append", "--book", "acme", "--from", "access-log", "--json", "access.log")
      #expect(outcome.code == 0)
      return try report(outcome)
    }
    #expect(try append(accessLog).events == 7)
    let again = try append(accessLog)
    #expect(again.events == 0 && again.appended == 0 && again.duplicate == 6)
    #expect(again.lines == again.duplicate + again.skipped + again.refused)
    #expect(again.segments.isEmpty && again.quarantine == nil)
    let grown = try append(accessLog + "192.0.2.7" + line)
    #expect(grown.events == 1 && grown.appended == 1 && grown.duplicate == 6)
    #expect(try workplace.names(in: "acme/quarantine").count == 1)
    let run = try workplace.run(
      "run", "--book", "acme", "--as-of", "2026-03-01T00:00:00Z", "--details")
    #expect(run.out.contains("events    8 read = 8 used, 0 duplicates"))
  }

  @Test(
    "what comes through a pipe is durable in time though no further line comes, and a line says so")
  func stream() throws {
    let workplace = try Workplace()
    let pipe = try workplace.start("append", "--book", "acme", "--batch-seconds", "0.2")
    try pipe.write(event("1", "t", "ada") + event("2", "t", "ada") + #"{"id":"3","#)
    let first = try #require(pipe.line())
    #expect(
      first
        == "committed 2 lines = 2 appended + 0 duplicate + 0 skipped + 0 refused, 000001.ndjson.gz")
    #expect(try workplace.names(in: "acme/log") == ["000001.ndjson.gz", "chain.ndjson"])
    // The rest of a line may come a batch later than its beginning.
    try pipe.write(event("3", "t", "ada").dropFirst(10) + "oops\n")
    #expect(try #require(pipe.line()).hasPrefix("committed 2 lines = 1 appended"))
    try pipe.write(event("4", "t", "ada"))
    let outcome = try pipe.end()
    #expect(outcome.code == 0)
    #expect(outcome.out.hasPrefix("5 lines = 4 appended + 0 duplicate + 0 skipped + 1 refused\n"))
    #expect(try workplace.names(in: "acme/quarantine").count == 1)
  }

  @Test(
    "batches are cut at a number of events, and what a kill cut off is completed by the same again")
  func killed() throws {
    let workplace = try Workplace()
    let lines = (1...10).map { event("\($0)", "t", "ada") }
    let pipe = try workplace.start(
      "append", "--book", "acme", "--batch-events", "3", "--batch-seconds", "60")
    try pipe.write(lines[..<7].joined())
    for name in ["000001", "000002"] {
      #expect(try #require(pipe.line()).hasSuffix(", \(name).ndjson.gz"))
    }
    #expect(pipe.kill().code == -1)
    #expect(try workplace.names(in: "acme/log").contains("000002.ndjson.gz"))
    let again = try report(
      workplace.run("append", "--book", "acme", "--json", input: lines.joined()))
    #expect(again.duplicate == 6 && again.appended == 4 && again.segments == ["000003.ndjson.gz"])
    let names = try workplace.names(in: "acme/log")
    #expect(
      names == ["000001.ndjson.gz", "000002.ndjson.gz", "000003.ndjson.gz", "chain.ndjson"])
  }

  @Test("a pipe whose reader is asked to stop has what was read so far, and says so")
  func stopped() throws {
    let workplace = try Workplace()
    let pipe = try workplace.start("append", "--book", "acme", "--batch-events", "1")
    try pipe.write(event("1", "t", "ada"))
    _ = try #require(pipe.line())
    try pipe.write(event("2", "t", "ada"))
    _ = try #require(pipe.line())
    kill(pipe.identifier, SIGTERM)
    // Ended by the signal, and not by itself.
    #expect(pipe.outcome().code == -1)
    #expect(
      try workplace.names(in: "acme/log")
        == ["000001.ndjson.gz", "000002.ndjson.gz", "chain.ndjson"])
    let waiting = try workplace.start("append", "--book", "acme", "--batch-seconds", "3600")
    try waiting.write(event("3", "t", "ada"))
    // It has taken the line once the pipe is empty again.
    waiting.waitUntilTaken()
    kill(waiting.identifier, SIGTERM)
    #expect(waiting.outcome().code == -1)
    let again = try report(
      workplace.run("append", "--book", "acme", "--json", input: event("3", "t", "ada")))
    #expect(again.duplicate == 1)
  }

  @Test("a page of a file that is lost ends a command with exit code 74")
  func lostPage() throws {
    let workplace = try Workplace()
    let pipe = try workplace.start("append", "--book", "acme", "--batch-events", "1")
    try pipe.write(event("1", "t", "ada"))
    _ = try #require(pipe.line())
    // As the system tells of it.
    kill(pipe.identifier, SIGBUS)
    #expect(pipe.outcome().code == 74)
  }

  @Test("a book that another process writes to is waited for, and left alone when time is up")
  func locked() throws {
    let workplace = try Workplace()
    let holder = try workplace.start(
      "append", "--book", "acme", "--batch-seconds", "0.1")
    try holder.write(event("1", "t", "ada"))
    _ = holder.line()
    let refused = try workplace.run("append", "--book", "acme", input: event("2", "t", "ada"))
    #expect(refused.code == 75 && refused.out.isEmpty)
    #expect(refused.err.contains("(pid \(holder.identifier) since 20"))
    let waiting = try workplace.start("append", "--book", "acme", "--wait", "10m")
    try waiting.write(event("2", "t", "ada"))
    #expect(try holder.end().code == 0)
    #expect(try waiting.end().code == 0)
    let names = try workplace.names(in: "acme/log")
    #expect(names == ["000001.ndjson.gz", "000002.ndjson.gz", "chain.ndjson"])
  }

  @Test(
    "limits that make no sense are usage",
    arguments: [
      ["--batch-events", "0"], ["--batch-seconds", "0"], ["--batch-seconds", "nan"],
      ["--wait", "10"], ["--max-refused", "101%"], ["--max-refused", "few"],
    ])
  func usage(options: [String]) throws {
    let workplace = try Workplace()
    let outcome = try workplace.run("append", options[0], options[1], "--book", "acme")
    #expect(outcome.code == 64 && !workplace.exists("acme"))
  }
}
