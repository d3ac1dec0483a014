import Files
import Snapshots

/// The file of an export's folder that describes it for machines.
let descriptionFileName = "export.json"
/// The file that has its tables as SQL.
let schemaFileName = "schema.sql"

/// What an export has, for machines: where it comes from, its tables, and what each column is and means.
package struct ExportDescription: Encodable, Sendable {
  package var format: String
  package var origin: ExportOrigin
  package var tables: [TableDescription]
  /// All files of its folder but the one with the description; none where it has no folder.
  package var files: [String] = []

  package struct TableDescription: Encodable, Sendable {
    package var name: String
    /// The snapshot's file that it equals.
    package var source: String
    /// Absent until it has been written.
    package var rows: Int?
    /// The columns that tell its rows apart.
    package var key: [String]
    package var columns: [ColumnDescription]
  }

  package struct ColumnDescription: Encodable, Sendable {
    package var name: String
    /// The column of the snapshot's file; absent where it is none of them.
    package var source: String?
    package var type: String
    var isNullable: Bool
    package var meaning: String
  }

  /// `rows`: of each table, how many; `carries`: whether each row says where it comes from.
  init(_ export: Export, as format: ExportFormat, rows: [Int]? = nil, carries: Bool = false) {
    self.format = format.rawValue
    origin = export.origin
    tables = export.tables.indices.map { index in
      let table = export.tables[index]
      let columns = table.columns.indices.map { place in
        ColumnDescription(
          table.columns[place], source: table.columns[place].source,
          isNullable: place >= table.keyCount)
      }
      let origins = export.origin.columns.map {
        ColumnDescription($0.column, source: nil, isNullable: $0.column.name == "known_at")
      }
      return TableDescription(
        name: table.name, source: table.file, rows: rows?[index],
        key: table.columns.prefix(table.keyCount).map(\.name),
        columns: columns + (carries ? origins : []))
    }
  }
}

extension ExportDescription.ColumnDescription {
  fileprivate init(_ column: ExportColumn, source: String?, isNullable: Bool) {
    self.init(
      name: column.name, source: source, type: column.kind.word, isNullable: isNullable,
      meaning: column.meaning)
  }
}

extension ExportDescription {
  /// As SQL that PostgreSQL and DuckDB take: what to load an export's files into.
  var sql: String {
    tables.map { table in
      let columns = table.columns.map { column in
        "  \(quotedName(column.name)) \(sqlType(column.type))\(column.isNullable ? "" : " NOT NULL")"
      }
      let key = table.key.map(quotedName).joined(separator: ", ")
      let lines = columns + (key.isEmpty ? [] : ["  PRIMARY KEY (\(key))"])
      let comments = table.columns.map {
        "COMMENT ON COLUMN \(quotedName(table.name)).\(quotedName($0.name)) IS "
          + "\(quotedText($0.meaning));\n"
      }
      return "CREATE TABLE \(quotedName(table.name)) (\n\(lines.joined(separator: ",\n"))\n);\n"
        + comments.joined()
    }.joined(separator: "\n")
  }

  private func sqlType(_ type: String) -> String {
    switch type {
    case "integer": "bigint"
    case "timestamp": "timestamp with time zone"
    case let type where type.hasPrefix("decimal"): "numeric" + type.dropFirst("decimal".count)
    default: type
    }
  }
}

/// A name as SQL takes it, whatever is in it.
func quotedName(_ name: String) -> String {
  "\"" + name.replacing("\"", with: "\"\"") + "\""
}

/// A text as SQL takes it.
func quotedText(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

extension ExportFolder {
  /// Writes the description of what has been written, and lets all appear.
  func finish(_ description: ExportDescription, files: [String]) throws {
    var description = description
    description.files = (files + [schemaFileName]).sorted()
    try AtomicFile.write(Array(description.sql.utf8), to: path(schemaFileName))
    try AtomicFile.write(try stableJSON(description), to: path(descriptionFileName))
    try publish()
  }
}
