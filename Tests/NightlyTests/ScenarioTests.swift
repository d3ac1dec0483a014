import Engine
import Foundation
import Reference
import TestBooks
import Testing

@Suite("Scenarios")
struct ScenarioTests {
  @Test("what was done comes to what the table says", arguments: try Scenario.all())
  func comesOut(_ scenario: Scenario) throws {
    let scratch = try ScratchBook()
    let log = scenario.lines.joined(separator: "\n")
    try scratch.writeLog([(path: "a.ndjson", bytes: Array(log.utf8))])
    let definition = "name: scenario\n" + scenario.definition
    let found = try scratch.run(definition: definition, asOf: scenario.asOf)
    #expect(found.report.summary.events.refused == 0, "an event of the table is no event")
    #expect(!scenario.expected.isEmpty, "nothing is expected")

    for (file, table) in scenario.expected {
      if file == "counts" {
        try compareCounts(table, found.report.summary.events)
      } else {
        let bytes = try #require(found.files[file], "no file \(file)")
        compare(table, NamedRows(bytes), file)
      }
    }

    // The tables hold for the slow reference too, so that both are right and not only alike.
    let reference = try recompute(
      ReferenceInput(
        definition: definition, segments: [(path: "a.ndjson", bytes: Array(log.utf8))],
        asOf: scenario.asOf))
    for (path, text) in reference.files {
      #expect(found.files[path] == Array(text.utf8), "\(path)")
    }
  }

  private func compare(_ table: ScenarioTable, _ found: NamedRows, _ file: String) {
    let missing = table.columns.filter { !found.columns.contains($0) }
    #expect(missing.isEmpty, "\(file) has no such columns")
    func cells(_ row: [String: String]) -> [String] { table.columns.map { row[$0] ?? "" } }
    func rows(_ rows: [[String: String]]) -> [[String]] {
      let rows = rows.map(cells)
      return table.isOrdered ? rows : rows.sorted { $0.lexicographicallyPrecedes($1) }
    }
    let (wanted, seen) = (rows(table.rows), rows(found.rows))
    #expect(seen == wanted, "\(file): \(table.columns)")
  }

  private func compareCounts(_ table: ScenarioTable, _ events: Summary.Events) throws {
    let row = try #require(table.rows.first)
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(events))
    let counts = try #require(object as? [String: Any])
    for column in table.columns {
      #expect((counts[column] as? Int).map(String.init) == row[column] ?? "", "\(column)")
    }
  }

  @Test("there are scenarios, and none without a heading of its own")
  func headings() throws {
    let titles = try Scenario.all().map(\.title)
    #expect(titles.count >= 30)
    #expect(Set(titles).count == titles.count)
  }

  @Test("a scenario that is not well written is told where")
  func faults() {
    func fault(_ text: String) -> String? {
      do {
        _ = try Scenario.parse(text, file: "x")
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(fault("# One\nprose\n\nevents\n  | time |\n  | a | b |\n") != nil)
    #expect(fault("# One\nevents\n  | time |\nexpected\n") == "x:4: no section: expected")
    #expect(fault("# One\nevents\n  | time |\n") == nil)
  }
}
