import Files

/// A segment in the making, not yet part of its log.
package final class SegmentDraft {
  /// The path it will have below the log's root.
  package let path: String
  let file: HashedFile
  private let writer: BlockGzipWriter

  init(path: String, root: String, level: Int) throws {
    self.path = path
    let file = try HashedFile(to: "\(root)/\(path)")
    writer = BlockGzipWriter(level: level) { block in try file.write(block) }
    self.file = file
  }

  /// Adds lines; they may be cut anywhere, but the last must be ended by its line feed.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    try writer.write(bytes)
  }

  /// Adds lines; they may be cut anywhere, but the last must be ended by its line feed.
  package func write(_ bytes: [UInt8]) throws {
    try writer.write(bytes)
  }

  /// Gives the segment up; nothing of it stays.
  package func abandon() {
    file.abandon()
  }

  func finish() throws -> WrittenFile {
    try writer.finish()
    return try file.commit()
  }
}

/// A file that appears whole or not at all, counted and hashed as it is written.
final class HashedFile {
  private let file: AtomicFile
  private var hasher = SHA256Hasher()
  private(set) var byteCount = 0

  init(to path: String) throws {
    file = try AtomicFile(to: path)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws {
    hasher.update(bytes)
    byteCount += bytes.count
    try file.write(bytes)
  }

  func abandon() { file.abandon() }

  func commit() throws -> WrittenFile {
    try file.commit()
    var last = SHA256Hasher()
    swap(&last, &hasher)
    return WrittenFile(byteCount: byteCount, sha256: last.finish())
  }
}
