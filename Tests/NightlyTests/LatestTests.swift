import Definition
import Engine
import Foundation
import Nightly
import Notation
import Synchronization
import TestBooks
import Testing

/// What a run does where `latest` is of a definition of another name.
@Suite("runs by another definition") struct LatestTests {
  private func rules(_ name: String) -> String {
    """
    name: \(name)
    interactions: { view: { type: page_view } }
    scores: { heat: { points: { view: 10 } } }
    """
  }

  private final class Told: Sendable {
    let warnings = Mutex<[String]>([])
  }

  private func run(
    _ scratch: ScratchBook, _ name: String, day: Int, _ change: (inout RunPlan) -> Void = { _ in }
  ) throws -> (report: RunReport, warnings: [String]) {
    var plan = RunPlan(
      Log(of: scratch.book, jobs: 2), try Definition.load(text: rules(name), file: "d.yaml"),
      asOf: try #require(eventTime("2026-02-0\(day)T00:00:00Z")))
    change(&plan)
    let told = Told()
    let report = try Nightly.run(plan) { notice in
      if case .warning(let text, _) = notice { told.warnings.withLock { $0.append(text) } }
    }
    return (report, told.warnings.withLock { $0 })
  }

  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    let line = #"{"id":"1","time":"2026-01-10T09:00:00Z","type":"page_view","lead":"ada"}"#
    try scratch.writeLog([("1.ndjson", Array("\(line)\n".utf8))])
    return scratch
  }

  @Test("what is published is told since its own kind, and news only to whom it reaches")
  func experiment() throws {
    let scratch = try book()
    let first = try run(scratch, "a", day: 1)
    #expect(first.report.isNews && first.report.latestStays == nil && first.warnings == [])
    let name = try scratch.latest().name

    let other = try run(scratch, "b", day: 2)
    #expect(!other.report.isNews && other.report.changes == nil)
    #expect(other.report.latestStays?.snapshot == name)
    #expect(other.report.latestStays?.definition == "a")
    #expect(other.warnings.count == 1 && other.warnings[0].contains("'a'"))
    #expect(other.warnings[0].contains(name) && other.warnings[0].contains("'b'"))
    #expect(try scratch.latest().name == name)
    // A command that is to know of news is not run; this one would fail.
    try other.report.followUp(onChange: "false")

    let again = try run(scratch, "b", day: 3)
    #expect(again.report.changes?.since.asOf == "2026-02-02T00:00:00.000Z")
    let night = try run(scratch, "a", day: 4)
    #expect(night.report.isNews && night.warnings == [])
    #expect(night.report.changes?.since.snapshot == name)

    let moved = try run(scratch, "b", day: 4) { $0.movesLatest = true }
    #expect(moved.report.isNews && moved.report.latestStays == nil && moved.warnings == [])
    #expect(moved.report.snapshot.hasSuffix(try scratch.latest().name))
    #expect(throws: RunError.self) { try moved.report.followUp(onChange: "false") }
  }

  @Test("pruning keeps what `latest` stays with, however old")
  func pruning() throws {
    let scratch = try book()
    let first = try run(scratch, "a", day: 1).report
    for day in 2...5 {
      let report = try run(scratch, "b", day: day) { $0.keep.last = 1 }.report
      #expect(report.pruned?.removed.count == (day > 2 ? 1 : 0))
    }
    #expect(first.snapshot.hasSuffix(try scratch.latest().name))
    #expect(FileManager.default.fileExists(atPath: "\(first.snapshot)/leads.csv"))
  }

  @Test("the report's JSON tells of it, and leaves the key out where there is nothing to tell")
  func json() throws {
    let scratch = try book()
    func keys(_ report: RunReport) throws -> [String: Any] {
      let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report))
      return try #require(json as? [String: Any])
    }
    #expect(try keys(run(scratch, "a", day: 1).report)["latestStays"] == nil)
    let stays = try keys(run(scratch, "b", day: 1).report)["latestStays"] as? [String: String]
    #expect(try stays == ["snapshot": scratch.latest().name, "definition": "a"])
  }
}
