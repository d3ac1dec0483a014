import Foundation
import Nightly
import Snapshots
import Testing
import Upkeep

@Suite("snapshots, and pruning", .serialized)
struct SnapshotsTests {
  /// A book with a snapshot for each day of March from the 1st on.
  private func book(days: Int) throws -> (workplace: Workplace, names: [String]) {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    try workplace.write(event("1", at: "01T00:00:00", "page_view", "ada"), to: "acme/log/a.ndjson")
    var names: [String] = []
    for day in 1...days {
      #expect(try workplace.run("run", "--book", "acme", "--as-of", asOf(day), "-q").code == 0)
      names.append(try workplace.latest("acme"))
    }
    return (workplace, names)
  }

  private func asOf(_ day: Int) -> String { "2026-03-0\(day)T02:00:00Z" }

  private func left(_ workplace: Workplace) throws -> [String] {
    try workplace.names(in: "acme/snapshots").filter { $0.hasPrefix("2026") }
  }

  @Test("are listed with as-of, definition, leads and size, for people and as JSON")
  func list() throws {
    let (workplace, names) = try book(days: 2)
    try workplace.write("# for the audit\n\(names[0])  # by Ada\n", to: "acme/snapshots/keep")
    let text = try workplace.run("snapshots", "--book", "acme")
    let lines = text.out.split(separator: "\n")
    #expect(text.code == 0 && text.err == "" && lines.count == 3)
    #expect(lines[0].hasPrefix("name    ") && lines[0].hasSuffix("MB"))
    #expect(
      lines[1].hasPrefix("\(names[0])  2026-03-01T02:00:00.000Z  moving  ")
        && lines[1].hasSuffix("  kept"))
    #expect(lines[2].hasPrefix(names[1]) && lines[2].hasSuffix("  latest"))

    let json = try workplace.run("snapshots", "--book", "acme", "--json")
    let entries = try JSONDecoder().decode([SnapshotEntry].self, from: Data(json.out.utf8))
    #expect(entries.map(\.name) == names && entries.map(\.leads) == [1, 1])
    #expect(entries.map(\.isLatest) == [false, true] && entries.map(\.isKept) == [true, false])
    #expect(entries[0].asOf == "2026-03-01T02:00:00.000Z" && entries[0].definition == "moving")
    let size = try workplace.files("acme", names[0]).values.reduce(0) { $0 + $1.count }
    #expect(entries[0].bytes == size && entries[0].fault == nil)

    try workplace.write("{}", to: "acme/snapshots/\(names[0])/manifest.json")
    let damaged = try workplace.run("snapshots", "--book", "acme")
    #expect(
      damaged.code == 0 && damaged.out.contains("manifest.json: not a manifest of a snapshot"))
    let none = try workplace.run("snapshots", "--book", "nowhere")
    #expect(none.code == 0 && none.out.hasPrefix("no snapshots yet"))
  }

  @Test("diff without names compares the snapshot before with the latest; names may be short")
  func shortNames() throws {
    let (workplace, names) = try book(days: 3)
    func compared(_ sides: String...) throws -> [String] {
      let run = try workplace.run(["diff", "--book", "acme"] + sides)
      #expect(run.code == 0, "\(run.err)")
      return run.out.split(separator: "\n").prefix(2).map {
        String($0.split(separator: ",")[0].split(separator: " ")[1])
      }
    }
    #expect(try compared() == [names[1], names[2]])
    #expect(try compared("latest~2") == [names[0], names[2]])
    #expect(try compared("20260301", "20260302T02") == [names[0], names[1]])
    // All are as of a time long before today.
    #expect(try compared("latest~1", "yesterday") == [names[1], names[2]])
    let several = try workplace.run("diff", "--book", "acme", "2026030")
    #expect(several.code == 64 && several.err.contains("begins the names of 3 snapshots"))
    let none = try workplace.run("diff", "--book", "acme", "latest~3")
    #expect(none.code == 66 && none.err.contains("no such snapshot: 'latest~3'"))
  }

  @Test("`run --keep-last N` prunes, and says how many went")
  func keepLast() throws {
    let (workplace, names) = try book(days: 4)
    let run = try workplace.run("run", "--book", "acme", "--as-of", asOf(5), "--keep-last", "2")
    #expect(run.code == 0 && run.out.contains("; 3 pruned; "))
    #expect(try left(workplace) == [names[3], try workplace.latest("acme")])
    #expect(try workplace.leftovers("acme") == [])
    let json = try workplace.run(
      "run", "--book", "acme", "--as-of", asOf(6), "--keep", "1d", "--keep-monthly", "1", "--json")
    let report = try JSONDecoder().decode(RunReport.self, from: Data(json.out.utf8))
    #expect(report.pruned?.removed == [names[3]] && report.pruned?.inUse == [])
  }

  @Test("what is kept by name, open in another process, or the latest is never pruned")
  func spared() throws {
    let (workplace, names) = try book(days: 7)
    let root = "\(workplace.path)/acme/snapshots"
    try workplace.write("\(names[0])\n", to: "acme/snapshots/keep")
    // An earlier as-of becomes the latest.
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOf(2), "-q").code == 0)
    let scripts = [
      "exec 3< \(root)/\(names[2])/leads.csv; echo here; exec sleep 60",
      "cd \(root)/\(names[3]); echo here; exec sleep 60",
    ]
    let readers = try scripts.map { script in
      let reader = Process()
      reader.executableURL = URL(fileURLWithPath: "/bin/bash")
      reader.arguments = ["-c", script]
      let said = Pipe()
      reader.standardOutput = said
      try reader.run()
      #expect(said.fileHandleForReading.availableData.count > 0)
      return reader
    }
    defer { for reader in readers { kill(reader.processIdentifier, SIGKILL) } }
    let prune = ["snapshots", "--book", "acme", "--prune", "--keep-last", "1"]
    #expect(
      try workplace.run(prune).out
        == "removed  \(names[4])\nremoved  \(names[5])\n"
        + names[2...3].map { "in use, stays  \($0)\n" }.joined())
    #expect(try left(workplace) == names.filter { ![names[4], names[5]].contains($0) })
    for reader in readers {
      kill(reader.processIdentifier, SIGKILL)
      reader.waitUntilExit()
    }
    let again = try workplace.run(prune + ["--json"])
    let report = try JSONDecoder().decode(PruneReport.self, from: Data(again.out.utf8))
    #expect(report.removed == Array(names[2...3]) && report.inUse == [])
    #expect(try left(workplace) == [names[0], names[1], names[6]])
    #expect(try workplace.run(prune).out == "nothing to prune\n")
  }

  @Test("a rehearsal removes nothing, and another definition's snapshots are their own")
  func definitions() throws {
    let (workplace, names) = try book(days: 2)
    try workplace.write(
      changingDefinition.replacingOccurrences(of: "name: moving", with: "name: other"), to: "o.yaml"
    )
    for day in 3...4 {
      #expect(
        try workplace.run(
          "run", "--book", "acme", "-p", "o.yaml", "--as-of", asOf(day), "--keep-last", "2", "-q"
        ).code == 0)
    }
    #expect(try left(workplace).count == 4)
    let rehearsal = try workplace.run(
      "snapshots", "--book", "acme", "--prune", "--keep-last", "1", "--dry-run")
    #expect(rehearsal.out.hasPrefix("would remove  \(names[0])\nwould remove  20260303"))
    #expect(try left(workplace).count == 4)
  }

  @Test(
    "rules that make no sense are a usage error",
    arguments: [
      ["--prune"], ["--keep-last", "3"], ["--dry-run"], ["--prune", "--keep-last", "0"],
      ["--prune", "--keep-monthly", "-1"], ["--prune", "--keep", "30"], ["--prune", "--keep", "d"],
    ])
  func usage(arguments: [String]) throws {
    let workplace = try Workplace()
    let outcome = try workplace.run(["snapshots", "--book", "acme"] + arguments)
    #expect(outcome.code == 64 && outcome.out == "")
  }
}
