import Tables

/// Writes a table as a CSV file.
final class CSVTable: TableWriter {
  private let columns: CSVColumns
  private let file: SnapshotFile
  private let sealing: FileSealing
  private let rests: Bool

  /// Writes the header.
  ///
  /// `rests`: whether the file is closed from piece to piece.
  init(_ table: Table, to file: SnapshotFile, rests: Bool, _ sealing: FileSealing) throws {
    columns = CSVColumns(table.columns)
    self.file = file
    self.rests = rests
    self.sealing = sealing
    let csv = CSVWriter()
    csv.header(table.header)
    try file.write(csv.bytes)
    if rests { try file.rest() }
  }

  func makePiece() -> any TablePiece { CSVPiece(columns) }

  func take(_ piece: any TablePiece, isLast: Bool) throws {
    guard let piece = piece as? CSVPiece else {
      preconditionFailure("a table takes the pieces that it made")
    }
    try file.write(piece.text.bytes)
    if isLast { return sealing.take(file) }
    if file.isSyncDue() { beginSync(file) }
    if rests { try file.rest() }
  }
}

private final class CSVPiece: TablePiece {
  let text = CSVWriter()
  private let columns: CSVColumns
  /// The key of the last row, and how it stands in the file: some tables have several rows of each.
  private var last = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var field = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  init(_ columns: CSVColumns) { self.columns = columns }

  func removeAll() {
    text.removeAll()
    last = UnsafeBufferPointer(start: nil, count: 0)
  }

  var byteCount: Int { text.bytes.count }

  func add(_ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<Int64>) {
    // Keys stay where they are until all is taken away.
    if key.baseAddress != last.baseAddress || key.count != last.count {
      (last, field) = (key, text.asField(key))
    }
    text.row(field: field, columns, cells)
  }
}
