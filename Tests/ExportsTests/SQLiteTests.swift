import Engine
import Files
import Nightly
import TestBooks
import Testing

@testable import Exports

@Suite("SQLite") struct SQLiteTests {
  private static let first = """
    name: first
    interactions:
      view: { type: page_view }
    scores:
      s: { points: { view: 1.25 } }
    columns: [attribute.city]
    lists:
      all: { score.s: { min: 0 } }
    """

  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    let lines = ["ada", "b'ob", "cy\\\"d"].map { lead in
      #"{"id":"\#(lead)","time":"2026-01-05T00:00:00Z","type":"page_view","lead":"\#(lead)","#
        + #""fields":{"city":"Tartu"}}"# + "\n"
    }
    try scratch.writeLog([("1.ndjson", Array(lines.joined().utf8))])
    return scratch
  }

  /// Publishes by a definition and exports what came of it.
  @discardableResult
  private func export(
    _ scratch: ScratchBook, _ definition: String, to target: String, dropsColumns: Bool = false,
    only sections: Set<ExportSection> = Set(ExportSection.allCases)
  ) throws -> ExportDescription {
    try scratch.run(definition: definition, asOf: "2026-02-01T00:00:00Z")
    return try Export(snapshot: "latest", of: scratch.book, only: sections, as: .sqlite)
      .writeSQLite(to: target, dropsColumns: dropsColumns)
  }

  @Test(
    "tables have keys and types, lists are views in their order, and the rows say where they come from"
  )
  func whole() throws {
    let scratch = try book()
    let target = "\(scratch.book.root)/scores.db"
    let description = try export(scratch, Self.first, to: target)
    #expect(description.tables.first { $0.name == "leads" }?.rows == 3)
    let file = try SQLiteFile(target)
    #expect(
      try file.rows("SELECT lead, raw_s, typeof(raw_s), attribute_city FROM leads ORDER BY lead")
        == [
          ["ada", "1.25", "real", "Tartu"], ["b'ob", "1.25", "real", "Tartu"],
          ["cy\"d", "1.25", "real", "Tartu"],
        ])
    #expect(try file.rows("SELECT count(*) FROM list_all") == [["3"]])
    #expect(
      try file.rows("SELECT type FROM sqlite_master WHERE name = 'list_all'") == [["view"]])
    #expect(throws: FileError.self) { try file.run("INSERT INTO leads (lead) VALUES ('ada')") }
    #expect(
      try file.rows("SELECT as_of, definition FROM scorebook_snapshot")
        == [["2026-02-01T00:00:00.000Z", "first"]])
  }

  @Test("what was written before is replaced, and other tables and views stay")
  func again() throws {
    let scratch = try book()
    let target = "\(scratch.book.root)/scores.db"
    try export(scratch, Self.first, to: target)
    let file = try SQLiteFile(target)
    try file.run("CREATE TABLE mine (a TEXT); INSERT INTO mine VALUES ('kept')")
    try file.run("CREATE VIEW best AS SELECT lead, attribute_city FROM leads WHERE score_s > 0")
    let without = Self.first.replacing("columns: [attribute.city]\n", with: "")
      .replacing("all: {", with: "others: {")
    try export(scratch, without, to: target)
    #expect(try file.rows("SELECT a FROM mine") == [["kept"]])
    // The column that is gone is there, empty, so that the view goes on working; so is the list.
    #expect(
      try file.rows("SELECT lead, attribute_city FROM best ORDER BY lead").first == ["ada", ""])
    #expect(try file.rows("SELECT count(*) FROM list_all") == [["0"]])
    #expect(try file.rows("SELECT count(*) FROM list_others") == [["3"]])
    try file.run("DROP VIEW best")
    try export(scratch, without, to: target, dropsColumns: true)
    #expect(throws: FileError.self) { try file.rows("SELECT attribute_city FROM leads") }
    #expect(throws: FileError.self) { try file.rows("SELECT * FROM list_all") }
  }

  @Test("a column whose type would change is told, with what to do, and nothing is written")
  func types() throws {
    let scratch = try book()
    let target = "\(scratch.book.root)/scores.db"
    try export(scratch, Self.first, to: target)
    let file = try SQLiteFile(target)
    try file.run("ALTER TABLE leads RENAME COLUMN score_s TO old")
    try file.run("ALTER TABLE leads ADD COLUMN score_s TEXT")
    let error = #expect(throws: RunError.self) { try export(scratch, Self.first, to: target) }
    #expect(error.map { "\($0)".contains("score_s") && "\($0)".contains("leads") } == true)
    #expect(error?.hint?.contains("DROP TABLE") == true)
    #expect(try file.rows("SELECT count(*) FROM leads") == [["3"]])
  }

  @Test("a table of others in the way, and a file that is no database, are refused")
  func strangers() throws {
    let scratch = try book()
    let target = "\(scratch.book.root)/scores.db"
    try SQLiteFile(target).run("CREATE TABLE leads (a TEXT)")
    let error = #expect(throws: FileError.self) { try export(scratch, Self.first, to: target) }
    #expect(error?.exitCode == 73)
    let text = "\(scratch.book.root)/text.db"
    try AtomicFile.write(Array(String(repeating: "text\n", count: 100).utf8), to: text)
    let other = #expect(throws: FileError.self) { try export(scratch, Self.first, to: text) }
    #expect(other?.exitCode == 73)
  }
}
