import Foundation

/// A file or folder that is being made, held so that nobody takes it for what a killed process left.
///
/// A lock of the system's says that its maker lives, also across containers, whose numbers of processes mean
/// nothing to each other; it is gone with the maker, however that ends. Where a file system has no locks,
/// nothing is taken for a leftover either.
package final class Claim {
  private var descriptor: Int32

  /// Claims what has just been made and is open; nil where somebody took it for a leftover before.
  init?(_ opened: Int32) {
    descriptor = fcntl(opened, F_DUPFD_CLOEXEC, 3)
    if descriptor < 0 { return }
    let isTaken = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    var status = stat()
    if isTaken || fstat(descriptor, &status) == 0 && status.st_nlink == 0 { return nil }
  }

  /// Claims a folder that has just been made.
  package init(folder: String) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if descriptor >= 0 { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
  }

  deinit { release() }

  package func release() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }
}

/// Removes what killed processes left in a folder: what has one of our names and is claimed by nobody.
///
/// What cannot be removed stays; it is in nobody's way.
///
/// - Throws: `FileError` where the folder cannot be read.
package func removeLeftovers(
  in folder: String, where isOurs: (_ name: String) -> Bool
) throws {
  for name in try fileNames(in: folder) where isOurs(name) {
    let path = "\(folder)/\(name)"
    // Without waiting and without following: what has the name need not be what we made.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { continue }
    defer { close(descriptor) }
    var status = stat()
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0 else {
      continue
    }
    if FileStatus(status).kind == .folder {
      try? removeTree(path)
    } else {
      _ = Disk.current.unlink(path)
    }
  }
}

/// Whether a text is digits and nothing else, as names of ours have them.
package func isNumber(_ text: some StringProtocol) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
}
