import Files
import Foundation

/// A segment of another program written anew: it keeps its name, and appears at once in place of the old one.
///
/// The chain has no such segment, so nothing vouches for either. Until it is put in place it waits at the log's
/// root under a name that the next writer removes.
package final class RewriteDraft: LineSink {
  private let segment: Segment
  private let waitingPath: String
  private let file: AtomicFile
  private var writer: BlockGzipWriter?
  private var isSealed = false

  /// `serial`: tells drafts that wait at the same time from each other.
  package init(of segment: Segment, log root: String, serial: Int) throws {
    self.segment = segment
    waitingPath = "\(root)/.rewrite-\(serial).tmp"
    let file = try AtomicFile(to: waitingPath)
    self.file = file
    if segment.isCompressed {
      writer = BlockGzipWriter { block in try file.write(block) }
    }
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    if let writer { try writer.write(bytes) } else { try file.write(bytes) }
  }

  /// Brings the segment to the disk, where it waits; returns it as it can be read already.
  package func seal() throws -> Segment {
    try writer?.finish()
    try file.commit()
    isSealed = true
    var status = stat()
    guard stat(waitingPath, &status) == 0 else {
      throw FileError.system(.io, path: waitingPath, action: "look at the file")
    }
    return Segment(path: segment.path, file: waitingPath, byteCount: Int(status.st_size))
  }

  /// Puts the segment in its place, durably.
  package func replace() throws {
    precondition(isSealed, "what is put in its place is whole")
    guard Disk.current.rename(waitingPath, segment.file) == 0 else {
      throw FileError.system(.io, path: segment.path, action: "replace")
    }
    isSealed = false
    try Disk.current.syncFolder(folderPath(of: segment.file))
  }

  /// Gives the segment up; nothing of it stays.
  package func abandon() {
    file.abandon()
    if isSealed { _ = Disk.current.unlink(waitingPath) }
  }
}
