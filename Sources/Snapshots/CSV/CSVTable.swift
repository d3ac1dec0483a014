import Tables

/// Writes a table as a CSV file.
final class CSVTable: TableWriter {
  private let columns: CSVColumns
  private let file: SnapshotFile

  /// Writes the header.
  init(_ table: Table, to file: SnapshotFile) throws {
    columns = CSVColumns(table.columns)
    self.file = file
    let csv = CSVWriter()
    csv.header(table.header)
    try file.write(csv.bytes)
  }

  func makePiece() -> any TablePiece { CSVPiece(columns) }

  func take(_ piece: any TablePiece, isLast: Bool) throws {
    guard let piece = piece as? CSVPiece else {
      preconditionFailure("a table takes the pieces that it made")
    }
    try file.write(piece.text.bytes)
    if isLast || file.isSyncDue() { beginSync(file) }
  }
}

private final class CSVPiece: TablePiece {
  let text = CSVWriter()
  private let columns: CSVColumns

  init(_ columns: CSVColumns) { self.columns = columns }

  func removeAll() { text.removeAll() }

  func add(_ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<Int64>) {
    text.row(key, columns, cells)
  }
}
