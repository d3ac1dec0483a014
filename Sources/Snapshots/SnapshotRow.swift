import EventLog

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
  /// - Throws: `EventLogError` where the file is missing, or is not what the manifest says.
  package func row(_ key: [UInt8], in path: String, _ manifest: Manifest) throws -> SnapshotRow? {
    let rows = try CSVRows("\(self.path)/\(path)")
    var found: SnapshotRow?
    while let row = rows.row {
      let isFound = rows.withKey { $0.elementsEqual(key) }
      if isFound {
        found = SnapshotRow(
          bytes: Array(row),
          fields: rows.header.enumerated().map { index, column in
            (column, String(decoding: rows[index], as: UTF8.self))
          })
      }
      try rows.next()
    }
    try ComparedSnapshot(folder: self.path, records: manifest.files).check(path, rows)
    return found
  }
}
