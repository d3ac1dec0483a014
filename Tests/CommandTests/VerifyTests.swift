import Foundation
import Testing

@Suite("scorebook verify") struct VerifyTests {
  private func book() throws -> Workplace {
    let place = try Workplace()
    _ = try place.run("init", "b")
    let events = (0..<50).map { event("\($0)", "page_view", "lead\($0 % 7)") }.joined()
    #expect(try place.run("append", "--book", "b", "-", input: events).code == 0)
    #expect(try place.run("run", "--book", "b", "--as-of", "2026-03-01T00:00:00Z").code == 0)
    return place
  }

  private func damage(_ place: Workplace, _ name: String, at offset: Int) throws {
    let file = URL(fileURLWithPath: "\(place.path)/\(name)")
    var bytes = Array(try Data(contentsOf: file))
    bytes[offset] ^= 1
    try place.write(bytes, to: name)
  }

  @Test("a sound book is said to be, with its head, and the head is good later")
  func sound() throws {
    let place = try book()
    let outcome = try place.run("verify", "--book", "b")
    #expect(outcome.code == 0 && outcome.err.isEmpty)
    #expect(outcome.out.hasSuffix("\nsound\n"))
    let head = try #require(
      outcome.out.split(separator: "\n").first { $0.hasPrefix("head ") }?.split(separator: " ").last
    )
    _ = try place.run("append", "--book", "b", "-", input: event("new", "page_view", "l"))
    #expect(try place.run("verify", "--book", "b", "--expect-head", String(head)).code == 0)
    let other = String(repeating: "0a", count: 32)
    let strange = try place.run("verify", "--book", "b", "--quick", "--expect-head", other)
    #expect(strange.code == 1 && strange.out.contains("does not extend"))
  }

  @Test("damage is exit code 1 and a line each, and in JSON a member each")
  func damaged() throws {
    let place = try book()
    try damage(place, "b/log/000001.ndjson.gz", at: 60)
    let latest = try FileManager.default.destinationOfSymbolicLink(
      atPath: "\(place.path)/b/snapshots/latest")
    try damage(place, "b/snapshots/\(latest)/leads.csv", at: 3)
    let text = try place.run("verify", "--book", "b")
    #expect(text.code == 1)
    #expect(text.out.contains("damaged    log/000001.ndjson.gz: bytes 0 to "))
    #expect(text.out.contains("; events 1 to 50\n"))
    #expect(text.out.contains("damaged    snapshots/\(latest)/leads.csv: not the bytes"))
    #expect(text.out.hasSuffix("damaged: 2 faults\n"))

    let json = try place.run("verify", "--book", "b", "--json")
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
    #expect(json.code == 1 && report["sound"] as? Bool == false)
    let damage = try #require(report["damage"] as? [[String: Any]])
    #expect(damage.map { $0["kind"] as? String } == ["block", "checksum"])
    #expect(damage[0]["toLine"] as? Int == 50)
  }

  @Test("run stops at damage, and with --salvage says loudly what it did without")
  func salvage() throws {
    let place = try book()
    try damage(place, "b/log/000001.ndjson.gz", at: 60)
    #expect(try place.run("run", "--book", "b").code == 65)
    let events = (0..<5).map { event("x\($0)", "page_view", "lead\($0)") }.joined()
    _ = try place.run("append", "--book", "b", "-", input: events)
    try place.write(events, to: "b/log/more.ndjson")
    let run = try place.run(
      "run", "--book", "b", "--salvage", "--details", "--as-of", "2026-03-02T00:00:00Z")
    #expect(run.code == 0, "\(run)")
    #expect(run.err.hasPrefix("warning: the log is damaged: 1 of its files"))
    #expect(run.out.contains("SALVAGED: not the results of the whole log"))
    #expect(run.out.contains("missing: 50 events"))
    let summary = try place.read("b/snapshots/latest/summary.json")
    #expect(summary.contains("\"missingEvents\" : 50"))
    let line = try place.run("run", "--book", "b", "--salvage", "--as-of", "2026-03-03T00:00:00Z")
    #expect(line.out.contains("; SALVAGED, 50 events or more missing; "))
  }

  @Test("a name with an escape sequence or a line feed moves no terminal")
  func names() throws {
    let place = try book()
    try place.write("not gzip", to: "b/log/\u{1b}[2J\nsound.ndjson.gz")
    for command in ["verify", "run"] {
      let outcome = try place.run(command, "--book", "b")
      #expect(outcome.code == (command == "verify" ? 1 : 65))
      let said = outcome.out + outcome.err
      #expect(said.contains("\\u{1b}[2J\\u{a}sound.ndjson.gz: "))
      #expect(!said.contains("\u{1b}") && !said.contains("\nsound"))
    }
  }

  @Test(
    "what cannot be asked for is a usage error, and no log is no input",
    arguments: [
      (["--quick", "--full"], 64), (["--expect-head", "12"], 64), (["-p", "x.yaml"], 64),
      (["--jobs", "0"], 64), (["--max-ratio", "0"], 64), (["--log", "nowhere"], 66),
    ] as [([String], Int32)])
  func usage(options: [String], code: Int32) throws {
    let place = try book()
    let outcome = try place.run(["verify", "--book", "b"] + options)
    #expect(outcome.code == code)
    #expect(outcome.out.isEmpty && !outcome.err.isEmpty)
  }
}
