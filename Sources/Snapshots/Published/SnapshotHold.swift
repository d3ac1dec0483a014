import Files
import Foundation

/// Keeps a snapshot from being pruned while it is read: a shared lock on its manifest.
///
/// Any program can hold one, over a network too: `flock -s snapshots/NAME/manifest.json COMMAND`. Whoever prunes has
/// an exclusive lock from before the snapshot leaves its place until it is gone. A file system without locks leaves
/// what the system tells of open files.
package final class SnapshotHold: @unchecked Sendable {
  private var descriptor: Int32

  /// How often a lock that somebody else has is asked for (a guess): pruning moves a snapshot in no time.
  private static let attemptsMax = 100

  /// - Throws: `FileError` where there is no snapshot any more.
  package init(_ snapshot: PublishedSnapshot) throws {
    let file = "\(snapshot.path)/manifest.json"
    let (opened, status) = try openRegularFile(file, path: file)
    descriptor = opened
    var isHeld = SnapshotHold.lock(opened, LOCK_SH)
    for attempt in 0..<SnapshotHold.attemptsMax {
      // One that was pruned between opening and locking is out of its place.
      guard try fileStatus(file)?.isSame(as: status) == true else {
        throw FileError(.changed, path: file, message: "the snapshot has just been removed")
      }
      if isHeld || attempt == SnapshotHold.attemptsMax - 1 { break }
      usleep(5000)
      isHeld = SnapshotHold.lock(opened, LOCK_SH)
    }
  }

  /// Takes a snapshot for oneself, so that nobody can hold it; nil where somebody does.
  ///
  /// - Throws: `FileError` where nobody can tell.
  init?(alone path: String) throws {
    let file = "\(path)/manifest.json"
    descriptor = -1
    guard try exists(file) else { return }
    descriptor = try openRegularFile(file, path: file).descriptor
    if !SnapshotHold.lock(descriptor, LOCK_EX) { return nil }
  }

  deinit { release() }

  package func release() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
  }

  /// Returns false where somebody else has the lock.
  private static func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
    flock(descriptor, kind | LOCK_NB) == 0 || errno != EWOULDBLOCK
  }
}
