import Definition
import EventLog
import Foundation
import Notation
import Tables
import Testing

@testable import Engine

/// What tables say of their columns.
///
/// `RECORD_REFERENCE=1` in the environment writes the tables of the reference page anew.
@Suite("Result tables") struct ResultTablesTests {
  private static let definition = """
    name: d
    journey: [STAGE]
    interactions: { INTERACTION: { type: page_view, stage: STAGE } }
    touches: { TOUCH: { first: INTERACTION, property: campaign } }
    scores: { SCORE: { points: { INTERACTION: 1 } } }
    grades: { GRADE: { letters: { A: 50, F: 0 }, criteria: [
      { attribute: title, weight: 1, values: [ { is: vp, value: 100 } ] } ] } }
    personas: { GROUP: [ { name: PERSONA, when: { score.SCORE: { min: 1 } } } ] }
    columns: [attribute.NAME, count.INTERACTION, busiest_hour, days_since_last, days_since_first,
      days_since_entered.STAGE, days_in_stage, outcome, reasons, reasons.SCORE]
    lists: { LIST: { score.SCORE: { min: 1 } } }
    accounts:
      scores: { NAME: { sum: activities } }
      ready: { leads: { min: 1 } }
      columns: [attribute.NAME, active@30d, days_since_last]
    """

  /// Names are in small letters; those of the page are made large to stand out.
  private static let names = [
    "STAGE", "INTERACTION", "TOUCH", "SCORE", "GRADE", "GROUP", "PERSONA", "LIST", "NAME",
  ]

  private static func tables(_ text: String) throws -> ResultTables {
    let definition = try Definition.load(text: text, file: "d.yaml")
    return try Results(definition, sheets: [], asOf: 0, jobs: 1).tables
  }

  @Test("the reference page has every column with its kind and what it means, and no other")
  func reference() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/reference/snapshots.md")
    var text = Self.definition
    for name in Self.names { text = text.replacing(name, with: name.lowercased()) }
    let tables = try Self.tables(text)
    var found = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n")
    for table in [tables.leads, tables.tallies, tables.memberships, tables.accounts] {
      let heading = try #require(
        found.firstIndex(of: "## \(table.name).csv"), "no section of \(table.name).csv")
      let start = try #require(found[heading...].firstIndex { $0.hasPrefix("| column |") })
      let end = found[start...].firstIndex { !$0.hasPrefix("|") } ?? found.endIndex
      let wanted =
        ["| column | kind | meaning |", "|---|---|---|"]
        + [Self.row(table.key.name, "text", table.key.meaning)]
        + table.columns.map { Self.row($0.name, Self.word($0.kind), $0.meaning) }
      if ProcessInfo.processInfo.environment["RECORD_REFERENCE"] == nil {
        #expect(Array(found[start..<end]) == wanted, "\(table.name).csv")
      }
      found.replaceSubrange(start..<end, with: wanted)
    }
    if ProcessInfo.processInfo.environment["RECORD_REFERENCE"] != nil {
      try found.joined(separator: "\n").write(to: page, atomically: true, encoding: .utf8)
    }
  }

  private static func row(_ column: String, _ kind: String, _ meaning: String) -> String {
    var parts = column.split(separator: ".").map(String.init)
    // Any window may stand there.
    parts[0] = parts[0].replacing("@30d", with: "@WINDOW")
    for index in parts.indices.dropFirst() { parts[index] = parts[index].uppercased() }
    return "| `\(parts.joined(separator: "."))` | \(kind) | \(meaning) |"
  }

  private static func word(_ kind: TableColumn.Kind) -> String {
    switch kind {
    case .integer: "whole number"
    case .decimal: "number"
    case .time: "time"
    case .name, .reasons: "text"
    case .truth: "truth"
    }
  }

  @Test("a list's file has the columns that it asks for, and those of a definition come last")
  func columns() throws {
    let tables = try Self.tables(
      """
      name: d
      interactions: { v: { type: v } }
      scores: { main: { points: { v: 1 } } }
      columns: [visits@30d, reasons, attribute.x]
      lists: { call: { columns: [attribute.x, reasons.main, visits@30d], order_by: visits } }
      """)
    #expect(tables.leads.header.suffix(4) == ["nps_group", "visits@30d", "reasons", "attribute.x"])
    #expect(
      tables.lists[0].header == [
        "lead", "account", "score.main", "attribute.x", "reasons.main", "visits@30d",
      ])
    #expect(tables.lists[0].sequence != nil && tables.leads.sequence == nil)
  }

  @Test("a ladder has no percent")
  func ladder() throws {
    let tables = try Self.tables(
      "name: d\ngrades: { g: { start: C, criteria: [ { attribute: a, is: x, thirds: 1 } ] } }")
    let grades = tables.leads.header.filter { $0.hasSuffix(".g") }
    #expect(grades == ["grade.g", "coverage.g"])
  }
}
