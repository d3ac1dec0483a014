import Files
import Foundation

extension Chain {
  /// Adds an entry to the chain's file and syncs it.
  ///
  /// What a crash cut off at the end goes first. The line follows in one write, so that a reader sees it
  /// whole or torn, never mixed.
  mutating func append(_ entry: ChainEntry, log root: String) throws {
    let disk = Disk.current
    let path = "\(root)/\(chainFileName)"
    let descriptor = retryingOnInterrupt { disk.open(path, O_WRONLY | O_CREAT, 0o644) }
    guard descriptor >= 0 else {
      throw FileError.system(.cannotCreate, path: path, action: "create")
    }
    defer { _ = disk.close(descriptor) }
    guard retryingOnInterrupt({ disk.truncate(descriptor, wholeByteCount) }) == 0,
      lseek(descriptor, 0, SEEK_END) >= 0
    else { throw FileError.system(.io, path: path, action: "cut the torn end") }
    let line = Array(entry.line.utf8)
    try line.withUnsafeBytes { try disk.writeAll($0, to: descriptor, path: path) }
    try disk.syncFile(descriptor, path: path)
    // The folder too, because the first entry makes the file.
    if entries.isEmpty { try disk.syncFolder(root) }
    note(entry, lineByteCount: line.count)
  }

  /// Cuts off what stands behind the last whole line; returns whether that is sure to be gone for good.
  func cutTornEnd(log root: String) -> Bool {
    let disk = Disk.current
    let descriptor = disk.open("\(root)/\(chainFileName)", O_WRONLY, 0)
    guard descriptor >= 0 else { return errno == ENOENT }
    defer { _ = disk.close(descriptor) }
    return disk.truncate(descriptor, wholeByteCount) == 0 && disk.sync(descriptor) == 0
  }
}
