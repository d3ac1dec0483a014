import Foundation
import Testing
import Upkeep

@Suite("append and run --from other formats", .serialized)
struct IntakeTests {
  private func report(_ outcome: Outcome) throws -> AppendReport {
    try JSONDecoder().decode(AppendReport.self, from: Data(outcome.out.utf8))
  }

  private func call(_ id: String, _ type: String, _ user: String, _ rest: String = "") -> String {
    #"{"messageId":"\#(id)","type":"\#(type)","userId":"\#(user)","timestamp":"2026-02-01T00:00:00Z"\#(rest)}"#
      + "\n"
  }

  private var calls: String {
    call("1", "page", "ada", #","properties":{"path":"/pricing"}"#)
      + call("2", "identify", "ada", #","anonymousId":"a-1","traits":{"title":"VP"}"#)
      + call("3", "track", "bob", #","event":"Signed Up""#)
      + call("4", "group", "ada", #","groupId":"acme","traits":{"size":9}"#)
      + call("5", "page", "") + "oops\n"
      + #"{"type":"page","userId":"cy","timestamp":"2026-02-01T00:00:00Z"}"# + "\n"
  }

  @Test("what each kind of record became is counted, and the counts balance")
  func counts() throws {
    let workplace = try Workplace()
    try workplace.write(calls, to: "calls.json")
    let outcome = try workplace.run(
      "append", "--book", "acme", "--from", "segment", "--json", "calls.json")
    #expect(outcome.code == 0 && outcome.err.isEmpty)
    let report = try report(outcome)
    #expect(report.lines == 7 && report.appended == 5 && report.refused == 2)
    #expect(report.refusedByReason == ["lead": 1, "json": 1] && report.madeIDs == 1)
    #expect(
      report.becameByKind == [
        "page": ["page_view": 2], "identify": ["profile": 1, "merge": 1],
        "track": ["Signed Up": 1], "group": ["account_profile": 1, "profile": 1],
      ])
    #expect(report.events == 7 && report.eventsByType.values.reduce(0, +) == 7)
    let text = try workplace.run("append", "--book", "text", "--from", "segment", "calls.json")
    #expect(text.out.hasPrefix("7 records = 5 appended + 0 duplicate + 0 skipped + 2 refused\n"))
    #expect(text.out.contains("\n  became   identify -> merge: 1, profile: 1\n"))
    let again = try workplace.run("append", "--book", "acme", "--from", "segment", "calls.json")
    #expect(again.out.hasPrefix("7 records = 0 appended + 5 duplicate + 0 skipped + 2 refused\n"))
    #expect(again.code == 0 && !again.out.contains("  became "))
  }

  @Test("a record one of whose events is no event is refused whole, and counted so")
  func whole() throws {
    let workplace = try Workplace()
    let long = String(repeating: "x", count: 300)
    try workplace.write(
      call("1", "page", "ada") + call("2", "identify", "ada", #","anonymousId":"\#(long)""#)
        + call("3", "group", "bob", #","groupId":"acme""#), to: "calls.json")
    let outcome = try workplace.run(
      "append", "--book", "acme", "--from", "segment", "--json", "calls.json")
    let report = try report(outcome)
    // A merge's source may have any length; a lead may not.
    #expect(report.appended == 3 && report.events == 5)
    try workplace.write(
      call("1", "page", "ada") + call("2", "group", long, #","groupId":"a""#), to: "x")
    let second = try self.report(
      workplace.run("append", "--book", "other", "--from", "segment", "--json", "x"))
    #expect(second.refusedByReason == ["lead": 1] && second.events == 1)
    #expect(second.eventsByType == ["page_view": 1])
  }

  @Test("gzip is noticed on standard input and in files, whatever their names")
  func gzip() throws {
    let workplace = try Workplace()
    try workplace.write(calls, to: "calls")
    let zip = Process()
    zip.executableURL = URL(fileURLWithPath: "/bin/sh")
    zip.arguments = ["-c", "gzip -c '\(workplace.path)/calls' > '\(workplace.path)/packed'"]
    try zip.run()
    zip.waitUntilExit()
    let packed = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(workplace.path)/packed")))
    #expect(packed.starts(with: [0x1F, 0x8B]))
    let file = try workplace.run("append", "--book", "a", "--from", "segment", "--json", "packed")
    let stream = try workplace.run(
      "append", "--book", "b", "--from", "segment", "--json", "-", input: packed)
    #expect(try report(file).appended == 5 && report(stream).appended == 5)
    let native = try workplace.run("append", "--book", "c", input: "")
    #expect(native.code == 0)
  }

  @Test(
    "a file of another format is noticed by its first records: nothing is appended",
    arguments: [
      ("native", "segment"), ("native", "csv"), ("segment", "native"), ("cloudevents", "segment"),
      ("posthog", "segment"), ("snowplow", "csv"), ("snowplow", "segment"),
      ("access-log", "native"),
    ])
  func wrongFormat(said: String, actual: String) throws {
    let workplace = try Workplace()
    let files = [
      "segment": calls, "csv": "Email,Size\na,1\nb,2\n",
      "native": (0..<20).map { event("\($0)", "page_view", "ada") }.joined(),
    ]
    try workplace.write(files[actual] ?? "", to: "file")
    let outcome = try workplace.run("append", "--book", "acme", "--from", said, "file")
    #expect(outcome.code == 65 && outcome.out.isEmpty)
    #expect(outcome.err.hasPrefix("error: file:"))
    #expect(outcome.err.contains("\nhint: it looks like \(actual): try --from \(actual)\n"))
    #expect(try workplace.names(in: "acme/log") == [])
    let quarantine =
      workplace.exists("acme/quarantine") ? try workplace.names(in: "acme/quarantine") : []
    #expect(quarantine == [])
  }

  @Test("nonsense is given up after ten records; a file whose events only lack something is not")
  func nonsense() throws {
    let workplace = try Workplace()
    try workplace.write(String(repeating: "oops\n", count: 11), to: "nonsense")
    let outcome = try workplace.run("append", "--book", "acme", "nonsense")
    #expect(outcome.code == 65 && outcome.out.isEmpty)
    #expect(
      outcome.err.hasPrefix("error: nonsense: the first 10 records are not 'native' (json)\n"))
    let lacking = (0..<12).map { call("\($0)", "page", "") }.joined() + call("x", "page", "ada")
    try workplace.write(lacking, to: "lacking")
    let second = try workplace.run(
      "append", "--book", "acme", "--from", "segment", "--json", "lacking")
    #expect(try second.code == 0 && report(second).refusedByReason == ["lead": 12])
  }

  /// Returns the results of a run, without what depends on how the log lies.
  private func results(_ workplace: Workplace, _ book: String) throws -> [String] {
    let folder = "\(book)/snapshots/latest"
    return try ["leads.csv", "tallies.csv", "accounts.csv"].map {
      try workplace.read("\(folder)/\($0)")
    }
  }

  private let definition = """
    name: x
    interactions:
      view: { type: page_view }
      sign-up: { type: "Signed Up" }
    scores: { s: { points: { view: 1, sign-up: 10 } } }
    grades:
      g:
        letters: { A: 50, F: 0 }
        criteria: [ { attribute: title, weight: 1, values: [ { is: VP, value: 100 } ] } ]
    """

  @Test("read in place or appended and run, the results are the same; what is refused is set aside")
  func inPlace() throws {
    let workplace = try Workplace()
    try workplace.write(definition, to: "x.yaml")
    let array =
      "["
      + (0..<40).map { turn in
        let user = "u\(turn % 7)"
        return call(
          "e\(turn)", "identify", user, #","anonymousId":"a\#(turn % 5)","traits":{"title":"VP"}"#)
      }.joined(separator: ",") + "]"
    try workplace.write(calls, to: "in/a.json")
    try workplace.write(array, to: "in/deep/b.ndjson")
    try workplace.write("no events", to: "in/README.txt")
    let appended = try workplace.run(
      "append", "--book", "one", "--from", "segment", "in/a.json", "in/deep/b.ndjson")
    #expect(appended.code == 0)
    let common = ["-p", "x.yaml", "--as-of", "2026-03-01T00:00:00Z", "--max-refused", "50%"]
    #expect(try workplace.run(["run", "--book", "one"] + common).code == 0)
    let inPlace = ["run", "--book", "two", "--log", "in", "--from", "segment"] + common
    // Twice: the second time from the cache.
    for _ in 0..<2 {
      usleep(60_000)
      let run = try workplace.run(inPlace)
      #expect(run.code == 0 && run.err.isEmpty)
      #expect(try results(workplace, "two") == results(workplace, "one"))
      let refused = try workplace.read("two/quarantine/run.ndjson").split(separator: "\n")
      #expect(refused.count == 2)
      #expect(refused[0].hasPrefix(#"{"file":"a.json","line":5,"reason":"lead""#))
      #expect(refused[1].hasPrefix(#"{"file":"a.json","line":6,"reason":"json""#))
    }
    #expect(
      try workplace.read("two/snapshots/latest/manifest.json").contains(#""from" : "segment""#))
    #expect(!workplace.exists("in/chain.ndjson"))
  }

  @Test("a sheet is that of its format and choices: other choices read the file again")
  func cache() throws {
    let workplace = try Workplace()
    try workplace.write(definition, to: "x.yaml")
    try workplace.write("Email,When,Other\nada,2026-02-01,bob\n", to: "in/crm.csv")
    usleep(60_000)
    func leads(_ column: String) throws -> String {
      let run = try workplace.run(
        "run", "--book", "b", "--log", "in", "--from", "csv", "--map", "lead=\(column)", "--map",
        "time=When", "--set", "type=page_view", "-p", "x.yaml", "--as-of", "2026-03-01T00:00:00Z")
      #expect(run.code == 0, "\(run.err)")
      return try workplace.read("b/snapshots/latest/leads.csv")
    }
    for _ in 0..<2 {
      #expect(try leads("Email").contains("\nada,"))
      #expect(try leads("Other").contains("\nbob,"))
    }
  }

  @Test("which files of a folder are read goes by their names, or by --files")
  func files() throws {
    let workplace = try Workplace()
    try workplace.write(definition, to: "x.yaml")
    try workplace.write(call("1", "page", "ada"), to: "in/part-0")
    let common = ["-p", "x.yaml", "--as-of", "2026-03-01T00:00:00Z"]
    let base = ["run", "--book", "b", "--log", "in", "--from", "segment"] + common
    let none = try workplace.run(base)
    #expect(none.code == 66 && none.err.contains("--files"))
    #expect(try workplace.run(base + ["--files", "part-*"]).code == 0)
    #expect(try workplace.run(["run", "--book", "b", "--from", "segment"] + common).code == 64)
    try workplace.write("lead,x\na,1\n", to: "in/table.json")
    let wrong = try workplace.run(base)
    #expect(wrong.code == 65 && wrong.err.hasPrefix("error: table.json: "))
  }

  @Test(
    "the columns of CSV are what was chosen; what does not make sense is told before anything is read"
  )
  func csv() throws {
    let workplace = try Workplace()
    try workplace.write(
      "Email;Score;When\nada@x.example;9;01.02.2026 12:00\nbob@x.example;3;01.07.2026 12:00\n",
      to: "nps.csv")
    let options = [
      "append", "--book", "acme", "--from", "csv", "--map", "lead=Email", "--map",
      "fields.satisfaction=Score", "--set", "type=form_fill", "--set", "form=nps", "--delimiter",
      ";", "--map", "time=When", "--timezone", "Europe/Tallinn", "--date-order", "dmy", "nps.csv",
    ]
    let outcome = try workplace.run(options)
    #expect(outcome.code == 0, "\(outcome.err)")
    let dump = Process()
    let pipe = Pipe()
    dump.executableURL = URL(fileURLWithPath: "/bin/sh")
    dump.arguments = ["-c", "gzip -dc '\(workplace.path)/acme/log/000001.ndjson.gz'"]
    dump.standardOutput = pipe
    try dump.run()
    let log = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(log.contains(#""lead":"ada@x.example","time":"2026-02-01T10:00:00Z""#))
    // In summer the zone is an hour further ahead.
    #expect(log.contains(#""lead":"bob@x.example","time":"2026-07-01T09:00:00Z""#))
    #expect(log.contains(#""fields":{"satisfaction":"9"}"#))
    for wrong in [
      ["--from", "csv", "--map", "lead=a", "--set", "type=x"], ["--map", "lead=a"],
      ["--from", "csv", "--set", "type=x", "--set", "time=soon", "--map", "lead=a"],
      [
        "--from", "csv", "--set", "type=x", "--map", "time=t", "--set", "lead=a", "--set", "lead=b",
      ],
      [
        "--from", "csv", "--set", "type=x", "--map", "time=t", "--map", "lead=a", "--delimiter",
        "ab",
      ],
      [
        "--from", "csv", "--set", "type=x", "--map", "time=t", "--map", "lead=a", "--timezone", "X",
      ],
      ["--from", "csv", "--set", "type=x", "--map", "time=t", "--map", "lead"],
      ["--from", "segment", "--keep-bots"],
    ] {
      let outcome = try workplace.run(["append", "--book", "new"] + wrong + ["nps.csv"])
      #expect(outcome.code == 64, "\(wrong): \(outcome.err)")
    }
    #expect(!workplace.exists("new"))
  }
}
