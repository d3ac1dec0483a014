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

  /// - Throws: `FileError` where a file is missing, or is not what the manifest says.
  package func check(_ path: String, _ manifest: Manifest) throws {
    let sha256 = try SHA256Hasher.hex(ofFile: "\(self.path)/\(path)")
    guard manifest.files.contains(where: { $0.path == path && $0.sha256 == sha256 }) else {
      throw FileError(
        .damaged, path: "\(self.path)/\(path)", message: "not what its manifest says",
        hint: "see what else is wrong with: scorebook verify")
    }
  }

  /// Returns keys that divide the rows of `leads.csv` into as many parts; fewer where it is small.
  package func leadBounds(partCount: Int) throws -> [[UInt8]] {
    try CSVReader.keys(dividing: "\(path)/leads.csv", into: partCount)
  }

  /// Calls back for every lead of `leads.csv` from one key on, up to another, with some of its columns as they
  /// stand there, a comma between two.
  package func forEachLead(
    _ columns: [String], from first: [UInt8]? = nil, upTo end: [UInt8]? = nil,
    _ body: (_ key: UnsafeBufferPointer<UInt8>, _ fields: UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    let rows = try CSVReader("\(path)/leads.csv")
    let places = columns.map { rows.header.firstIndex(of: $0) ?? -1 }
    if let first { try rows.skip(to: first) }
    var fields: [UInt8] = []
    while rows.row != nil {
      if let end, !rows.comes(before: end) { return }
      fields.removeAll(keepingCapacity: true)
      for index in places.indices {
        if index > 0 { fields.append(UInt8(ascii: ",")) }
        fields.append(contentsOf: rows[places[index]])
      }
      try fields.withUnsafeBufferPointer { try body(rows.key, $0) }
      try rows.next()
    }
  }
}
