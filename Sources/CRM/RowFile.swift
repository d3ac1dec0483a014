import Files

/// Rows on their way into a file, some at a time.
final class RowFile {
  private let file: AtomicFile
  private var bytes: [UInt8] = []
  private(set) var rowCount = 0

  /// How many bytes are written at a time (a guess).
  private static let pieceByteCount = 1 << 20

  init(_ path: String, header: [UInt8]) throws {
    file = try AtomicFile(to: path)
    bytes.reserveCapacity(RowFile.pieceByteCount + (1 << 16))
    bytes += header
  }

  /// Adds a row in the words of another: its key and owner, a status of its own, and fields.
  func add(
    _ keyAndOwner: UnsafeRawBufferPointer, _ status: String, _ fields: UnsafeRawBufferPointer
  ) throws {
    bytes.append(contentsOf: keyAndOwner)
    bytes.append(UInt8(ascii: ","))
    bytes.append(contentsOf: status.utf8)
    bytes.append(UInt8(ascii: ","))
    bytes.append(contentsOf: fields)
    try endRow()
  }

  /// Adds a row as it is.
  func add(_ row: UnsafeRawBufferPointer) throws {
    bytes.append(contentsOf: row)
    try endRow()
  }

  func add(_ text: [UInt8]) throws {
    bytes += text
    if bytes.count >= RowFile.pieceByteCount { try flush() }
  }

  private func endRow() throws {
    bytes.append(UInt8(ascii: "\n"))
    rowCount += 1
    if bytes.count >= RowFile.pieceByteCount { try flush() }
  }

  private func flush() throws {
    try file.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  func commit() throws {
    try flush()
    try file.commit()
  }
}
