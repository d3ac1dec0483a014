import EventLog
import Files
import Foundation
import Workers

/// One file of a snapshot, hashed as it is written.
///
/// Only one worker at a time writes to it; any may sync it. It is open while it is written and until it is
/// sealed, but for rests in between: there may be more files than a process can have open.
package final class SnapshotFile: @unchecked Sendable {
  private let path: String
  private let disk = Disk.current
  private var byteCount = 0
  private var hasher: SHA256Hasher? = SHA256Hasher()
  /// Held while it is opened, synced or closed.
  private let opening = NSLock()
  /// Below 0 while it is closed.
  private var descriptor: Int32 = -1
  private var isSealed = false
  /// What kept its bytes from the disk; every later attempt fails with it.
  private var fault: (any Error)?
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

  deinit { if descriptor >= 0 { close(descriptor) } }

  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    hasher?.update(bytes)
    byteCount += bytes.count
    let descriptor = try opening.withLock { try opened() }
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

  /// Closes the file until more is written to it, or it is synced.
  func rest() throws {
    try opening.withLock { try closed() }
  }

  /// Brings the bytes written so far to the disk; more may be written meanwhile.
  ///
  /// A sync that failed is not tried again, as the next one might be called a success: `seal` fails
  /// too.
  package func sync() throws {
    try opening.withLock {
      let isResting = descriptor < 0
      guard !isSealed else { return }
      try synced()
      if isResting { try closed() }
    }
  }

  /// Brings all bytes to the disk and closes the file; does nothing where that is done.
  func seal() throws {
    try opening.withLock {
      guard !isSealed else { return }
      let descriptor = try opened()
      try noting { try checkLength(descriptor, byteCount, path: path) }
      try synced()
      try closed()
      isSealed = true
    }
  }

  // Each of these with `opening` held.

  private func opened() throws -> Int32 {
    if let fault { throw fault }
    if descriptor < 0 {
      // What the disk could not write meanwhile is told to the first that syncs it, also when it was closed.
      descriptor = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure("open again") }
    }
    return descriptor
  }

  private func synced() throws {
    let descriptor = try opened()
    try noting { guard fsync(descriptor) == 0 else { throw failure("sync") } }
    giveBackMemory()
  }

  private func closed() throws {
    guard descriptor >= 0 else { return }
    let closing = descriptor
    descriptor = -1
    try noting { guard close(closing) == 0 else { throw failure("close") } }
  }

  private func noting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      fault = error
      throw error
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

  private func failure(_ action: String) -> FileError {
    FileError(
      .io, path: path, message: "cannot \(action): \(String(cString: strerror(errno)))")
  }
}
