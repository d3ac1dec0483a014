import Engine
import Files

/// The tables of an export in a database, and what is written down of them there.
struct SQLiteLayout {
  private let file: SQLiteFile
  private let target: String
  private let dropsColumns: Bool
  private let own: OwnTables

  /// Where exports write down what the columns mean, and where the rows come from.
  private static let columnsTable = "scorebook_columns"
  private static let snapshotTable = "scorebook_snapshot"

  init(_ file: SQLiteFile, target: String, dropsColumns: Bool) throws {
    (self.file, self.target, self.dropsColumns) = (file, target, dropsColumns)
    own = try OwnTables(of: file, listedIn: "scorebook_tables")
  }

  /// The table that has a table's rows: of a list, which is a view, another one.
  func rowsName(of table: ExportTable) -> String {
    table.isList ? "rows_of_\(table.name)" : table.name
  }

  /// Empties the tables that earlier exports made and this one has no rows for.
  func emptyAll(but names: [String], of sections: Set<ExportSection>) throws {
    for name in own.unused(but: Set(names + names.map { "rows_of_\($0)" }), of: sections) {
      guard dropsColumns else {
        try file.run("DELETE FROM \(quotedName(name))")
        continue
      }
      if name.hasPrefix("rows_of_") {
        try file.run("DROP VIEW IF EXISTS \(quotedName(String(name.dropFirst("rows_of_".count))))")
      }
      try file.run("DROP TABLE \(quotedName(name))")
      try own.remove(name)
    }
  }

  /// Makes a table ready for its rows: there, with its columns, and empty.
  func prepare(_ table: ExportTable) throws {
    let name = rowsName(of: table)
    try checkFree(table)
    if !own.contains(name) {
      try create(table, as: name)
    } else {
      try adapt(table, name)
      try file.run("DELETE FROM \(quotedName(name))")
    }
  }

  /// A name that is taken by what no export made is nobody's to replace.
  private func checkFree(_ table: ExportTable) throws {
    for name in Set([table.name, rowsName(of: table)]) where !own.contains(rowsName(of: table)) {
      guard try file.rows("SELECT type FROM sqlite_master WHERE name = ?", [name]).isEmpty else {
        throw FileError(
          .cannotCreate, path: target, message: "there is a '\(name)' that no export made",
          hint: "rename it, or export into another file")
      }
    }
  }

  private func create(_ table: ExportTable, as name: String) throws {
    var parts = table.isList ? ["place INTEGER PRIMARY KEY"] : []
    parts += table.columns.map { "\(quotedName($0.name)) \(type(of: $0))" }
    if !table.isList, table.keyCount > 0 {
      let key = table.columns.prefix(table.keyCount).map { quotedName($0.name) }
      parts.append("PRIMARY KEY (\(key.joined(separator: ", ")))")
    }
    try file.run("CREATE TABLE \(quotedName(name)) (\(parts.joined(separator: ", ")))")
    if !table.isList, table.columns.dropFirst().contains(where: { $0.name == "account" }) {
      try file.run("CREATE INDEX \(quotedName(name + "_account")) ON \(quotedName(name)) (account)")
    }
    try own.add(name, table.section)
  }

  /// Gives a table that is there the columns that are wanted.
  private func adapt(_ table: ExportTable, _ name: String) throws {
    let wanted = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, $0) })
    let present = try file.rows("SELECT name, type FROM pragma_table_info(?)", [name])
    for row in present where !(table.isList && row[0] == "place") {
      guard let column = wanted[row[0]] else {
        if dropsColumns {
          try file.run("ALTER TABLE \(quotedName(name)) DROP COLUMN \(quotedName(row[0]))")
        }
        continue
      }
      if row[1] != type(of: column) {
        throw RunError(
          .badData,
          "\(target): column '\(row[0])' of '\(name)' is \(word(row[1])), and is to be "
            + word(type(of: column)),
          hint: "rename it in the definition, or drop the table: DROP TABLE \(quotedName(name)); "
            + own.removal(of: name))
      }
    }
    for column in table.columns where !present.contains(where: { $0[0] == column.name }) {
      try file.run(
        "ALTER TABLE \(quotedName(name)) ADD COLUMN \(quotedName(column.name)) \(type(of: column))")
    }
  }

  /// Lets a list be seen in its order.
  func finish(_ table: ExportTable) throws {
    guard table.isList else { return }
    let columns = table.columns.map { quotedName($0.name) }.joined(separator: ", ")
    try file.run("DROP VIEW IF EXISTS \(quotedName(table.name))")
    try file.run(
      "CREATE VIEW \(quotedName(table.name)) AS SELECT \(columns) "
        + "FROM \(quotedName(rowsName(of: table))) ORDER BY place")
  }

  /// Writes down where the rows come from, and what each column is.
  func describe(_ description: ExportDescription) throws {
    let origin = description.origin
    try file.run(
      "DROP TABLE IF EXISTS \(SQLiteLayout.snapshotTable); "
        + "CREATE TABLE \(SQLiteLayout.snapshotTable) "
        + "(snapshot TEXT, as_of TEXT, known_at TEXT, definition TEXT, definition_sha256 TEXT); "
        + "DROP TABLE IF EXISTS \(SQLiteLayout.columnsTable); "
        + "CREATE TABLE \(SQLiteLayout.columnsTable) "
        + "(\"table\" TEXT, \"column\" TEXT, source TEXT, type TEXT, meaning TEXT)")
    let texts = [
      origin.snapshot, origin.asOf, origin.knownAt, origin.definition, origin.definitionSha256,
    ]
    try file.run(
      "INSERT INTO \(SQLiteLayout.snapshotTable) VALUES ("
        + texts.map { $0.map(quotedText) ?? "NULL" }.joined(separator: ", ") + ")")
    for table in description.tables {
      for column in table.columns {
        _ = try file.rows(
          "INSERT INTO \(SQLiteLayout.columnsTable) VALUES (?, ?, ?, ?, ?)",
          [table.name, column.name, column.source ?? "", column.type, column.meaning])
      }
    }
  }

  /// The declared type; none for decimals, because any would make numbers of those that are texts.
  private func type(of column: ExportColumn) -> String {
    switch column.kind {
    case .integer: "INTEGER"
    case .truth: "BOOLEAN"
    case .time, .text: "TEXT"
    case .decimal: ""
    }
  }

  private func word(_ type: String) -> String { type.isEmpty ? "a decimal" : type }
}
