/// What an export is written as, and which names that takes.
package enum ExportFormat: String, CaseIterable, Sendable {
  case parquet, sqlite, postgres, ndjson, spreadsheet

  /// How many bytes the name of a table or a column has at most.
  ///
  /// PostgreSQL cuts off what is longer, in silence; elsewhere a table's name becomes a file's, with an ending.
  var nameByteCountMax: Int { self == .postgres ? 63 : 200 }
  /// How many columns a table has at most.
  var columnCountMax: Int {
    switch self {
    case .postgres: 1600
    case .sqlite: 2000
    case .parquet, .ndjson, .spreadsheet: 10_000
    }
  }
}

/// Returns a name as targets take it: each byte but `a-z` and `0-9` becomes `_`.
func exportName(_ name: String) -> String {
  String(
    decoding: name.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
      default: UInt8(ascii: "_")
      }
    }, as: UTF8.self)
}

/// Every name that a format does not take, in words.
struct NameFaults: Sendable, CustomStringConvertible {
  var faults: [String]

  var description: String { faults.joined(separator: "\n") }

  /// Nil where a format takes all names.
  init?(of tables: [ExportTable], in format: ExportFormat) {
    faults = NameFaults.faults(tables.map { ($0.file, $0.name) }, "table", "", format)
    for table in tables {
      let inside = " of \(table.file)"
      faults += NameFaults.faults(
        table.columns.map { ($0.source, $0.name) }, "column", inside, format)
      if table.columns.count > format.columnCountMax {
        faults.append(
          "\(table.file) has \(table.columns.count) columns; \(format.rawValue) takes "
            + "\(format.columnCountMax)")
      }
    }
    if faults.isEmpty { return nil }
  }

  private static func faults(
    _ names: [(source: String, name: String)], _ kind: String, _ place: String,
    _ format: ExportFormat
  ) -> [String] {
    var first: [String: String] = [:]
    var faults: [String] = []
    for (source, name) in names {
      if let other = first.updateValue(source, forKey: name) {
        faults.append(
          "'\(other)' and '\(source)'\(place) would both be the \(kind) '\(name)'; rename one")
      }
      if name.utf8.count > format.nameByteCountMax {
        faults.append(
          "'\(source)'\(place) would be the \(kind) '\(name)' of \(name.utf8.count) bytes; "
            + "\(format.rawValue) takes \(format.nameByteCountMax)")
      }
    }
    return faults
  }
}
