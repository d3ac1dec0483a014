import EventLog
import Files
import Foundation

/// One row of a snapshot's file, found by its key.
package struct SnapshotRow: Sendable {
  /// The bytes of the row, without its line feed.
  package var bytes: [UInt8]
  /// The columns' names and what they hold, as it stands in the file.
  package var fields: [(column: String, text: String)]
}

extension PublishedSnapshot {
  /// Finds a row by its key; nil where there is none.
  ///
  /// - Throws: `FileError` where the file is missing, or is not what the manifest says.
  package func row(_ key: [UInt8], in path: String, _ manifest: Manifest) throws -> SnapshotRow? {
    let rows = try CSVReader("\(self.path)/\(path)")
    try rows.skip(to: key)
    var found: SnapshotRow?
    if let row = rows.row, rows.key.elementsEqual(key) {
      found = SnapshotRow(
        bytes: Array(row),
        fields: rows.header.enumerated().map { index, column in
          (column, String(decoding: rows[index], as: UTF8.self))
        })
    }
    try check(path, manifest)
    return found
  }

  private func check(_ path: String, _ manifest: Manifest) throws {
    let sha256 = try SHA256Hasher.hex(ofFile: "\(self.path)/\(path)")
    guard manifest.files.contains(where: { $0.path == path && $0.sha256 == sha256 }) else {
      throw FileError(
        .damaged, path: "\(self.path)/\(path)", message: "not what its manifest says",
        hint: "see what else is wrong with: scorebook verify")
    }
  }

  /// Calls back for every lead of `leads.csv` with some of its columns, as they stand there.
  ///
  /// - Throws: `FileError` where the file is missing, or is not what the manifest says.
  package func forEachLead(
    _ columns: [String], _ manifest: Manifest, _ body: ([UInt8], [String]) throws -> Void
  ) throws {
    try check("leads.csv", manifest)
    let rows = try CSVReader("\(path)/leads.csv")
    let places = columns.map { rows.header.firstIndex(of: $0) ?? -1 }
    while rows.row != nil {
      try body(
        Array(rows.key), places.map { String(decoding: rows[$0], as: UTF8.self) })
      try rows.next()
    }
  }
}
