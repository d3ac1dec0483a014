import Files
import Foundation
import Testing

/// How a run behaves where nobody watches it.
@Suite("run, unattended", .serialized)
struct UnattendedRunTests {
  private let asOf = "2026-03-02T00:00:00Z"

  /// A book with two events of one lead.
  private func book() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    try workplace.write(
      event("1", at: "01T00:00:00", "page_view", "ada", #","account":"acme""#)
        + event("2", at: "01T01:00:00", "form_fill", "ada"), to: "acme/log/a.ndjson")
    return workplace
  }

  @Test("prints one line where there is no terminal, and nothing to stderr")
  func oneLine() throws {
    let workplace = try book()
    let outcome = try workplace.run("run", "--book", "acme", "--as-of", asOf)
    #expect(outcome.code == 0 && outcome.err == "")
    let lines = outcome.out.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 2 && lines[1].isEmpty)
    let start = "moving as of 2026-03-02T00:00:00.000Z: 1 lead, 1 account (1 ready); 2 lines read; "
    let name = try workplace.latest("acme")
    #expect(lines[0].hasPrefix("\(start)acme/snapshots/\(name) in "))
  }

  @Test("`-q` prints nothing, unless it fails")
  func quiet() throws {
    let workplace = try book()
    let sound = try workplace.run("run", "--book", "acme", "--as-of", asOf, "-q")
    #expect(sound.code == 0 && sound.out == "" && sound.err == "")
    try workplace.write("{}\n", to: "acme/log/b.ndjson")
    let failed = try workplace.run("run", "--book", "acme", "--as-of", asOf, "-q")
    #expect(failed.code == 65 && failed.out == "" && failed.err.hasPrefix("error: 1 of 3 lines"))
  }

  @Test("`--log-format json` tells every step, and what is wrong, as an object a line")
  func logFormat() throws {
    struct Line: Decodable {
      struct Stage: Decodable { var name: String }
      var time: String
      var level: String
      var message: String
      var hint: String?
      var code: Int?
      var stage: Stage?
      var snapshot: String?
    }
    func lines(_ text: String) throws -> [Line] {
      try text.split(separator: "\n").map {
        try JSONDecoder().decode(Line.self, from: Data($0.utf8))
      }
    }
    let workplace = try book()
    let sound = try workplace.run(
      "run", "--book", "acme", "--as-of", asOf, "--log-format", "json")
    let told = try lines(sound.err)
    #expect(sound.code == 0 && told.allSatisfy { $0.level == "info" && $0.time.hasSuffix("Z") })
    #expect(
      told.compactMap { $0.stage?.name } == ["read", "join", "fold", "roll up", "write", "publish"])
    #expect(told.last?.snapshot == "acme/snapshots/\(try workplace.latest("acme"))")
    let failed = try workplace.run(
      "run", "--book", "acme", "-p", "nope.yaml", "--log-format", "json")
    let error = try #require(try lines(failed.err).first)
    #expect(failed.code == 66 && error.level == "error" && error.code == 66)
    #expect(error.message == "nope.yaml: no such definition" && error.hint != nil)
  }

  @Test(
    "on a terminal there is a bar with rate and time left, and the long report",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func terminal() throws {
    let workplace = try book()
    let shown = try workplace.shell(
      "script -qec \"'\(try Workplace.program.path)' run --book acme --as-of \(asOf)\" /dev/null")
    #expect(shown.code == 0)
    #expect(shown.out.contains("reading  [##############################] 100%"))
    #expect(shown.out.contains(" MiB/s  0:00 left"))
    #expect(shown.out.contains("events    2 read = 2 used"))
  }

  @Test("what cannot be printed is an error: 74, but what is published stays so")
  func fullOutput() throws {
    let workplace = try book()
    let outcome = try workplace.shell("scorebook run --book acme --as-of \(asOf) > /dev/full")
    #expect(outcome.code == 74 && outcome.err.hasPrefix("error: standard output: cannot write"))
    #expect(try workplace.faults("acme", workplace.latest("acme")) == [])
  }

  @Test("`--wait` waits for another writer, and without it a run ends with 75 at once")
  func waiting() throws {
    let workplace = try book()
    let lock = try BookLock(book: "\(workplace.path)/acme")
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOf).code == 75)
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOf, "--wait", "1s").code == 75)
    let waiting = try workplace.begin("run", "--book", "acme", "--as-of", asOf, "--wait", "10m")
    usleep(300_000)
    #expect(waiting.isRunning)
    lock.release()
    waiting.waitUntilExit()
    #expect(waiting.terminationStatus == 0)
    #expect(try workplace.faults("acme", workplace.latest("acme")) == [])
  }

  @Test("two runs at once: both publish, one after the other", arguments: ["10m"])
  func atOnce(wait: String) throws {
    let workplace = try book()
    let runs = try ["2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"].map {
      try workplace.begin("run", "--book", "acme", "--as-of", $0, "--wait", wait, "-q")
    }
    for run in runs {
      run.waitUntilExit()
      #expect(run.terminationStatus == 0)
    }
    let names = try workplace.names(in: "acme/snapshots")
    #expect(names.count == 3)
    for name in names where name != "latest" {
      #expect(try workplace.faults("acme", name) == [])
    }
  }

  @Test(
    "a signal stops a run that waits; it says so, leaves nothing, and ends by that signal",
    arguments: [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")])
  func stoppedWaiting(signal: Int32, name: String) throws {
    let workplace = try book()
    let lock = try BookLock(book: "\(workplace.path)/acme")
    let run = try workplace.begin(
      "run", "--book", "acme", "--as-of", asOf, "--wait", "10m", "--metrics-file", "x.prom",
      "--log-format", "json")
    while run.isRunning, try !workplace.read("err").contains("waiting") { usleep(1000) }
    kill(run.processIdentifier, signal)
    run.waitUntilExit()
    lock.release()
    #expect(run.terminationReason == .uncaughtSignal && run.terminationStatus == signal)
    let said = "stopped by \(name); nothing was published, and nothing is left half-done"
    #expect(try workplace.read("err").contains("\"message\":\"\(said)\""))
    #expect(try workplace.read("x.prom").contains("} \(128 + signal)\n"))
    #expect(!workplace.exists("acme/snapshots"))
    #expect(try workplace.leftovers("acme") == [])
  }

  @Test("a signal stops a run at work within seconds, and nothing of it is left")
  func stoppedWorking() throws {
    let workplace = try book()
    let line = event("1", at: "01T00:00:00", "page_view", "ada")
    try workplace.write(String(repeating: line, count: 500_000), to: "acme/log/b.ndjson")
    let run = try workplace.begin("run", "--book", "acme", "--as-of", asOf)
    // The lock's file names its holder as soon as the work begins.
    while run.isRunning, ((try? workplace.read("acme/lock")) ?? "").isEmpty { usleep(1000) }
    kill(run.processIdentifier, SIGTERM)
    run.waitUntilExit()
    // Whoever was faster, there is all of a snapshot or nothing.
    if run.terminationReason == .exit {
      #expect(run.terminationStatus == 0)
      #expect(try workplace.faults("acme", workplace.latest("acme")) == [])
    } else {
      #expect(run.terminationStatus == SIGTERM && !workplace.exists("acme/snapshots/latest"))
      #expect(try workplace.read("err").hasPrefix("error: stopped by SIGTERM; nothing was"))
      #expect(try workplace.read("out").isEmpty)
    }
    #expect(try workplace.leftovers("acme") == [])
  }
}
