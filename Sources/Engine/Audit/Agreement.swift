import Definition
import Judging
import Snapshots

extension Explanation.Agreement {
  /// Holds the lead's row against that of a snapshot; nil where there is none to compare with.
  init?(_ replay: LeadReplay, _ subject: AuditSubject) throws {
    let columns = Columns(replay.ground.judge, accountNames: replay.ground.set.accounts)
    try self.init(
      replay.name, "lead", columns.leads, replay.desk.cells, in: "leads.csv", subject)
  }

  /// Holds a row of cells against that of a snapshot's file.
  init?(
    _ key: [UInt8], _ kind: String, _ columns: CSVRow, _ cells: UnsafePointer<Int64>,
    in path: String, _ subject: AuditSubject
  ) throws {
    guard let snapshot = subject.snapshot, let manifest = subject.manifest else { return nil }
    let csv = CSVWriter()
    csv.header([kind] + columns.names)
    key.withUnsafeBufferPointer { csv.row($0, columns, cells) }
    let found = splitCSV(Array(csv.bytes))
    name = snapshot.name
    guard let row = try snapshot.row(key, in: path, manifest) else {
      isEqual = false
      differences = [.init(column: kind, snapshot: "", found: found[1][0])]
      return
    }
    let before = Dictionary(row.fields.map { ($0.column, $0.text) }) { first, _ in first }
    differences = zip(found[0], found[1]).compactMap { column, text in
      let there = before[column] ?? ""
      return there == text ? nil : .init(column: column, snapshot: there, found: text)
    }
    isEqual =
      differences.isEmpty
      && Array(csv.bytes).dropLast().suffix(row.bytes.count).elementsEqual(row.bytes)
  }
}

/// Splits CSV into rows of fields as they stand there, quotes included.
private func splitCSV(_ bytes: [UInt8]) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var field: [UInt8] = []
  var isQuoted = false
  for byte in bytes {
    if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
    if isQuoted || byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\n") {
      field.append(byte)
      continue
    }
    row.append(String(decoding: field, as: UTF8.self))
    field = []
    if byte == UInt8(ascii: "\n") {
      rows.append(row)
      row = []
    }
  }
  return rows
}
