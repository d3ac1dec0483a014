/// Enriched events of Snowplow: the tab-separated lines of the pipeline, or rows with a header of the same names, as
/// warehouses export them.
///
/// The lines of the pipeline have no header and no quotes, and exactly 131 columns. With a header, the columns may
/// stand in any order, others among them, and the delimiter is that of the header: a tab or a comma.
struct SnowplowRows: RowFormat {
  func syntax(firstLine: UnsafeRawBufferPointer) -> CellSyntax {
    let tab = UInt8(ascii: "\t")
    let syntax = CellSyntax(delimiter: firstLine.contains(tab) ? tab : UInt8(ascii: ","))
    let names = cells(of: firstLine, syntax)
    return Self.isHeader(names) ? syntax : CellSyntax(delimiter: tab, hasQuotes: false)
  }

  func begin(_ cells: [String], line: Int) throws -> (mapping: any RowMapping, isRow: Bool) {
    if Self.isHeader(cells) {
      return (SnowplowMapping(columns: cells.map { $0.lowercased() }), isRow: false)
    }
    let columns = SnowplowMapping.enrichedColumns
    guard cells.count == columns.count else {
      throw FormatFault(
        line: line,
        message:
          "neither the \(columns.count) columns of an enriched event, with tabs between them, "
          + "nor a header",
        hint: "a header has at least 'event' and 'event_id'")
    }
    return (SnowplowMapping(columns: columns), isRow: true)
  }

  private static func isHeader(_ names: [String]) -> Bool {
    Set(names.map { $0.lowercased() }).isSuperset(of: ["event", "event_id"])
  }
}
