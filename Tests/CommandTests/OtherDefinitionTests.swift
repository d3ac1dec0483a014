import Foundation
import Testing

/// Who speaks of what, in a book with results of several definitions, or of another log.
@Suite("another definition, another log", .serialized)
struct OtherDefinitionTests {
  private let asOf = "2026-03-02T00:00:00Z"
  private let lines =
    event("1", at: "01T00:00:00", "form_fill", "ada", #","account":"big""#)
    + event("2", at: "01T01:00:00", "page_view", "ada")

  private func other(_ name: String) -> String {
    changingDefinition.replacingOccurrences(of: "name: moving", with: "name: \(name)")
  }

  @Test("an experiment never becomes what the morning reads, and says so; --latest moves it")
  func experiment() throws {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    try workplace.write(other("other"), to: "o.yaml")
    try workplace.write(lines, to: "acme/log/a.ndjson")
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOf, "-q").code == 0)
    let name = try workplace.latest("acme")
    let experiment = [
      "run", "--book", "acme", "-p", "o.yaml", "--as-of", asOf, "-q", "--on-change",
      "echo >> times", "--metrics-file", "x.prom",
    ]
    let stays = try workplace.run(experiment)
    #expect(stays.code == 0 && stays.out == "" && !workplace.exists("times"))
    #expect(
      stays.err == """
        warning: acme/snapshots/latest stays with \(name) of the definition 'moving'; this snapshot is of \
        'other'
        hint: to have readers of latest see it, and those that follow, run once with --latest

        """)
    #expect(try workplace.latest("acme") == name)
    #expect(try workplace.names(in: "acme/snapshots").count == 3)
    #expect(try workplace.samples("x.prom")["scorebook_latest_stays"] == 1)
    #expect(try workplace.run("verify", "--book", "acme").code == 0)

    let moved = try workplace.run(experiment + ["--latest"])
    #expect(moved.code == 0 && moved.err == "" && workplace.exists("times"))
    #expect(try workplace.latest("acme") != name)
    #expect(try workplace.samples("x.prom")["scorebook_latest_stays"] == 0)
  }

  @Test("explain, history and replay say by which definition they speak, and as of when")
  func terms() throws {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    try workplace.write(other("other"), to: "o.yaml")
    try workplace.write(lines, to: "acme/log/a.ndjson")
    #expect(
      try workplace.run("run", "--book", "acme", "-p", "o.yaml", "--as-of", asOf, "-q").code == 0)
    let name = try workplace.latest("acme")
    let time = "2026-03-02T00:00:00.000Z"
    for (command, start) in [
      (["explain", "ada"], "ada as of \(time), by other\n"),
      (["explain", "--account", "big"], "big as of \(time), by other\n"),
      (["history", "ada"], "ada until \(time), by other\n"),
      (["replay"], "moving as of \(time), against \(name), by other\n"),
      (
        ["replay", "--as-of", "2026-03-05T00:00:00Z"],
        "moving as of 2026-03-05T00:00:00.000Z, against \(name), by other as of \(time)\n"
      ),
      (["replay", "--against", "o.yaml"], "moving as of \(time), against o.yaml, by other\n"),
      (
        ["replay", "--set", "scores.heat.points.view=11"],
        "moving as of \(time), against acme/pipeline.yaml as it is, by moving\n"
      ),
    ] {
      let outcome = try workplace.run(command + ["--book", "acme"])
      #expect(outcome.code == 0 && outcome.out.hasPrefix(start), "\(command): \(outcome.out)")
    }
    for command in [["explain", "bob"], ["explain", "--account", "bob"], ["history", "bob"]] {
      let outcome = try workplace.run(command + ["--book", "acme"])
      #expect(outcome.code == 66 && outcome.err.contains("as of \(time), by 'other'\nhint: "))
    }
    // With no snapshot to take it from, it is now.
    try FileManager.default.removeItem(atPath: "\(workplace.path)/acme/snapshots")
    let now = try workplace.run(
      "replay", "--book", "acme", "--set", "scores.heat.points.view=11", "--json")
    let json = try JSONSerialization.jsonObject(with: Data(now.out.utf8)) as? [String: Any]
    let said = try #require(json?["asOf"] as? String)
    #expect(said > "2026-06" && said.hasSuffix("Z"))
    #expect((json?["against"] as? [String: Any])?["definition"] as? String == "moving")
  }

  @Test("of a snapshot made with --log, whatever needs the log says that it is another one")
  func otherLog() throws {
    for hasOwn in [false, true] {
      let workplace = try Workplace()
      try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
      // Logs that were appended have segments of the same names.
      #expect(try workplace.run("append", "--book", "source", input: lines).code == 0)
      if hasOwn {
        #expect(
          try workplace.run("append", "--book", "acme", input: event("9", "page_view", "x")).code
            == 0)
      }
      let log = ["--log", "source/log"]
      #expect(
        try workplace.run(["run", "--book", "acme", "--as-of", asOf, "-q"] + log).code == 0)
      let name = try workplace.latest("acme")
      let commands = [
        ["explain", "ada"], ["explain", "--account", "big"], ["history", "ada"],
        ["diff", "2026-03-01T12:00:00Z", "latest"], ["verify", "--snapshot", "latest"],
        ["replay"], ["replay", "--against", "latest"],
      ]
      for command in commands {
        let lost = try workplace.run(command + ["--book", "acme"])
        #expect(lost.code == 66 && lost.out == "", "\(command)")
        #expect(
          lost.err == """
            error: acme/log: snapshot \(name) was made from another log
            hint: name that one with --log DIR; its first segment is '000001.ndjson.gz'

            """, "\(command)")
        let found = try workplace.run(command + ["--book", "acme"] + log)
        #expect(found.code == 0, "\(command): \(found.err)")
      }
      // It stays the same log when its segments are merged, and when it grows.
      #expect(
        try workplace.run("append", "--book", "source", "--compact", input: event("3", "t", "b"))
          .code == 0)
      #expect(!workplace.exists("source/log/000001.ndjson.gz"))
      for command in [
        ["explain", "ada"], ["history", "ada"], ["verify", "--snapshot", "latest"],
      ] {
        let found = try workplace.run(command + ["--book", "acme"] + log)
        #expect(found.code == 0, "\(command): \(found.err)")
      }
    }
  }
}
