import Files
import Foundation

/// Keeps a snapshot from being pruned while it is read: a shared lock on its manifest.
///
/// Any program can hold one, over a network too: `flock -s snapshots/NAME/manifest.json COMMAND`.
package final class SnapshotHold: @unchecked Sendable {
  private var descriptor: Int32

  package init(_ snapshot: PublishedSnapshot) throws {
    let file = "\(snapshot.path)/manifest.json"
    descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileError(
        .noInput, path: file, message: "cannot open: \(String(cString: strerror(errno)))")
    }
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
  static func isHeld(_ path: String) -> Bool {
    let descriptor = open("\(path)/manifest.json", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}
