import Foundation
import Synchronization
import Testing

/// Every command that reads, in a loop beside one process after the other that writes.
///
/// Which commands there are the program itself says, so that none is forgotten: each is in one of the two tables.
@Suite("readers beside writers", .serialized) struct ReadersTests {
  /// By command, how it is typed where it only reads the book.
  private static let reading: [String: [[String]]] = [
    "check": [["check", "acme/pipeline.yaml", "--coverage", "acme", "--json"]],
    // Another book's log is read without its lock.
    "run": [
      [
        "run", "--book", "other", "--log", "acme/log", "-p", "acme/pipeline.yaml", "--self-check",
        "100%", "-q",
      ] + asOf
    ],
    "replay": [
      ["replay", "--set", "scores.heat.points.view=12", "--book", "acme"] + asOf,
      ["replay", "--against", "latest", "--book", "acme", "--csv"],
    ],
    "sweep": [
      ["sweep", "--vary", "scores.heat.points.view=8:12:4", "--book", "acme"] + asOf,
      ["sweep", "--book", "acme"] + asOf,
    ],
    "calibrate": [["calibrate", "--book", "acme"] + asOf],
    "backtest": [["backtest", "--book", "acme"] + asOf],
    "explain": [
      ["explain", "ada", "--book", "acme"],
      ["explain", "--account", "analytical", "--book", "acme"],
      ["explain", "ada", "--events", "--book", "acme"] + asOf,
    ],
    "diff": [
      ["diff", "latest", "acme/pipeline.yaml@2026-02-20T00:00:00Z", "--book", "acme"],
      ["diff", "latest", "latest", "--book", "acme", "--exit-code"],
    ],
    "history": [
      ["history", "ada", "--book", "acme"],
      ["history", "--account", "analytical", "--book", "acme"],
    ],
    "report": [
      ["report", "--book", "acme"], ["report", "latest", "latest", "--book", "acme"],
    ],
    "parquet": [["export", "parquet", "out/parquet", "--book", "acme"]],
    "ndjson": [["export", "ndjson", "out/ndjson", "--book", "acme"]],
    "spreadsheet": [["export", "spreadsheet", "out/spreadsheet", "--book", "acme"]],
    "sqlite": [["export", "sqlite", "scores.db", "--book", "acme"]],
    "log": [["log", "--book", "acme"]],
    "verify": [
      ["verify", "--book", "acme"], ["verify", "--full", "--book", "acme"],
      ["verify", "--snapshot", "latest", "--ledger", "--book", "acme"],
    ],
    "snapshots": [["snapshots", "--book", "acme", "--json"]],
    "cache": [["cache", "--book", "acme"]],
  ]
  /// Those that only write, or read nothing that another process writes.
  private static let writing: Set<String> = ["init", "append", "erase", "describe", "crm"]
  /// What goes on until it is stopped, or asks for a server: other tests see them at work.
  private static let serving: Set<String> = ["explore", "postgres"]
  private static let asOf = ["--as-of", "2026-02-20T00:00:00Z"]

  private struct Dump: Decodable {
    struct Command: Decodable {
      var commandName: String
      var subcommands: [Command]?
      var shouldDisplay: Bool?
    }

    var command: Command
  }

  @Test("each command of the program is known to read or to write")
  func commands() throws {
    let dump = try Workplace().run("--experimental-dump-help")
    let commands = try JSONDecoder().decode(Dump.self, from: Data(dump.out.utf8)).command
    func leaves(_ command: Dump.Command) -> [String] {
      let inner = (command.subcommands ?? []).filter { $0.commandName != "help" }
      return inner.isEmpty ? [command.commandName] : inner.flatMap(leaves)
    }
    let names = Set(leaves(commands))
    #expect(names.count > 10)
    #expect(
      names == Set(Self.reading.keys).union(Self.writing).union(Self.serving),
      "say in this test how a new command reads a book, or that it only writes")
    for (name, lines) in Self.reading { #expect(lines.allSatisfy { $0.prefix(2).contains(name) }) }
  }

  @Test("no command that reads fails, whatever writers do meanwhile, and none mixes what it sees")
  func beside() throws {
    let seconds = ProcessInfo.processInfo.environment["SCOREBOOK_READERS_SECONDS"].flatMap(
      Double.init)
    let workplace = try book()
    let end = Date(timeIntervalSinceNow: seconds ?? 6)
    let writer = Writer(workplace)
    Thread { writer.write(until: end) }.start()
    let lines = Self.reading.sorted { $0.key < $1.key }.flatMap(\.value)
    var count = 0
    // Each once at least, however slow the machine is.
    while count < lines.count || Date() < end {
      let line = lines[count % lines.count]
      let outcome = try workplace.run(line)
      count += 1
      #expect(outcome.code == 0, "\(line.joined(separator: " ")): \(outcome.err)\(outcome.out)")
      if line[0] == "check" {
        // Six more events with each round; an erasure adds a forget before an event goes.
        let read = try #require(
          JSONDecoder().decode([Checked].self, from: Data(outcome.out.utf8)).first?.coverage.read)
        #expect([0, 1].contains((read - Self.firstEventCount) % 6), "\(read) events at no time")
      }
    }
    writer.stop()
    #expect(writer.faults == [])
    #expect(writer.roundCount > 0)
  }

  private struct Checked: Decodable {
    struct Coverage: Decodable { var read: Int }
    var coverage: Coverage
  }

  private static let firstEventCount = 40

  private func book() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(
      """
      name: small
      journey: [first]
      interactions: { view: { type: page_view, stage: first } }
      scores: { heat: { points: { view: 10 } } }
      lists: { call: { score.heat: { min: 20 } } }
      accounts: { ready: { total.heat: { min: 60 } } }

      """, to: "acme/pipeline.yaml")
    for part in 0..<4 {
      let events = (0..<9).map { Self.event("\(part)-\($0)", ["ada", "bob", "cy"][$0 % 3]) }
      let outcome = Self.line("\(part)-won", "outcome", "ada", #","outcome":"won""#)
      let done = try workplace.run(
        "append", "-", "--book", "acme", input: events.joined() + outcome)
      #expect(done.code == 0, "\(done.err)")
    }
    #expect(try workplace.run(["run", "--book", "acme", "-q"] + Self.asOf).code == 0)
    return workplace
  }

  fileprivate static func event(_ id: String, _ lead: String) -> String {
    line(id, "page_view", lead, #","account":"analytical""#)
  }

  private static func line(
    _ id: String, _ type: String, _ lead: String, _ rest: String
  ) -> String {
    #"{"id":"\#(id)","time":"2026-02-01T00:00:00Z","type":"\#(type)","lead":"\#(lead)"\#(rest)}"#
      + "\n"
  }
}

/// One process after the other that changes a book in each way that there is.
private final class Writer: @unchecked Sendable {
  private let workplace: Workplace
  private let isDone = DispatchSemaphore(value: 0)
  private let stopped = Atomic<Bool>(false)
  private(set) var roundCount = 0
  private(set) var faults: [String] = []

  init(_ workplace: Workplace) { self.workplace = workplace }

  func write(until end: Date) {
    while !stopped.load(ordering: .relaxed), faults.isEmpty {
      roundCount += 1
      let round = roundCount
      let events = (0..<5).map { ReadersTests.event("r\(round)-\($0)", ["ada", "bob"][$0 % 2]) }
      do {
        try run(
          ["append", "-"], input: events.joined() + ReadersTests.event("s\(round)", "solo\(round)"))
        try run(["erase", "solo\(round)"] + (round % 4 == 0 ? ["--purge"] : []))
        try run([
          "run", "--as-of", "2026-02-20T00:00:\(10 + round % 50)Z", "--keep-last", "1", "-q",
        ])
        if round % 2 == 0 { try run(["log", "compact"]) }
        if round % 3 == 0 { try run(["cache", "--clear"]) }
      } catch { faults.append("\(error)") }
    }
    isDone.signal()
  }

  private func run(_ arguments: [String], input: String = "") throws {
    let outcome = try workplace.run(arguments + ["--book", "acme"], input: Array(input.utf8))
    if outcome.code != 0 { faults.append("\(arguments): \(outcome.code): \(outcome.err)") }
  }

  func stop() {
    stopped.store(true, ordering: .relaxed)
    isDone.wait()
  }
}
