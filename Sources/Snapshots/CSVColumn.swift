/// A column of a CSV file: its header and how the cells below it are written.
package struct CSVColumn: Sendable {
  package var name: String
  package var cell: Int
  package var format: CellFormat

  package init(_ name: String, _ cell: Int, _ format: CellFormat = .integer) {
    self.name = name
    self.cell = cell
    self.format = format
  }
}

/// How a cell is written; an absent one is empty, whatever the format.
package enum CellFormat: Sendable {
  case integer
  /// A whole number of 10^-places: written without trailing zeros.
  case decimal(places: Int)
  /// Milliseconds since 1970 as RFC 3339 UTC with milliseconds.
  case time
  /// An index into names.
  case name(KeyList)
  /// 1 and 0 as `true` and `false`.
  case truth
}
