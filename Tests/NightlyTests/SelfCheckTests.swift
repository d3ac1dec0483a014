import Definition
import Engine
import Foundation
import Nightly
import Notation
import TestBooks
import Testing
import Upkeep

@Suite("the self-check") struct SelfCheckTests {
  private let definition = """
    name: checked
    interactions: { view: { type: page_view } }
    scores: { heat: { points: { view: 1 } } }
    """

  private func scratch(_ names: [String] = ["a", "b", "c", "d"]) throws -> ScratchBook {
    let scratch = try ScratchBook()
    try scratch.writeLog(
      names.map { name in
        let line = #"{"id":"1","time":"2026-03-01T00:00:00Z","type":"page_view","lead":"\#(name)"}"#
        return (path: "\(name).ndjson", bytes: Array((line + "\n").utf8))
      })
    // The cache does not keep what may still be changing.
    usleep(60_000)
    return scratch
  }

  private func run(_ scratch: ScratchBook, day: Int, share: Double) throws -> RunReport {
    var plan = RunPlan(
      Log(of: scratch.book), try Definition.load(text: definition, file: "c.yaml"),
      asOf: 1_772_500_000_000 + Milliseconds(day) * 86_400_000)
    plan.selfCheckShare = share
    return try Nightly.run(plan)
  }

  private func sheets(_ scratch: ScratchBook) throws -> [String] {
    let cache = scratch.book.cache
    return try FileManager.default.subpathsOfDirectory(atPath: cache)
      .filter { $0.hasSuffix(".0.sheet") }.sorted().map { "\(cache)/\($0)" }
  }

  /// Puts one segment's sheet in the place of another's: sound by itself, but wrong there.
  private func swapSheets(_ scratch: ScratchBook) throws {
    let sheets = try sheets(scratch)
    #expect(sheets.count >= 4)
    let first = try Data(contentsOf: URL(fileURLWithPath: sheets[0]))
    try first.write(to: URL(fileURLWithPath: sheets[1]))
  }

  @Test("a sheet that is not what its segment says fails the run, and nothing is published")
  func difference() throws {
    let scratch = try scratch()
    #expect(try run(scratch, day: 0, share: 0).selfCheck == nil)
    let before = try scratch.latest()
    try swapSheets(scratch)
    let error = #expect(throws: RunError.self) { try run(scratch, day: 1, share: 1) }
    #expect(error?.exitCode == 1 && error?.message.contains("nothing was published") == true)
    #expect(error?.hint?.contains("scorebook cache --clear") == true)
    #expect(try scratch.latest().name == before.name)
    try clearCache(of: scratch.book)
    #expect(try run(scratch, day: 1, share: 1).selfCheck?.segments == 4)
  }

  @Test("what a merged sheet was made of is checked, too; what is damaged of it is not wanted")
  func merged() throws {
    let scratch = try scratch((0..<12).map { "s\($0 + 10)" })
    for day in 0...1 { _ = try run(scratch, day: day, share: 0) }
    let all = try FileManager.default.subpathsOfDirectory(atPath: scratch.book.cache)
    #expect(all.contains { $0.hasSuffix(".merged.sheet") })
    let sheet = URL(fileURLWithPath: try sheets(scratch)[3])
    var bytes = try Data(contentsOf: sheet)
    // Behind the header, the counts and the partitions: a key's hash.
    bytes[272 + 16 + 520] ^= 1
    try bytes.write(to: sheet)
    #expect(try run(scratch, day: 2, share: 1).selfCheck?.segments == 12)
    try swapSheets(scratch)
    #expect(throws: RunError.self) { try run(scratch, day: 3, share: 1) }
  }

  @Test(
    "a small share is one segment a night, another one as nights go by, so that all have their turn"
  )
  func sample() throws {
    let scratch = try scratch()
    _ = try run(scratch, day: 0, share: 0)
    try swapSheets(scratch)
    var found: [Int] = []
    for day in 1...40 {
      do {
        #expect(try run(scratch, day: day, share: 0.001).selfCheck?.segments == 1)
      } catch {
        found.append(day)
      }
    }
    // One of four segments is wrong.
    #expect((1...39).contains(found.count))
    // The same night has the same sample.
    let again = try #require(found.first)
    #expect(throws: RunError.self) { try run(scratch, day: again, share: 0.001) }
  }
}
