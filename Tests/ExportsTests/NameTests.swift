import Definition
import Testing

@testable import Exports

@Suite("Names of exports") struct NameTests {
  private func tables(_ lists: String) throws -> [ExportTable] {
    let text = """
      name: names
      interactions:
        view: { type: page_view }
      scores:
        s: { points: { view: 1 } }
      lists:
        \(lists)
      """
    return try exportTables(
      of: Definition.load(text: text, file: "names.yaml"), only: Set(ExportSection.allCases))
  }

  @Test(
    "each byte but a-z and 0-9 becomes an underscore",
    arguments: [
      ("score.engagement", "score_engagement"), ("sales-ready", "sales_ready"), ("Ab9", "_b9"),
      ("é", "__"), ("", ""),
    ])
  func mapping(name: String, wanted: String) { #expect(exportName(name) == wanted) }

  @Test("names that fall together are told with both, and so is one that is too long")
  func faults() throws {
    let together = try tables("{ a-b: { score.s: { min: 1 } }, a_b: { score.s: { min: 2 } } }")
    let faults = try #require(NameFaults(of: together, in: .sqlite)).description
    #expect(faults.contains("a-b.csv") && faults.contains("a_b.csv"))
    #expect(faults.contains("'list_a_b'"))
    let long = String(repeating: "n", count: 60)
    let tooLong = try tables("{ \(long): { score.s: { min: 1 } } }")
    #expect(NameFaults(of: tooLong, in: .sqlite) == nil)
    let fault = try #require(NameFaults(of: tooLong, in: .postgres)).description
    #expect(fault.contains(long) && fault.contains("63"))
  }

  @Test("types follow from the definition alone")
  func types() throws {
    let tables = try tables("{ a: { score.s: { min: 1 } } }")
    let leads = try #require(tables.first { $0.name == "leads" })
    let kinds = Dictionary(uniqueKeysWithValues: leads.columns.map { ($0.source, $0.kind.word) })
    #expect(kinds["lead"] == "text")
    #expect(kinds["score.s"] == "integer")
    #expect(kinds["raw.s"] == "decimal(18,6)")
    #expect(tables.contains { $0.name == "list_a" && $0.isList })
  }

  @Test(
    "a number is read with every digit, and what is none or too large is not",
    arguments: [
      ("0", 6, 0), ("12.5", 6, 12_500_000), ("-0.000001", 6, -1),
      ("9223372036854.775807", 6, Int64.max), ("9223372036854.775808", 6, nil),
      ("1.", 6, 1_000_000),
      ("1.2345678", 6, nil), ("", 0, nil), ("-", 0, nil), ("1e5", 0, nil), ("1.5", 0, nil),
    ] as [(String, Int, Int64?)])
  func numbers(text: String, places: Int, wanted: Int64?) {
    let number: Int64? = Array(text.utf8).withUnsafeBytes {
      text.isEmpty ? nil : scaledNumber($0, places: places)
    }
    #expect(number == wanted)
  }
}
