import Foundation
import Notation

/// The right to write to a book, held by one process at a time.
///
/// The system gives it back when its holder ends, however it ends: no stale lock is ever left. Readers
/// do not ask for it. What stands in the file is for people; only the lock itself counts.
package final class BookLock {
  private var descriptor: Int32
  /// Whether what stands in the file is ours to write over.
  private let isOwnText: Bool

  /// Takes the lock of the book at `book`, or says at once who has it.
  package init(book: String) throws {
    let path = "\(book)/lock"
    let opened = try Self.openFile(path)
    guard retryingOnInterrupt({ flock(opened, LOCK_EX | LOCK_NB) }) == 0 else {
      let error =
        errno == EWOULDBLOCK ? Self.busy(path, opened) : .system(.io, path: path, action: "lock")
      close(opened)
      throw error
    }
    descriptor = opened
    // Another name of somebody's file may stand here: its text is left alone, and the lock counts all the same.
    let present = Self.text(in: opened)
    isOwnText = present.isEmpty || present.hasPrefix(Self.beginning)
    if isOwnText {
      write("\(Self.beginning)\(getpid()) since \(timeText(milliseconds: currentMilliseconds()))\n")
    }
  }

  deinit {
    release()
  }

  /// Gives the lock back; the file stays, because to remove it would let two processes lock two files.
  package func release() {
    guard descriptor >= 0 else { return }
    if isOwnText { write("") }
    close(descriptor)
    descriptor = -1
  }

  private static let beginning = "pid "

  /// Opens the file, which is made where there is none; nothing of it is changed.
  private static func openFile(_ path: String) throws -> Int32 {
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let opened = retryingOnInterrupt { open(path, flags, 0o644) }
    guard opened >= 0 else {
      if errno == ELOOP {
        throw FileError(
          .cannotCreate, path: path, message: "a link, which is not followed",
          hint: "remove it; the lock is a file of the book's own")
      }
      let kind: FileError.Kind = errno == ENOENT || errno == ENOTDIR ? .noInput : .cannotCreate
      throw FileError.system(
        kind, path: path, action: "open", hint: "name the book's folder with --book")
    }
    var status = stat()
    guard fstat(opened, &status) == 0, FileStatus(status).kind == .file else {
      close(opened)
      throw FileError(.cannotCreate, path: path, message: "not a regular file")
    }
    return opened
  }

  /// Puts a text in the file's place; failing to say who holds the lock does not weaken it.
  private func write(_ text: String) {
    ftruncate(descriptor, 0)
    _ = Array(text.utf8).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  private static func text(in descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 80)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private static func busy(_ path: String, _ descriptor: Int32) -> FileError {
    let text = text(in: descriptor)
    let holder = text.hasPrefix(beginning) ? text.prefix { $0 != "\n" } : ""
    return FileError(
      .locked, path: path,
      message: "another process writes to this book" + (holder.isEmpty ? "" : " (\(holder))"),
      hint: "wait for it with --wait 10m; reading needs no lock")
  }
}
