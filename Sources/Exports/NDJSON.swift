import Files
import Notation

extension Export {
  /// Writes a JSON object for each row: a file where there is one table, a folder where there are several.
  ///
  /// - Throws: `FileError` where the target cannot be written, or the snapshot is not as its manifest says.
  package func writeNDJSON(to target: String) throws -> ExportDescription {
    if tables.count == 1, let table = tables.first {
      let file = try ExportFile(target)
      let count = try write(table, to: file)
      try file.commit()
      return ExportDescription(self, as: .ndjson, rows: [count], carries: true)
    }
    let folder = try ExportFolder(at: target)
    let counts = try tables.map { table in
      let file = try ExportFile(folder.path(table.name + ".ndjson"))
      let count = try write(table, to: file)
      try file.commit()
      return count
    }
    let description = ExportDescription(self, as: .ndjson, rows: counts, carries: true)
    try folder.finish(description, files: tables.map { $0.name + ".ndjson" })
    return description
  }

  private func write(_ table: ExportTable, to file: ExportFile) throws -> Int {
    let rows = try rows(of: table)
    let names = table.columns.map { jsonString(Array($0.name.utf8)) + [UInt8(ascii: ":")] }
    var tail: [UInt8] = []
    for (column, text) in origin.columns {
      tail += Array(",\(jsonString(column.name)):".utf8)
      tail += text.isEmpty ? Array("null".utf8) : jsonString(Array(text.utf8))
    }
    tail += Array("}\n".utf8)
    while rows.isRow {
      for (index, column) in table.columns.enumerated() {
        file.bytes.append(UInt8(ascii: index == 0 ? "{" : ","))
        file.bytes += names[index]
        try rows.appendJSON(index, column, to: &file.bytes)
      }
      file.bytes += tail
      try file.flush()
      try rows.next()
    }
    try check(table)
    return rows.number
  }
}

extension ExportRows {
  /// Numbers as they are written, so that none loses a digit; an empty cell is null.
  fileprivate func appendJSON(_ index: Int, _ column: ExportColumn, to text: inout [UInt8]) throws {
    let field = self[index]
    switch column.kind {
    case .text where index > 0 && field.isEmpty: text.append(contentsOf: "null".utf8)
    case .text: withText(index) { appendJSONString($0, to: &text) }
    case _ where field.isEmpty: text.append(contentsOf: "null".utf8)
    case .time:
      text.append(UInt8(ascii: "\""))
      text.append(contentsOf: field)
      text.append(UInt8(ascii: "\""))
    case .integer, .decimal, .truth: text.append(contentsOf: field)
    }
  }
}
