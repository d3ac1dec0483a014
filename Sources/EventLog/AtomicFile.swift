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
  private var descriptor: Int32

  /// Opens the file beside `path`; a file that stands at `path` is replaced at `commit`.
  package init(to path: String) throws {
    self.path = path
    let folder = folderPath(of: path)
    var serial = 0
    while true {
      let name =
        ".\(path.split(separator: "/").last ?? "file").\(getpid())-\(serial)\(leftoverSuffix)"
      let candidate = "\(folder)/\(name)"
      let opened = retryingOnInterrupt {
        open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      }
      if opened >= 0 {
        descriptor = opened
        temporaryPath = candidate
        return
      }
      guard errno == EEXIST else {
        throw EventLogError.system(.cannotCreate, path: path, action: "create")
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
    try writeAll(bytes, to: descriptor, path: path)
  }

  /// Adds bytes at the end.
  package func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }

  /// Makes the file appear, durably.
  package func commit() throws {
    guard retryingOnInterrupt({ fsync(descriptor) }) == 0 else { throw failure("sync") }
    let closing = descriptor
    descriptor = -1
    // Not retried: after an interrupted close the descriptor is gone, and may be another's by now.
    guard close(closing) == 0 else {
      let error = failure("close")
      unlink(temporaryPath)
      throw error
    }
    guard rename(temporaryPath, path) == 0 else {
      let error = EventLogError.system(.cannotCreate, path: path, action: "rename into place")
      unlink(temporaryPath)
      throw error
    }
    try syncFolder(folderPath(of: path))
  }

  /// Gives up: nothing appears and nothing stays.
  package func abandon() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    unlink(temporaryPath)
  }

  private func failure(_ action: String) -> EventLogError {
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
      throw EventLogError.system(.io, path: folder, action: "read the folder")
    }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix("."), name.hasSuffix(leftoverSuffix) { unlink("\(folder)/\(name)") }
    }
  }
}

private let leftoverSuffix = ".tmp"

/// Syncs a folder, so that the names in it survive power loss.
package func syncFolder(_ path: String) throws {
  let descriptor = retryingOnInterrupt { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  guard descriptor >= 0 else {
    throw EventLogError.system(.io, path: path, action: "open the folder")
  }
  defer { close(descriptor) }
  guard retryingOnInterrupt({ fsync(descriptor) }) == 0 else {
    throw EventLogError.system(.io, path: path, action: "sync the folder")
  }
}

/// Writes all of `bytes`, however few of them the system takes at a time.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws {
  var rest = bytes
  while !rest.isEmpty {
    let count = retryingOnInterrupt { Foundation.write(descriptor, rest.baseAddress, rest.count) }
    guard count > 0 else { throw EventLogError.system(.io, path: path, action: "write") }
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
  }
}

/// Returns the folder that holds `path`.
func folderPath(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
