import Files
import Notation

extension Export {
  /// Writes a folder of CSV files that a spreadsheet opens: UTF-8 by its mark, and no cell is run as a formula.
  ///
  /// - Throws: `FileError` where the target cannot be written, or the snapshot is not as its manifest says.
  package func writeSpreadsheet(to target: String) throws -> ExportDescription {
    let folder = try ExportFolder(at: target)
    var counts: [Int] = []
    for table in tables {
      let file = try ExportFile(folder.path(table.name + ".csv"))
      counts.append(try writeGuarded(table, to: file))
      try file.commit()
    }
    try writeOrigin(to: folder.path(originFileName))
    let description = ExportDescription(self, as: .spreadsheet, rows: counts)
    try folder.finish(description, files: tables.map { $0.name + ".csv" } + [originFileName])
    return description
  }

  private func writeGuarded(_ table: ExportTable, to file: ExportFile) throws -> Int {
    let rows = try rows(of: table)
    let isText = table.columns.map { $0.kind == .text }
    file.bytes += byteOrderMark
    file.bytes += line(of: table.columns.map(\.source))
    while rows.isRow {
      for index in table.columns.indices {
        if index > 0 { file.bytes.append(UInt8(ascii: ",")) }
        if isText[index] {
          rows.withText(index) { appendGuarded($0, to: &file.bytes) }
        } else {
          file.bytes.append(contentsOf: rows[index])
        }
      }
      file.bytes += lineEnd
      try file.flush()
      try rows.next()
    }
    try check(table)
    return rows.number
  }

  private func writeOrigin(to path: String) throws {
    let columns = [("snapshot", origin.snapshot)] + origin.columns.map { ($0.column.name, $0.text) }
    try AtomicFile.write(
      byteOrderMark + line(of: columns.map(\.0)) + line(of: columns.map(\.1)), to: path)
  }

  private func line(of texts: [String]) -> [UInt8] {
    var line: [UInt8] = []
    for (index, text) in texts.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      Array(text.utf8).withUnsafeBytes { appendGuarded($0, to: &line) }
    }
    return line + lineEnd
  }
}

/// The file that says where the others come from.
private let originFileName = "snapshot.csv"
private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
private let lineEnd: [UInt8] = [0x0D, 0x0A]

/// Appends a text as a cell; an apostrophe stands before what a spreadsheet would run as a formula.
func appendGuarded(_ text: UnsafeRawBufferPointer, to line: inout [UInt8]) {
  guard text.beginsFormula else {
    let bytes = text.bindMemory(to: UInt8.self)
    if needsCSVQuotes(bytes) {
      line += csvField(Array(text))
    } else {
      line.append(contentsOf: text)
    }
    return
  }
  line += csvField([UInt8(ascii: "'")] + text)
}

extension UnsafeRawBufferPointer {
  /// Also by the signs of full width, which some spreadsheets take for the usual ones.
  fileprivate var beginsFormula: Bool {
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A,
      0x0D:
      return true
    case 0xEF:
      return ["\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].contains { starts(with: $0.utf8) }
    default: return false
    }
  }
}
