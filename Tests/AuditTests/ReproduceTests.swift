import Audit
import Definition
import Engine
import EventLog
import Foundation
import Nightly
import Notation
import Reference
import TestBooks
import Testing

/// Snapshots held against a fresh recomputation, and ledgers against what they are made of.
@Suite struct ReproduceTests {
  @Test(
    "snapshots of random books come out again, and every lead adds up", arguments: UInt64(1)..<16)
  func comesOut(seed: UInt64) throws {
    let book = RandomBook(seed: seed)
    guard let definition = try? Definition.load(text: book.definition, file: "") else { return }
    let scratch = try ScratchBook()
    try scratch.writeLog(book.segments)
    var plan = RunPlan(
      Log(of: scratch.book), definition, asOf: try #require(eventTime(book.asOf)),
      refusedShareMax: 1)
    plan.wantsLedger = true
    let report = try Nightly.run(plan)
    let found = try reproduce(snapshot: "latest", of: scratch.book, addsUp: true)
    #expect(found.isSame, "seed \(seed): \(found.faults)")
    #expect(found.leadsAddedUp == report.summary.leads.known)
    #expect(found.files > 4)
    try checkLedger(report.snapshot, definition, seed)
  }

  /// Adds the ledger up by lead and score with nothing but text and whole numbers.
  private func checkLedger(_ snapshot: String, _ definition: Definition, _ seed: UInt64) throws {
    var text: [UInt8] = []
    try readLines(of: Segment(input: "\(snapshot)/ledger.csv.gz")) { text += Array($0.bytes) }
    // By the bytes of keys: text that looks alike is equal, keys are not.
    var sums: [[UInt8]: [String: Int128]] = [:]
    for row in NamedRows(text).rows {
      let value = try #require(micropoints(row["value"] ?? ""))
      sums[Array((row["lead"] ?? "").utf8), default: [:]][row["score"] ?? "", default: 0] += value
    }
    let leads = try Data(contentsOf: URL(fileURLWithPath: "\(snapshot)/leads.csv"))
    for row in NamedRows(Array(leads)).rows {
      for score in definition.scores {
        let raw = micropoints(row["raw.\(score.name)"] ?? "")
        let sum = sums[Array((row["lead"] ?? "").utf8)]?[score.name] ?? 0
        #expect(sum == raw, "seed \(seed): '\(row["lead"] ?? "")', \(score.name)")
      }
    }
  }

  private func micropoints(_ text: String) -> Int128? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    guard let whole = Int128(parts[0]),
      let rest = Int128((fraction + "000000").prefix(6))
    else { return nil }
    return whole * 1_000_000 + (text.hasPrefix("-") ? -rest : rest)
  }

  private static let rules = """
    name: small
    interactions:
      view: { type: page_view }
    scores:
      interest: { points: { view: 3 } }
    """

  @Test(
    "a changed byte is found and named",
    arguments: ["log/1.ndjson", "leads.csv", "summary.json", "manifest.json", "missing"])
  func changedByte(file: String) throws {
    let scratch = try ScratchBook()
    let event = #"{"id":"1","time":"2026-01-10T09:00:00Z","type":"page_view","lead":"ada"}"# + "\n"
    try scratch.writeLog([("1.ndjson", Array(event.utf8))])
    let snapshot = try scratch.run(definition: Self.rules, asOf: "2026-02-01T00:00:00Z").report
      .snapshot
    #expect(try reproduce(snapshot: snapshot, of: scratch.book).isSame)
    switch file {
    case "log/1.ndjson":
      try change("\(scratch.book.root)/\(file)", from: "ada", to: "bda")
      let found = try reproduce(snapshot: snapshot, of: scratch.book)
      #expect(found.faults.contains { $0.file == "1.ndjson" && $0.message.contains("SHA-256") })
      #expect(found.faults.contains { $0.file.hasSuffix("/leads.csv") })
    case "missing":
      try FileManager.default.removeItem(atPath: "\(snapshot)/tallies.csv")
      let found = try reproduce(snapshot: snapshot, of: scratch.book)
      #expect(found.faults.map(\.message) == ["missing"])
    case "manifest.json":
      try change("\(snapshot)/manifest.json", from: "view: 3", to: "view: 4")
      let found = try reproduce(snapshot: snapshot, of: scratch.book)
      #expect(found.faults.contains { $0.file.hasSuffix("manifest.json") })
    default:
      try change("\(snapshot)/\(file)", from: "1", to: "2")
      let found = try reproduce(snapshot: snapshot, of: scratch.book)
      #expect(found.faults.contains { $0.file.hasSuffix("/\(file)") })
      #expect(found.faults.contains { $0.message.contains("byte") })
    }
  }

  private func change(_ path: String, from old: String, to new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let place = try #require(text.range(of: old))
    try text.replacingCharacters(in: place, with: new)
      .write(toFile: path, atomically: true, encoding: .utf8)
  }
}
