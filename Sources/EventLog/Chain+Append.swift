import Files
import Foundation

extension Chain {
  /// Adds an entry to the chain's file and syncs it.
  ///
  /// What a crash cut off at the end goes first. The line follows in one write, so that a reader sees it
  /// whole or torn, never mixed.
  mutating func append(_ entry: ChainEntry, log root: String) throws {
    let line = Array(entry.line.utf8)
    let extended = try extended(by: entry, lineByteCount: line.count)
    let disk = Disk.current
    let path = "\(root)/\(chainFileName)"
    let descriptor = try openForWriting(log: root)
    defer { _ = disk.close(descriptor) }
    guard retryingOnInterrupt({ disk.truncate(descriptor, wholeByteCount) }) == 0,
      lseek(descriptor, 0, SEEK_END) >= 0
    else { throw FileError.system(.io, path: path, action: "cut the torn end") }
    try line.withUnsafeBytes { try disk.writeAll($0, to: descriptor, path: path) }
    try checkLength(descriptor, extended.wholeByteCount, path: path)
    try disk.syncFile(descriptor, path: path)
    // The folder too, because the first entry makes the file.
    if entries.isEmpty { try disk.syncFolder(root) }
    self = extended
  }

  /// Cuts off what stands behind the last whole line; returns whether that is sure to be gone for good.
  func cutTornEnd(log root: String) -> Bool {
    let disk = Disk.current
    let descriptor = disk.open("\(root)/\(chainFileName)", O_WRONLY | O_NOFOLLOW, 0)
    // Into what is not there, or is a link, nothing was written.
    guard descriptor >= 0 else { return errno == ENOENT || errno == ELOOP }
    defer { _ = disk.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size >= wholeByteCount else { return false }
    return disk.truncate(descriptor, wholeByteCount) == 0 && disk.sync(descriptor) == 0
  }

  /// Opens the chain's file, which is made where there is none; nothing of it is changed yet.
  ///
  /// - Throws: `FileError` where it is not the file that was read: a link, say, or one that is shorter.
  private func openForWriting(log root: String) throws -> Int32 {
    let disk = Disk.current
    let path = "\(root)/\(chainFileName)"
    let descriptor = retryingOnInterrupt {
      disk.open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644)
    }
    guard descriptor >= 0 else {
      throw FileError.system(.cannotCreate, path: path, action: "open for writing")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, FileStatus(status).kind == .file,
      status.st_size >= wholeByteCount
    else {
      _ = disk.close(descriptor)
      throw FileError(
        .damaged, path: path, message: "not the file that was read; nothing was written to it")
    }
    return descriptor
  }
}
