import Files
import Testing

/// Numbers where they end, as people see them.
@Suite("Numbers that are held, in every report")
struct HeldNumbersTests {
  private func book() throws -> Workplace {
    let workplace = try Workplace()
    for (name, points) in [("d", "1000000000"), ("e", "-1000000000")] {
      try workplace.write(
        """
        name: large
        interactions: { view: { type: view } }
        scores:
          s: { points: { view: 1 }, inactivity: { after: 1m, points: \(points), every: 1m } }
        """, to: "\(name).yaml")
    }
    let lines = ["a", "b"].map {
      #"{"id":"\#($0)","time":"2026-01-01T00:00:00Z","type":"view","lead":"\#($0)","account":"acme"}"#
    }
    try workplace.write(lines.joined(separator: "\n"), to: "book/log/1.ndjson")
    return workplace
  }

  private func output(_ workplace: Workplace, _ arguments: String...) throws -> String {
    let outcome = try workplace.run(arguments + ["--book", "book"])
    #expect(outcome.code == 0, "\(outcome.err)")
    return outcome.out
  }

  @Test("run, explain and diff say that a number is held, and what it was before")
  func areTold() throws {
    let book = try book()
    let run = try output(
      book, "run", "-p", "d.yaml", "--as-of", "2026-02-01T00:00:00Z", "--details")
    #expect(
      run.contains(
        "held, because no number goes further\n  raw.s of 2 leads\n  total.s of 1 account\n"))
    let lead = try output(book, "explain", "a")
    #expect(lead.contains("sum 44640000000001\n  -43640000000002  hold: "))
    #expect(lead.contains("raw 999999999999, rounded 999999999999: score 999999999999\n"))
    let account = try output(book, "explain", "--account", "acme")
    #expect(
      account.contains(
        "s: total 999999999999, held from 1999999999998, max 999999999999, mean 999999999999\n"))
    let diff = try output(book, "diff", "latest", "e.yaml")
    #expect(diff.contains("\ns                  -3999999999996\n"))
    #expect(diff.contains("\n    inactivity   -178560000000000  2  leads\n"))
    #expect(diff.contains("total.s  999999999999 to -999999999999  (-1999999999998)\n"))
    #expect(diff.contains("+1999999999998  hold of the total\n"))
  }

  @Test("a snapshot with numbers that no version has written is compared with all the same")
  func forgedSnapshot() throws {
    let book = try book()
    _ = try output(book, "run", "-p", "d.yaml", "--as-of", "2026-02-01T00:00:00Z")
    let folder = "book/snapshots/latest"
    let leads = try book.read("\(folder)/leads.csv")
    let forged = leads.replacing("999999999999,", with: "-9223372036854775808,", maxReplacements: 1)
    #expect(forged != leads)
    try book.write(forged, to: "\(folder)/leads.csv")
    let manifest = try book.read("\(folder)/manifest.json")
      .replacing(SHA256Hasher.hex(of: leads), with: SHA256Hasher.hex(of: forged))
      .replacing("\"bytes\" : \(leads.utf8.count)", with: "\"bytes\" : \(forged.utf8.count)")
    try book.write(manifest, to: "\(folder)/manifest.json")
    let replay = try output(book, "replay", "-p", "d.yaml", "--against", "latest")
    #expect(replay.contains("1 up, 0 down, 1 the same"))
    #expect(replay.contains("a  -9999999999999  ->  999999999999"))
  }

  @Test("more workers than anybody has are refused, and the most is named")
  func workers() throws {
    let book = try book()
    for arguments in [["run", "-p", "d.yaml"], ["replay", "-p", "d.yaml"], ["verify"]] {
      let outcome = try book.run(arguments + ["--book", "book", "--jobs", "4611686018427387904"])
      #expect(outcome.code == 64)
      #expect(outcome.err.contains("4611686018427387904 is too many; at most 1024 workers"))
    }
  }
}
