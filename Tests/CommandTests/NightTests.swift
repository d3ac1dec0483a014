import Foundation
import Testing

/// Nights, one after another, and all that can come between them.
@Suite("run, night after night", .serialized)
struct NightTests {
  /// A book whose nights append a few events each, some of them late, merges and forgets among them.
  private func nights(_ count: Int) throws -> (workplace: Workplace, asOfs: [String]) {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    return (workplace, (0..<count).map { "2026-03-\(two(10 + $0))T02:00:00Z" })
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func append(night: Int, to workplace: Workplace) throws {
    var lines = ""
    for index in 0..<6 {
      // Every other event is of an earlier day, every sixth comes twice.
      let day = two(index.isMultiple(of: 2) ? 10 + night : 1 + (night * 3 + index) % 9)
      let line = event(
        "\(night)-\(index)", at: "\(day)T01:0\(index):00", index == 3 ? "form_fill" : "page_view",
        "lead-\((night * 5 + index * 3) % 17)", #","account":"acct-\#(index % 3)""#)
      lines += index == 0 ? line + line : line
    }
    if night == 4 {
      lines += event("m", at: "13T00:00:00", "merge", "lead-1", #","from":"lead-2""#)
    }
    if night == 6 { lines += event("f", at: "14T00:00:00", "forget", "lead-3") }
    #expect(try workplace.run("append", "--book", "acme", input: lines).code == 0)
  }

  @Test(
    "ten nights: each snapshot is that of a cold run in a book without a past; nothing is left over"
  )
  func warmIsCold() throws {
    let (workplace, asOfs) = try nights(10)
    for (night, asOf) in asOfs.enumerated() {
      try append(night: night, to: workplace)
      let warm = try workplace.run("run", "--book", "acme", "--as-of", asOf, "-q")
      #expect(warm.code == 0 && warm.err == "")
      let name = try workplace.latest("acme")
      #expect(try workplace.faults("acme", name) == [])

      try FileManager.default.createDirectory(
        atPath: "\(workplace.path)/cold", withIntermediateDirectories: true)
      for part in ["log", "pipeline.yaml"] {
        try FileManager.default.copyItem(
          atPath: "\(workplace.path)/acme/\(part)", toPath: "\(workplace.path)/cold/\(part)")
      }
      #expect(try workplace.run("run", "--book", "cold", "--as-of", asOf, "-q").code == 0)
      let cold = try workplace.files("cold", name)
      let results = try workplace.files("acme", name).filter { !$0.key.hasPrefix("changes.") }
      #expect(results == cold, "night \(night)")
      #expect(try workplace.files("acme", name).keys.contains("changes.csv") == (night > 0))
      try FileManager.default.removeItem(atPath: "\(workplace.path)/cold")
    }
    #expect(try workplace.leftovers("acme") == [])
    #expect(try workplace.names(in: "acme/snapshots").count == 11)
    let sheets = try FileManager.default.subpathsOfDirectory(atPath: "\(workplace.path)/acme/cache")
    let merged = sheets.count { $0.hasSuffix(".merged.sheet") }
    #expect(merged == 1)
    #expect(sheets.count { $0.hasSuffix(".sheet") } <= 10 + merged)
  }

  @Test(
    "killed at any moment, a dozen times: `latest` is always complete, and the next run sweeps up")
  func killed() throws {
    let (workplace, asOfs) = try nights(13)
    try append(night: 0, to: workplace)
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOfs[0], "-q").code == 0)
    for (night, asOf) in asOfs.enumerated().dropFirst() {
      let before = try workplace.latest("acme")
      let run = try workplace.begin("run", "--book", "acme", "--as-of", asOf, "--keep-last", "2")
      // Spread over the tenth of a second that such a run takes.
      usleep(UInt32(night * 10_000))
      kill(run.processIdentifier, SIGKILL)
      run.waitUntilExit()
      let after = try workplace.latest("acme")
      #expect(try workplace.faults("acme", after) == [])
      #expect(after == before || after.hasPrefix("202603\(two(10 + night))"))
    }
    #expect(
      try workplace.run("run", "--book", "acme", "--as-of", asOfs[12], "--keep-last", "2").code == 0
    )
    #expect(try workplace.leftovers("acme") == [])
  }

  @Test("a disk that is full while publishing: 74, and the last snapshot is untouched")
  func fullDisk() throws {
    let (workplace, asOfs) = try nights(2)
    for night in 0..<8 { try append(night: night, to: workplace) }
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOfs[0], "-q").code == 0)
    let before = try workplace.files("acme", workplace.latest("acme"))
    let full = try workplace.shell("ulimit -f 1; scorebook run --book acme --as-of \(asOfs[1])")
    #expect(full.code == 74 && full.out == "")
    #expect(full.err.contains("/snapshots/.new-") && full.err.contains("cannot write: "))
    #expect(try workplace.files("acme", workplace.latest("acme")) == before)
    #expect(try workplace.names(in: "acme/snapshots").count == 2)
    #expect(try workplace.leftovers("acme") == [])
  }

  @Test("a folder that cannot be made: 73; a file in the place of the book's folders as well")
  func noFolder() throws {
    let (workplace, asOfs) = try nights(1)
    try append(night: 0, to: workplace)
    try workplace.write("in the way", to: "acme/snapshots")
    let blocked = try workplace.run("run", "--book", "acme", "--as-of", asOfs[0])
    #expect(blocked.code == 73 && blocked.err.hasPrefix("error: acme/snapshots"))
    try FileManager.default.removeItem(atPath: "\(workplace.path)/acme/snapshots")
    // Nobody, not even root, makes a folder in /proc.
    try FileManager.default.createSymbolicLink(
      atPath: "\(workplace.path)/acme/snapshots", withDestinationPath: "/proc")
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOfs[0]).code == 73)
  }

  @Test("a mount that has vanished: 66, and the last snapshot stays")
  func vanished() throws {
    let (workplace, asOfs) = try nights(2)
    try append(night: 0, to: workplace)
    try append(night: 1, to: workplace)
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOfs[0], "-q").code == 0)
    let before = try workplace.latest("acme")
    let log = "\(workplace.path)/acme/log"
    try FileManager.default.removeItem(atPath: log)
    #expect(try workplace.run("run", "--book", "acme", "--as-of", asOfs[1]).code == 66)
    try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: true)
    let empty = try workplace.run("run", "--book", "acme", "--as-of", asOfs[1])
    #expect(
      empty.code == 66 && empty.err.hasPrefix("error: acme/log: there are no segments\nhint: "))
    #expect(try workplace.latest("acme") == before)
  }

  @Test(
    "a clock that went backwards: the run is as good as any, and is the latest; the newer one stays"
  )
  func backwards() throws {
    let (workplace, asOfs) = try nights(3)
    try append(night: 0, to: workplace)
    for asOf in [asOfs[0], asOfs[2], asOfs[1]] {
      #expect(
        try workplace.run("run", "--book", "acme", "--as-of", asOf, "--keep-last", "1", "-q").code
          == 0)
    }
    let names = try workplace.names(in: "acme/snapshots")
    #expect(names.map { $0.prefix(8) } == ["20260311", "20260312", "latest"])
    #expect(try workplace.latest("acme") == names[0])
  }

  @Test("a definition broken at two in the morning: 65, the metrics say so, the snapshot stays")
  func brokenDefinition() throws {
    let (workplace, asOfs) = try nights(2)
    try append(night: 0, to: workplace)
    let arguments = ["run", "--book", "acme", "--metrics-file", "x.prom", "-q"]
    #expect(try workplace.run(arguments + ["--as-of", asOfs[0]]).code == 0)
    let before = try workplace.files("acme", workplace.latest("acme"))
    try workplace.write(changingDefinition + "\nlists: {}\n", to: "acme/pipeline.yaml")
    let broken = try workplace.run(arguments + ["--as-of", asOfs[1]])
    #expect(broken.code == 65 && broken.err.contains("acme/pipeline.yaml:"))
    #expect(try workplace.files("acme", workplace.latest("acme")) == before)
    #expect(try workplace.read("x.prom").contains("exit_code{"))
  }
}
