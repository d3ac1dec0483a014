import Foundation

extension Chain {
  /// Adds an entry to the chain's file and syncs it.
  ///
  /// What a crash cut off at the end goes first. The line follows in one write, so that a reader sees it
  /// whole or torn, never mixed.
  mutating func append(_ entry: ChainEntry, log root: String) throws {
    let path = "\(root)/\(chainFileName)"
    let descriptor = retryingOnInterrupt { open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644) }
    guard descriptor >= 0 else {
      throw EventLogError.system(.cannotCreate, path: path, action: "create")
    }
    defer { close(descriptor) }
    guard retryingOnInterrupt({ ftruncate(descriptor, off_t(wholeByteCount)) }) == 0,
      lseek(descriptor, 0, SEEK_END) >= 0
    else { throw EventLogError.system(.io, path: path, action: "cut the torn end") }
    let line = Array(entry.line.utf8)
    try line.withUnsafeBytes { try writeAll($0, to: descriptor, path: path) }
    guard retryingOnInterrupt({ fsync(descriptor) }) == 0 else {
      throw EventLogError.system(.io, path: path, action: "sync")
    }
    // The folder too, because the first entry makes the file.
    if entries.isEmpty { try syncFolder(root) }
    note(entry, lineByteCount: line.count)
  }

  /// Cuts off what stands behind the last whole line; returns whether nothing of it is left.
  func cutTornEnd(log root: String) -> Bool {
    let path = "\(root)/\(chainFileName)"
    return truncate(path, off_t(wholeByteCount)) == 0 || errno == ENOENT
  }
}
