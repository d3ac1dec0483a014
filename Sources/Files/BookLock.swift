import Foundation
import Notation

/// The right to write to a book, held by one process at a time.
///
/// The system gives it back when its holder ends, however it ends: no stale lock is ever left. Readers
/// do not ask for it. What stands in the file is for people; only the lock itself counts.
package final class BookLock {
  private var descriptor: Int32

  /// Takes the lock of the book at `book`, or says at once who has it.
  package init(book: String) throws {
    let path = "\(book)/lock"
    let opened = retryingOnInterrupt { open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
    guard opened >= 0 else {
      let kind: FileError.Kind = errno == ENOENT || errno == ENOTDIR ? .noInput : .cannotCreate
      throw FileError.system(
        kind, path: path, action: "open", hint: "name the book's folder with --book")
    }
    guard retryingOnInterrupt({ flock(opened, LOCK_EX | LOCK_NB) }) == 0 else {
      let error =
        errno == EWOULDBLOCK ? Self.busy(path, opened) : .system(.io, path: path, action: "lock")
      close(opened)
      throw error
    }
    descriptor = opened
    let text = "pid \(getpid()) since \(timeText(milliseconds: currentMilliseconds()))\n"
    // Failing to say who holds the lock does not weaken it.
    ftruncate(descriptor, 0)
    _ = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  deinit {
    release()
  }

  /// Gives the lock back; the file stays, because to remove it would let two processes lock two files.
  package func release() {
    guard descriptor >= 0 else { return }
    ftruncate(descriptor, 0)
    close(descriptor)
    descriptor = -1
  }

  private static func busy(_ path: String, _ descriptor: Int32) -> FileError {
    var bytes = [UInt8](repeating: 0, count: 80)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let holder = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
      .prefix { $0 != "\n" }
    return FileError(
      .locked, path: path,
      message: "another process writes to this book" + (holder.isEmpty ? "" : " (\(holder))"),
      hint: "wait for it with --wait 10m; reading needs no lock")
  }
}
