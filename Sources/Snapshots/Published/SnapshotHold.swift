import Files
import Foundation

/// Keeps a snapshot from being pruned while it is read: a shared lock on its manifest.
///
/// Any program can hold one, over a network too: `flock -s snapshots/NAME/manifest.json COMMAND`.
package final class SnapshotHold: @unchecked Sendable {
  private var descriptor: Int32

  package init(_ snapshot: PublishedSnapshot) throws {
    let file = "\(snapshot.path)/manifest.json"
    descriptor = try openRegularFile(file, path: file).descriptor
    // A file system without locks leaves what the system tells of open files.
    _ = flock(descriptor, LOCK_SH | LOCK_NB)
  }

  deinit { release() }

  package func release() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
  }

  /// Whether anybody holds a snapshot.
  ///
  /// - Throws: `FileError` where nobody can tell.
  static func isHeld(_ path: String) throws -> Bool {
    let file = "\(path)/manifest.json"
    guard try exists(file) else { return false }
    let descriptor = try openRegularFile(file, path: file).descriptor
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}
