import EventLog
import Files
import Foundation
import Workers

/// One file of a snapshot, hashed as it is written.
///
/// Only one worker at a time writes to it; any may sync it.
package final class SnapshotFile: @unchecked Sendable {
  private let path: String
  private let descriptor: Int32
  private let disk = Disk.current
  private var byteCount = 0
  private var hasher: SHA256Hasher? = SHA256Hasher()
  private var isOpen = true
  /// Held while it is synced.
  private let syncing = NSLock()
  /// The error of a sync that failed, else 0.
  private var syncError: Int32 = 0
  private var dueByteCount = 0

  /// The disk writes so much while as much is formatted: a guess.
  private static let syncByteCount = 16 << 20
  /// Files up to this size stay in memory for whoever reads them next.
  private static let keptByteCountMax = 128 << 20

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileError(
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
      let written = disk.write(descriptor, rest)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failure("write") }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// Whether so much has been written since the last time that a sync is worth it.
  func isSyncDue() -> Bool {
    guard byteCount - dueByteCount >= SnapshotFile.syncByteCount else { return false }
    dueByteCount = byteCount
    return true
  }

  /// Brings the bytes written so far to the disk; more may be written meanwhile.
  ///
  /// A sync that failed is not tried again, as the next one might be called a success: `seal` fails
  /// too.
  package func sync() throws {
    try syncing.withLock {
      if syncError == 0, fsync(descriptor) != 0 { syncError = errno }
      if syncError != 0 { throw failure("sync", syncError) }
      giveBackMemory()
    }
  }

  /// Lets go of the memory that a large file takes while it is on the disk already: what is written next
  /// can have it, and sheets need not make room.
  private func giveBackMemory() {
    #if canImport(Glibc)
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_size > SnapshotFile.keptByteCountMax else {
        return
      }
      posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    #endif
  }

  /// Brings all bytes to the disk and closes the file.
  func seal() throws {
    try checkLength(descriptor, byteCount, path: path)
    try sync()
    isOpen = false
    guard close(descriptor) == 0 else { throw failure("close") }
  }

  /// What a manifest says of the file, once all is written.
  func digest() -> (byteCount: Int, sha256: String) {
    guard let hasher = hasher.take() else {
      preconditionFailure("a snapshot's file is finished once")
    }
    return (byteCount, hasher.finish())
  }

  /// Seals the file and tells what a manifest says of it.
  func finish() throws -> (byteCount: Int, sha256: String) {
    try seal()
    return digest()
  }

  private func failure(_ action: String, _ code: Int32 = errno) -> FileError {
    FileError(
      .io, path: path, message: "cannot \(action): \(String(cString: strerror(code)))")
  }
}
