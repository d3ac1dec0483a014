import Notation
import Snapshots
import Tables
import TestFiles

/// What a snapshot counts, where a test has nothing to count.
struct Counts: Codable, Equatable {
  var leads: Int
}

/// The table of leads with a score each.
func leads(_ scores: [String: Int64]) -> TableGroup {
  let rows = CellTable(width: 1)
  // In any order: writing sorts them.
  for (lead, score) in scores {
    Array(lead.utf8).withUnsafeBufferPointer { rows.append($0, [score]) }
  }
  return TableGroup(
    [Table("leads", key: ("lead", "who"), [TableColumn("score.s", 0, "how much")])], of: [rows])
}

extension TemporaryFolder {
  /// The folder of a book's snapshots.
  var snapshots: String { "\(path)/snapshots" }

  func manifest(_ definition: String = "d", asOf: Milliseconds) -> Manifest {
    Manifest(
      engine: "test", asOf: asOf, knownAt: nil,
      definition: .init(name: definition, text: "name: \(definition)\n"), segments: [])
  }

  func draft(_ definition: String = "d", asOf: Milliseconds) throws -> SnapshotDraft {
    let name = timeText(milliseconds: asOf).prefix(19).filter { $0 != "-" && $0 != ":" }
    return try SnapshotDraft(
      in: snapshots, asOfName: "\(name)Z", manifest: manifest(definition, asOf: asOf))
  }

  /// Publishes a snapshot with some leads; returns its name.
  @discardableResult
  func publish(
    _ definition: String = "d", asOf: Milliseconds, _ scores: [String: Int64] = ["ann": 1]
  ) throws -> String {
    let draft = try draft(definition, asOf: asOf)
    try draft.write([leads(scores)], summary: Counts(leads: scores.count), jobs: 2)
    return try draft.publish().name
  }
}
