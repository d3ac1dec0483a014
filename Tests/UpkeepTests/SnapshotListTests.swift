import Foundation
import TestBooks
import Testing

@testable import Upkeep

@Suite("The list of snapshots") struct SnapshotListTests {
  @Test("a summary of a version that counted less is one all the same")
  func olderSummary() throws {
    let scratch = try ScratchBook()
    let line = #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"t","lead":"a"}"#
    try scratch.writeLog([("a.ndjson", Array(line.utf8))])
    let name = try scratch.snapshot(definition: "name: d", asOf: "2026-03-01T00:00:00Z").name
    let file = URL(fileURLWithPath: "\(scratch.book.snapshots)/\(name)/summary.json")
    var summary = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    var events = try #require(summary["events"] as? [String: Any])
    #expect(events.removeValue(forKey: "ignored") as? Int == 0)
    summary["events"] = events
    try JSONSerialization.data(withJSONObject: summary).write(to: file)
    let entry = try #require(listSnapshots(of: scratch.book).first)
    #expect(entry.leads == 1 && entry.fault == nil)
  }
}
