import Foundation

/// A file that appears whole or not at all.
///
/// The bytes go to a file beside it whose name begins with a dot. `commit` syncs that file, renames it into
/// place and syncs the folder: when it returns, the bytes survive power loss. Without a commit nothing
/// is left behind, but by a killed process; `removeLeftovers` sweeps up after that.
package final class AtomicFile {
  /// The path that appears.
  package let path: String
  private let temporaryPath: String
  private let disk: Disk
  private var descriptor: Int32
  private var byteCount = 0

  /// Opens the file beside `path`; a file that stands at `path` is replaced at `commit`.
  package init(to path: String) throws {
    self.path = path
    let disk = Disk.current
    self.disk = disk
    let folder = folderPath(of: path)
    var serial = 0
    while true {
      let name =
        ".\(path.split(separator: "/").last ?? "file").\(getpid())-\(serial)\(leftoverSuffix)"
      let candidate = "\(folder)/\(name)"
      let opened = retryingOnInterrupt {
        disk.open(candidate, O_WRONLY | O_CREAT | O_EXCL, 0o644)
      }
      if opened >= 0 {
        descriptor = opened
        temporaryPath = candidate
        return
      }
      guard errno == EEXIST else {
        throw FileError.system(.cannotCreate, path: path, action: "create")
      }
      serial += 1
    }
  }

  deinit {
    abandon()
  }

  /// Adds bytes at the end.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    precondition(descriptor >= 0, "a committed file takes no more bytes")
    try disk.writeAll(bytes, to: descriptor, path: path)
    byteCount += bytes.count
  }

  /// Adds bytes at the end.
  package func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  /// Lets every user read the file, whatever this process lets others see of what it makes.
  package func letAllRead() {
    precondition(descriptor >= 0, "a committed file is as it is")
    _ = fchmod(descriptor, 0o644)
  }

  /// Makes the file appear, durably.
  package func commit() throws {
    try seal()
    guard disk.rename(temporaryPath, path) == 0 else {
      let error = FileError.system(.cannotCreate, path: path, action: "rename into place")
      _ = disk.unlink(temporaryPath)
      throw error
    }
    try disk.syncFolder(folderPath(of: path))
  }

  /// Brings all bytes to the disk and closes the file; it still has its name with a dot.
  private func seal() throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("look at the file") }
    guard Int(status.st_size) == byteCount else {
      throw FileError(
        .io, path: path,
        message: "the disk has \(status.st_size) bytes of the \(byteCount) that were written")
    }
    try disk.syncFile(descriptor, path: path)
    let closing = descriptor
    descriptor = -1
    // Not retried: after an interrupted close the descriptor is gone, and may be another's by now.
    guard disk.close(closing) == 0 else {
      let error = failure("close")
      _ = disk.unlink(temporaryPath)
      throw error
    }
  }

  /// Gives up: nothing appears and nothing stays.
  package func abandon() {
    guard descriptor >= 0 else { return }
    _ = disk.close(descriptor)
    descriptor = -1
    _ = disk.unlink(temporaryPath)
  }

  private func failure(_ action: String) -> FileError {
    .system(.io, path: path, action: action)
  }
}

extension AtomicFile {
  /// Writes a whole file at once.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try AtomicFile(to: path)
    try file.write(bytes)
    try file.commit()
  }

  /// Removes what killed writers left in `folder`; only for whoever holds the book's lock.
  package static func removeLeftovers(in folder: String) throws {
    guard let directory = opendir(folder) else {
      throw FileError.system(.io, path: folder, action: "read the folder")
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix("."), name.hasSuffix(leftoverSuffix) {
        _ = Disk.current.unlink("\(folder)/\(name)")
      }
    }
  }
}

private let leftoverSuffix = ".tmp"
