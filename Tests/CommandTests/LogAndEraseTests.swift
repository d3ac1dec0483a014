import EventLog
import Foundation
import Testing

@Suite("log and erase", .serialized)
struct LogAndEraseTests {
  /// A book with three segments in the chain and one by another program.
  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    _ = try workplace.run("init", "acme")
    for (id, lead) in [("1", "ada"), ("2", "bob"), ("3", "ada")] {
      _ = try workplace.run(
        "append", "--book", "acme", input: event(id, "page_view", lead, #","path":"/""#))
    }
    try workplace.write(event("4", "page_view", "ada"), to: "acme/log/other.ndjson")
    return workplace
  }

  private func object(_ outcome: Outcome) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
    return try #require(json as? [String: Any])
  }

  @Test("the list has every segment, marks those not in the chain, and ends with the head")
  func list() throws {
    let workplace = try workplace()
    let text = try workplace.run("log", "--book", "acme")
    #expect(text.code == 0 && text.err.isEmpty)
    let lines = text.out.split(separator: "\n").map(String.init)
    #expect(lines.count == 7 && lines[0].hasPrefix("segment "))
    #expect(lines[1].hasPrefix("000001.ndjson.gz") && lines[1].contains("2026-02-01T00:00:00.000Z"))
    #expect(lines[4].hasPrefix("other.ndjson") && lines[4].contains("not in the chain"))
    #expect(lines[5] == "4 segments, 0 MB, 3 events; not in the chain: 1")
    let head = try Chain(log: "\(workplace.path)/acme/log").head
    #expect(lines[6] == "head  \(head)")

    let json = try object(workplace.run("log", "--book", "acme", "--json"))
    let segments = try #require(json["segments"] as? [[String: Any]])
    #expect(segments.count == 4 && json["head"] as? String == head)
    #expect(segments[3]["isInChain"] as? Bool == false && segments[3]["events"] == nil)
    #expect(segments[2]["head"] as? String == head)
    #expect(try workplace.run("log", "--book", "nowhere").code == 66)
  }

  @Test(
    "a segment of the chain that is gone or cut is named, by log and by run",
    arguments: [true, false])
  func missing(isGone: Bool) throws {
    let workplace = try workplace()
    let path = "\(workplace.path)/acme/log/000002.ndjson.gz"
    if isGone {
      unlink(path)
    } else {
      // Between two members, where gzip itself sees no harm.
      truncate(path, off_t(try Data(contentsOf: URL(fileURLWithPath: path)).count - 28))
    }
    for command in ["log", "run"] {
      let outcome = try workplace.run(command, "--book", "acme")
      #expect(outcome.code == 65 && outcome.err.hasPrefix("error: 000002.ndjson.gz: "))
    }
    #expect(!workplace.exists("acme/snapshots/latest"))
    // What comes in is not turned away because of it.
    let appended = try workplace.run("append", "--book", "acme", input: event("9", "t", "cy"))
    #expect(appended.code == 0 && appended.out.contains("segment   000004.ndjson.gz, 1 event"))
  }

  @Test("small segments become one, by a command of its own or behind an append")
  func compact() throws {
    let workplace = try workplace()
    let outcome = try workplace.run("log", "compact", "--book", "acme")
    #expect(outcome.code == 0)
    #expect(outcome.out.contains("000001-000003.000004.ndjson.gz  from 3 segments, 3 events\n"))
    #expect(outcome.out.contains("segments  4 before, 2 now\n"))
    let report = try object(
      workplace.run(
        "append", "--book", "acme", "--compact", "--json", input: event("5", "t", "cy")))
    let compaction = try #require(report["compaction"] as? [String: Any])
    #expect(compaction["segmentsAfter"] as? Int == 2)
    #expect(
      try workplace.names(in: "acme/log")
        == ["000001-000005.000006.ndjson.gz", "chain.ndjson", "other.ndjson"])
    let none = try workplace.run("log", "compact", "--book", "acme")
    #expect(none.code == 0 && none.out.hasPrefix("nothing to merge\n"))
  }

  @Test("an erased lead is gone from log, cache, snapshots and quarantine, and the receipt says so")
  func erase() throws {
    let workplace = try workplace()
    _ = try workplace.run(
      "append", "--book", "acme", input: #"{"lead":"ada"}"# + "\n" + #"{"lead":"bob"}"# + "\n")
    // Younger files are not trusted to stay as they look, and so not cached.
    usleep(60_000)
    let run = try workplace.run("run", "--book", "acme", "--as-of", "2026-03-01T00:00:00Z")
    #expect(run.code == 0)
    let bob = try workplace.read("acme/snapshots/latest/leads.csv").split(separator: "\n")[2]
    let told = try workplace.run("erase", "--book", "acme", "ada")
    #expect(told.code == 0)
    #expect(
      told.err == "hint: erase with --purge removes the snapshots and quarantined lines as well\n")
    #expect(told.out.contains("erased      1 line of 000003.ndjson.gz, now 000003-000003.000006"))
    #expect(told.out.contains("erased      1 line of other.ndjson, in place\n"))
    #expect(told.out.contains("checked     1 other lead: all come to the same as before\n"))
    #expect(told.out.contains("cache       3 sheets removed\n"))
    #expect(told.out.contains("  holds the lead\n"))
    let receipt = try object(workplace.run("erase", "--book", "acme", "ada", "--purge", "--json"))
    #expect(receipt["isPurged"] as? Bool == true && receipt["lines"] as? Int == 0)
    #expect((receipt["snapshots"] as? [String])?.count == 1)
    #expect((receipt["quarantine"] as? [String])?.count == 1)
    #expect(try workplace.names(in: "acme/snapshots") == [])
    let quarantine = try workplace.names(in: "acme/quarantine")
    let refused = try workplace.read("acme/quarantine/\(quarantine[0])")
    #expect(refused.contains("bob") && !refused.contains("ada"))
    _ = try workplace.run("run", "--book", "acme", "--as-of", "2026-03-01T00:00:00Z")
    let leads = try workplace.read("acme/snapshots/latest/leads.csv").split(separator: "\n")
    #expect(leads.count == 2 && leads[1] == bob)
    let nobody = try workplace.run("erase", "--book", "acme", "eve")
    #expect(nobody.code == 66 && nobody.err.hasPrefix("error: the log has no lead 'eve'"))
  }
}
