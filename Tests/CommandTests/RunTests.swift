import EventLog
import Files
import Foundation
import Nightly
import Testing

@Suite("run", .serialized)
struct RunTests {
  private let asOf = "2026-03-01T00:00:00Z"

  /// A book with three events of two leads.
  private func book() throws -> Workplace {
    let workplace = try Workplace()
    _ = try workplace.run("init", "acme")
    try workplace.write(
      event("1", "form_fill", "ada") + event("2", "page_view", "ada", #","path":"/pricing""#)
        + event("3", "page_view", "bob"), to: "acme/log/a.ndjson")
    return workplace
  }

  @Test("`--details` says what `ignore` took, by the first test that did")
  func ignored() throws {
    let workplace = try book()
    try workplace.write(
      #"""
      name: first
      ignore: { any: [ { lead: "b*" }, { type: page_view }, { bot: true } ] }
      """#, to: "p.yaml")
    let arguments = ["run", "--book", "acme", "-p", "p.yaml", "--as-of", asOf]
    let outcome = try workplace.run(arguments + ["--details"])
    #expect(outcome.code == 0)
    let lines = outcome.out.components(separatedBy: "\n")
    #expect(
      lines.contains(
        "events    3 read = 1 used, 0 duplicates, 0 future, 0 erased, 0 forgets, 2 ignored, 0 refused"
      ))
    let first = try #require(lines.firstIndex(of: "ignored, by the first test that holds"))
    let rows = lines[(first + 1)...(first + 3)].map { $0.split(separator: " ") }
    #expect(
      rows.map { $0.prefix(3).joined(separator: " ") } == [
        "lead: b* 1", "type: page_view 1", "bot: true 0",
      ])
    let report = try JSONDecoder().decode(
      RunReport.self, from: Data(workplace.run(arguments + ["--json"]).out.utf8))
    #expect(report.ignored?.map(\.events) == [1, 1, 0] && report.summary.events.ignored == 2)
  }

  @Test("more lists than a process can have files open")
  func manyLists() throws {
    let workplace = try Workplace()
    let lists = (0..<400).map { "  l\($0): { activities: { min: \($0 % 3) } }\n" }.joined()
    try workplace.write(
      "name: many\ninteractions:\n  view: { type: page_view }\nlists:\n\(lists)",
      to: "acme/pipeline.yaml")
    let events = (0..<9).map {
      event("e\($0)", at: "01T00:00:0\($0)", "page_view", "lead-\($0 % 4)")
    }
    #expect(try workplace.run("append", "--book", "acme", input: events.joined()).code == 0)
    let outcome = try workplace.shell(
      "ulimit -n 150; scorebook run --book acme --as-of 2026-03-02T00:00:00Z -q")
    #expect(outcome.code == 0, "\(outcome.err)")
    let verified = try workplace.run("verify", "--book", "acme", "--snapshot", "latest")
    #expect(verified.code == 0, "\(verified.err)")
    #expect(try workplace.names(in: "acme/snapshots/latest/lists").count == 400)
  }

  @Test("`--details`: what was read and who is worth talking to goes to stdout, nothing to stderr")
  func summary() throws {
    let workplace = try book()
    let outcome = try workplace.run("run", "--book", "acme", "--as-of", asOf, "--details")
    #expect(outcome.code == 0)
    // There is no progress bar where there is no terminal.
    #expect(outcome.err == "")
    let lines = outcome.out.components(separatedBy: "\n")
    #expect(lines.first == "first as of 2026-03-01T00:00:00.000Z")
    #expect(
      lines.contains(
        "events    3 read = 3 used, 0 duplicates, 0 future, 0 erased, 0 forgets, 0 refused"))
    #expect(lines.contains("leads     2 known, 2 engaged"))
    let name = try FileManager.default.destinationOfSymbolicLink(
      atPath: "\(workplace.path)/acme/snapshots/latest")
    #expect(lines.contains("snapshot  acme/snapshots/\(name)"))
    #expect(name.hasPrefix("20260301T000000Z-"))
    let leads = try workplace.read("acme/snapshots/latest/leads.csv").components(separatedBy: "\n")
    // 28 days at a half-life of 60: of 30, 8 and 1 points are left 21.709039, 5.789077, 0.723635.
    #expect(leads.count == 4 && leads[1].hasPrefix("ada,") && leads[2].hasPrefix("bob,"))
    #expect(leads[1].contains(",28,28.22175") && leads[2].contains(",1,0.723635"))
  }

  @Test("`--json` gives the report as JSON and nothing else")
  func json() throws {
    let outcome = try book().run("run", "--book", "acme", "--as-of", asOf, "--json")
    #expect(outcome.code == 0 && outcome.err.isEmpty)
    let report = try JSONDecoder().decode(RunReport.self, from: Data(outcome.out.utf8))
    #expect(report.schema == 1 && report.segments == 1 && report.quarantine == nil)
    #expect(report.summary.events.read == 3 && report.summary.leads.known == 2)
    #expect(report.stages.map(\.name) == ["read", "join", "fold", "roll up", "write", "publish"])
    #expect(report.snapshot.hasPrefix("acme/snapshots/20260301T000000Z-"))
  }

  @Test("`--jobs N` never changes a result")
  func jobs() throws {
    let workplace = try book()
    for jobs in ["1", "2", "7"] {
      let outcome = try workplace.run(
        "run", "--book", "acme", "--as-of", asOf, "--jobs", jobs)
      #expect(outcome.code == 0)
    }
    #expect(try workplace.names(in: "acme/snapshots").count == 2)
  }

  @Test("`--log DIR` reads another log in place, and the book's own is left alone")
  func otherLog() throws {
    let workplace = try book()
    try workplace.write(event("9", "page_view", "cy"), to: "other/deep/x.ndjson")
    let outcome = try workplace.run(
      "run", "--book", "acme", "--log", "other", "--as-of", asOf, "-p", "acme/pipeline.yaml")
    #expect(outcome.code == 0)
    let leads = try workplace.read("acme/snapshots/latest/leads.csv")
    #expect(leads.contains("\ncy,") && !leads.contains("\nada,"))
    #expect(try workplace.names(in: "other/deep") == ["x.ndjson"])
  }

  @Test("no such log, no such book, no such definition: 66, and nothing is made")
  func missing() throws {
    let workplace = try book()
    let log = try workplace.run("run", "--book", "acme", "--log", "nope", "--as-of", asOf)
    #expect(
      log.code == 66 && log.out.isEmpty && log.err.hasPrefix("error: nope: no such log\nhint: "))
    let definition = try workplace.run("run", "--book", "acme", "-p", "nope.yaml")
    #expect(definition.code == 66 && definition.out.isEmpty)
    #expect(definition.err.hasPrefix("error: nope.yaml: no such definition\n"))
    let book = try workplace.run("run", "--book", "nowhere", "-p", "acme/pipeline.yaml")
    #expect(book.code == 66 && book.out.isEmpty && book.err.hasPrefix("error: nowhere"))
    #expect(!workplace.exists("nowhere"))
    #expect(!workplace.exists("acme/snapshots"))
  }

  @Test("a definition with mistakes ends with 65 before anything is read")
  func badDefinition() throws {
    let workplace = try book()
    try workplace.write("nome: x\n", to: "bad.yaml")
    let outcome = try workplace.run("run", "--book", "acme", "-p", "bad.yaml")
    #expect(outcome.code == 65 && outcome.out.isEmpty)
    #expect(outcome.err.contains("bad.yaml:1:1: unknown key 'nome'"))
    #expect(!workplace.exists("acme/snapshots"))
  }

  @Test("a damaged segment stops a run: 65, naming file and place; the last snapshot stays")
  func damaged() throws {
    let workplace = try book()
    _ = try workplace.run("run", "--book", "acme", "--as-of", asOf)
    let before = try workplace.names(in: "acme/snapshots")
    let leads = try workplace.read("acme/snapshots/latest/leads.csv")
    var file: [UInt8] = []
    let writer = BlockGzipWriter { file += Array($0) }
    try writer.write(Array(event("4", "page_view", "dan").utf8))
    try writer.finish()
    try workplace.write(Array(file.dropLast(40)), to: "acme/log/b.ndjson.gz")
    let outcome = try workplace.run("run", "--book", "acme", "--as-of", "2026-03-02T00:00:00Z")
    #expect(outcome.code == 65 && outcome.out.isEmpty)
    #expect(outcome.err.hasPrefix("error: b.ndjson.gz: byte "))
    #expect(outcome.err.contains("\nhint: "))
    #expect(try workplace.names(in: "acme/snapshots") == before)
    #expect(try workplace.read("acme/snapshots/latest/leads.csv") == leads)
  }

  @Test("too many refused lines: nothing is published, 65, and each stands in quarantine")
  func refused() throws {
    let workplace = try book()
    try workplace.write("oops\n\n{}\n", to: "acme/log/b.ndjson")
    let outcome = try workplace.run("run", "--book", "acme", "--as-of", asOf)
    #expect(outcome.code == 65 && outcome.out.isEmpty)
    #expect(
      outcome.err.hasPrefix(
        "error: 2 of 5 lines (40%) are refused; at most 1% may be; nothing was published\nhint: "))
    #expect(!workplace.exists("acme/snapshots"))
    let quarantine = """
      {"file":"b.ndjson","line":1,"reason":"json","bytes":4,"text":"oops"}
      {"file":"b.ndjson","line":3,"reason":"id","bytes":2,"text":"{}"}

      """
    #expect(try workplace.read("acme/quarantine/run.ndjson") == quarantine)

    for share in ["100%", "1", "40%", "0.4"] {
      let allowed = try workplace.run(
        "run", "--book", "acme", "--as-of", asOf, "--details", "--max-refused", share)
      #expect(allowed.code == 0, "\(share)")
      #expect(allowed.out.contains("refused   acme/quarantine/run.ndjson\n"))
      #expect(allowed.out.contains(" 3 used,") && allowed.out.contains(" 2 refused\n"))
    }
    let less = try workplace.run(
      "run", "--book", "acme", "--as-of", asOf, "--max-refused", "39.9%")
    #expect(less.code == 65)
    // A log that is mended leaves no quarantine behind.
    try workplace.write("", to: "acme/log/b.ndjson")
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOf).code == 0)
    #expect(!workplace.exists("acme/quarantine/run.ndjson"))
  }

  @Test(
    "a command line that is wrong ends with 64 and says why",
    arguments: [
      (["--as-of", "yesterday"], "--as-of"), (["--as-of", "2026-02-29T00:00:00Z"], "--as-of"),
      (["--as-of", "2026-03-01"], "--as-of"), (["--nope"], "--nope"), (["--jobs", "0"], "--jobs"),
      (["--jobs", "-1"], "--jobs"), (["--jobs", "two"], "--jobs"),
      (["--max-refused", "101%"], "--max-refused"), (["--max-refused", "-1"], "--max-refused"),
      (["--max-refused", "nan"], "--max-refused"), (["surplus"], "surplus"),
    ])
  func usage(arguments: [String], named: String) throws {
    let workplace = try book()
    let outcome =
      arguments.count == 1
      ? try workplace.run("run", "--book", "acme", arguments[0])
      : try workplace.run("run", "--book", "acme", arguments[0], arguments[1])
    #expect(outcome.code == 64 && outcome.out.isEmpty)
    #expect(outcome.err.contains(named) && outcome.err.contains("Usage: scorebook run"))
    #expect(!workplace.exists("acme/snapshots"))
  }

  @Test("a book locked by a living process ends with 75 and changes nothing")
  func locked() throws {
    let workplace = try book()
    let lock = try BookLock(book: "\(workplace.path)/acme")
    let run = try workplace.run("run", "--book", "acme", "--as-of", asOf)
    #expect(run.code == 75 && run.out.isEmpty)
    #expect(run.err.contains("acme/lock"))
    #expect(run.err.contains("\(ProcessInfo.processInfo.processIdentifier)"))
    let append = try workplace.run("append", "--book", "acme", input: event("9", "page_view", "x"))
    #expect(append.code == 75 && append.out.isEmpty)
    #expect(!workplace.exists("acme/snapshots"))
    #expect(try workplace.names(in: "acme/log") == ["a.ndjson"])
    lock.release()
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOf).code == 0)
  }
}
