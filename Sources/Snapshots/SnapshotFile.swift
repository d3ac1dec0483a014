import EventLog
import Foundation

/// One file of a snapshot, hashed as it is written.
///
/// Only one worker at a time writes to it.
package final class SnapshotFile: @unchecked Sendable {
  private let path: String
  private let descriptor: Int32
  private var byteCount = 0
  private var hasher: SHA256Hasher? = SHA256Hasher()
  private var isOpen = true

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw EventLogError(
        .cannotCreate, path: path, message: "cannot create: \(String(cString: strerror(errno)))")
    }
  }

  deinit { if isOpen { close(descriptor) } }

  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    hasher?.update(bytes)
    byteCount += bytes.count
    var rest = bytes
    while rest.count > 0 {
      try Interruption.check()
      let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failure("write") }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// Brings all bytes to the disk and closes the file.
  package func seal() throws {
    guard isOpen else { return }
    guard fsync(descriptor) == 0 else { throw failure("sync") }
    isOpen = false
    guard close(descriptor) == 0 else { throw failure("close") }
  }

  /// Seals the file, unless it is; returns what a manifest says of it.
  func finish() throws -> (byteCount: Int, sha256: String) {
    try seal()
    guard let hasher = hasher.take() else {
      preconditionFailure("a snapshot's file is finished once")
    }
    return (byteCount, hasher.finish())
  }

  private func failure(_ action: String) -> EventLogError {
    EventLogError(
      .io, path: path, message: "cannot \(action): \(String(cString: strerror(errno)))")
  }
}
