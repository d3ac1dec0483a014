import Definition
import Engine
import Notation
import Tables

extension Explanation.Agreement {
  /// Holds the lead's row against that of a snapshot; nil where there is none to compare with.
  init?(_ replay: LeadReplay, _ subject: AuditSubject) throws {
    replay.judge.show(replay.desk)
    let tables = ResultTables(replay.judge, accountNames: replay.log.set.accounts)
    try self.init(
      replay.name, tables.leads, replay.replayer.isExcluded ? nil : replay.desk.cells, subject)
  }

  /// Holds a row of cells against that of a snapshot's table.
  ///
  /// `cells`: nil where there should be no row.
  init?(
    _ key: [UInt8], _ table: Table, _ cells: UnsafePointer<Int64>?, _ subject: AuditSubject
  ) throws {
    guard let snapshot = subject.snapshot, let manifest = subject.manifest else { return nil }
    name = snapshot.name
    guard let cells else {
      let row = try snapshot.row(key, in: "\(table.name).csv", manifest)
      isEqual = row == nil
      differences =
        row.map { row in
          [.init(column: table.key.name, snapshot: row.fields.first?.text ?? "", found: "")]
        } ?? []
      return
    }
    let found =
      [String(decoding: csvField(key), as: UTF8.self)]
      + table.columns.map { csvField($0.text(cells)) }
    guard let row = try snapshot.row(key, in: "\(table.name).csv", manifest) else {
      isEqual = false
      differences = [.init(column: table.key.name, snapshot: "", found: found[0])]
      return
    }
    let before = Dictionary(row.fields.map { ($0.column, $0.text) }) { first, _ in first }
    differences = zip(table.header, found).compactMap { column, text in
      let there = before[column] ?? ""
      return there == text ? nil : .init(column: column, snapshot: there, found: text)
    }
    isEqual =
      differences.isEmpty && found.joined(separator: ",").utf8.elementsEqual(row.bytes)
  }
}
