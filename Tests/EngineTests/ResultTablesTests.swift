import Definition
import EventLog
import Foundation
import Notation
import Tables
import Testing

@testable import Engine

/// What tables say of their columns.
@Suite("Result tables") struct ResultTablesTests {
  private static let definition = """
    name: d
    journey: [STAGE]
    interactions: { view: { type: page_view, stage: STAGE } }
    scores: { SCORE: { points: { view: 1 } } }
    grades: { GRADE: { letters: { A: 50, F: 0 }, criteria: [
      { attribute: title, weight: 1, values: [ { is: vp, value: 100 } ] } ] } }
    personas: { GROUP: [ { name: PERSONA, when: { score.SCORE: { min: 1 } } } ] }
    lists: { LIST: { score.SCORE: { min: 1 } } }
    accounts: { scores: { NAME: { sum: activities } }, ready: { leads: { min: 1 } } }
    """

  @Test("every column stands in the reference page with what it means")
  func reference() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/reference/snapshots.md")
    let rows = Set(
      try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n"))
    // Names are in small letters; those of the page are made large to stand out.
    let names = ["STAGE", "SCORE", "GRADE", "GROUP", "PERSONA", "LIST", "NAME"]
    var text = Self.definition
    for name in names { text = text.replacing(name, with: name.lowercased()) }
    let definition = try Definition.load(text: text, file: "d.yaml")
    let results = try Results(definition, sheets: [], asOf: 0, jobs: 1)
    let tables = results.tables
    var count = 0
    for table in tables.ofLeads + [tables.accounts] {
      for (column, meaning) in [table.key] + table.columns.map({ ($0.name, $0.meaning) }) {
        var parts = column.split(separator: ".").map(String.init)
        for index in parts.indices.dropFirst() { parts[index] = parts[index].uppercased() }
        let row = "| `\(parts.joined(separator: "."))` | \(meaning) |"
        #expect(rows.contains(row), "docs/reference/snapshots.md has no row: \(row)")
        count += 1
      }
    }
    #expect(count > 30)
  }
}
