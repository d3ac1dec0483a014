/// Writes the rows of `changes.csv`, gathering them so that few writes reach the file.
final class ChangesFile {
  private let file: SnapshotFile
  private var text: [UInt8] = []
  private(set) var rowCount = 0

  private static let gatheredByteCount = 1 << 18

  init(_ file: SnapshotFile) {
    self.file = file
    append("kind,key,account,what,change,before,after\n")
  }

  /// Adds a row; `key`, `account` and the values are fields as they stand in a CSV file.
  func row(
    _ kind: String, _ key: UnsafeRawBufferPointer, account: UnsafeRawBufferPointer, _ what: String,
    _ change: String, before: UnsafeRawBufferPointer, after: UnsafeRawBufferPointer
  ) throws {
    append(kind)
    append(field: key)
    append(field: account)
    text.append(UInt8(ascii: ","))
    append(what)
    text.append(UInt8(ascii: ","))
    append(change)
    append(field: before)
    append(field: after)
    text.append(UInt8(ascii: "\n"))
    rowCount += 1
    if text.count >= ChangesFile.gatheredByteCount { try flush() }
  }

  func finish() throws -> Changes.File {
    try flush()
    let (byteCount, sha256) = try file.finish()
    return Changes.File(rows: rowCount, bytes: byteCount, sha256: sha256)
  }

  private func append(field: UnsafeRawBufferPointer) {
    text.append(UInt8(ascii: ","))
    text.append(contentsOf: field)
  }

  private func append(_ name: String) { text.append(contentsOf: name.utf8) }

  private func flush() throws {
    try text.withUnsafeBytes { try file.write($0) }
    text.removeAll(keepingCapacity: true)
  }
}
