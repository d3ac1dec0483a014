import Files

/// Where lines are written to.
package protocol LineSink {
  /// Adds lines; they may be cut anywhere.
  func write(_ bytes: UnsafeRawBufferPointer) throws
}

/// A segment in the making that is to take the place of others: part by part, copied or written anew.
package final class ReplacementDraft: LineSink {
  /// The path it will have below the log's root.
  package let path: String
  package let replaces: [String]
  let number: Int
  private let root: String
  package private(set) var parts: [ChainEntry.Part] = []
  private let file: HashedFile
  private let writer: BlockGzipWriter
  private var partStart = 0
  private var written: WrittenFile?

  init(path: String, number: Int, replaces: [String], root: String) throws {
    self.path = path
    self.number = number
    self.replaces = replaces
    self.root = root
    let file = try HashedFile(to: "\(root)/\(SegmentName.waiting(path))")
    writer = BlockGzipWriter { block in try file.write(block) }
    self.file = file
  }

  /// Copies whole members as they are.
  package func copy(members bytes: UnsafeRawBufferPointer) throws {
    try file.write(bytes)
  }

  /// Adds lines; they may be cut anywhere, but the last of a part must be ended by its line feed.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    try writer.write(bytes)
  }

  /// Ends a part, which is then whole members; one without lines is none.
  package func endPart(lines: Int, events: Int, appended: String) throws {
    try writer.flush()
    if lines > 0 {
      parts.append(
        ChainEntry.Part(
          bytes: file.byteCount - partStart, lines: lines, events: events, appended: appended))
    }
    partStart = file.byteCount
  }

  /// Brings the segment to the disk, where it waits; returns it as it can be read already.
  package func seal() throws -> Segment {
    let written = try finish()
    return Segment(path: path, file: waitingPath, byteCount: written.byteCount)
  }

  /// Gives the segment up; nothing of it stays.
  package func abandon() {
    file.abandon()
    if written != nil { _ = Disk.current.unlink(waitingPath) }
  }

  private var waitingPath: String { "\(root)/\(SegmentName.waiting(path))" }

  func finish() throws -> WrittenFile {
    if let written { return written }
    try writer.finish()
    let written = try file.commit()
    self.written = written
    return written
  }
}
