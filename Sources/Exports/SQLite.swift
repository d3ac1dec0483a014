import Engine
import Files

extension Export {
  /// Puts the tables into a database, in one transaction: its other tables stay as they are.
  ///
  /// Lists are views, in their order. Columns and tables that an earlier export had stay, empty, unless they are dropped.
  ///
  /// - Throws: `FileError` where the target cannot be written, or the snapshot is not as its manifest says; `RunError`
  ///   where a table or a column of it is in the way.
  package func writeSQLite(to target: String, dropsColumns: Bool) throws -> ExportDescription {
    let file = try SQLiteFile(target)
    let counts = try file.inTransaction {
      let layout = try SQLiteLayout(file, target: target, dropsColumns: dropsColumns)
      try layout.emptyAll(but: tables.map(\.name), of: Set(tables.map(\.section)))
      let counts = try tables.map { table in
        try layout.prepare(table)
        let count = try fill(table, layout.rowsName(of: table), of: file)
        try layout.finish(table)
        return count
      }
      try layout.describe(ExportDescription(self, as: .sqlite, rows: counts))
      return counts
    }
    return ExportDescription(self, as: .sqlite, rows: counts)
  }

  private func fill(_ table: ExportTable, _ name: String, of file: SQLiteFile) throws -> Int {
    let rows = try rows(of: table)
    let names = table.columns.map { quotedName($0.name) }.joined(separator: ", ")
    let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
    let insert = try file.statement("INSERT INTO \(quotedName(name)) (\(names)) VALUES (\(marks))")
    while rows.isRow {
      for (index, column) in table.columns.enumerated() {
        try rows.bind(index, column, isKey: index < table.keyCount, to: insert)
      }
      _ = try insert.step()
      insert.reset()
      try rows.next()
    }
    try check(table)
    return rows.number
  }
}

extension ExportRows {
  fileprivate func bind(
    _ index: Int, _ column: ExportColumn, isKey: Bool, to statement: SQLiteStatement
  ) throws {
    let field = self[index]
    if field.isEmpty {
      return isKey ? statement.bind(field, at: index) : statement.bindNull(at: index)
    }
    switch column.kind {
    case .text: withText(index) { statement.bind($0, at: index) }
    case .time: statement.bind(field, at: index)
    case .truth: statement.bind(field.first == UInt8(ascii: "t") ? 1 as Int64 : 0, at: index)
    case .integer:
      guard let number = scaledNumber(field, places: 0) else { throw damage(column) }
      statement.bind(number, at: index)
    case .decimal(let places):
      guard let number = scaledNumber(field, places: places) else {
        throw damage(column)
      }
      if number.magnitude < exactMagnitude {
        let unit = (0..<places).reduce(1.0) { unit, _ in unit * 10 }
        statement.bind(Double(number) / unit, at: index)
      } else {
        // With more than fifteen digits not each would come back.
        statement.bind(field, at: index)
      }
    }
  }
}

/// Each decimal of fewer digits comes back from a binary64 digit for digit.
private let exactMagnitude: UInt64 = 1_000_000_000_000_000
