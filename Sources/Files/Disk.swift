import Foundation

/// The system calls by which a book changes on disk.
///
/// Everything durable goes through these, so that a test can let the k-th of them fail, or all from the k-th
/// on, as they do for a process that is killed. They return what the system's own do, and set `errno`.
package struct Disk: Sendable {
  package var open: @Sendable (_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32
  package var write: @Sendable (_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
  package var sync: @Sendable (_ descriptor: Int32) -> Int32
  package var truncate: @Sendable (_ descriptor: Int32, _ byteCount: Int) -> Int32
  package var close: @Sendable (_ descriptor: Int32) -> Int32
  package var rename: @Sendable (_ path: String, _ target: String) -> Int32
  package var unlink: @Sendable (_ path: String) -> Int32
  package var makeFolder: @Sendable (_ path: String) -> Int32

  /// The disk of the machine.
  package static let system = Disk(
    open: { Foundation.open($0, $1 | O_CLOEXEC, $2) },
    write: { Foundation.write($0, $1.baseAddress, $1.count) },
    sync: { Foundation.fsync($0) },
    truncate: { Foundation.ftruncate($0, off_t($1)) },
    close: { Foundation.close($0) },
    rename: { Foundation.rename($0, $1) },
    unlink: { Foundation.unlink($0) },
    makeFolder: { Foundation.mkdir($0, 0o755) })

  /// The disk at hand: the machine's, but for a test that has put another in its place.
  @TaskLocal package static var current = Disk.system

  package init(
    open: @escaping @Sendable (String, Int32, mode_t) -> Int32,
    write: @escaping @Sendable (Int32, UnsafeRawBufferPointer) -> Int,
    sync: @escaping @Sendable (Int32) -> Int32,
    truncate: @escaping @Sendable (Int32, Int) -> Int32,
    close: @escaping @Sendable (Int32) -> Int32,
    rename: @escaping @Sendable (String, String) -> Int32,
    unlink: @escaping @Sendable (String) -> Int32,
    makeFolder: @escaping @Sendable (String) -> Int32
  ) {
    self.open = open
    self.write = write
    self.sync = sync
    self.truncate = truncate
    self.close = close
    self.rename = rename
    self.unlink = unlink
    self.makeFolder = makeFolder
  }
}

extension Disk {
  /// Writes all of `bytes`, however few of them the system takes at a time.
  package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws
  {
    var rest = bytes
    while !rest.isEmpty {
      let count = retryingOnInterrupt { write(descriptor, rest) }
      guard count > 0 else { throw FileError.system(.io, path: path, action: "write") }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Syncs a file's bytes.
  ///
  /// A sync that failed is never tried again: the system may have dropped what it could not write, and
  /// would then call the next one a success.
  package func syncFile(_ descriptor: Int32, path: String) throws {
    guard sync(descriptor) == 0 else {
      throw FileError.system(.io, path: path, action: "sync")
    }
  }

  /// Syncs a folder, so that the names in it survive power loss.
  package func syncFolder(_ path: String) throws {
    let descriptor = retryingOnInterrupt { open(path, O_RDONLY | O_DIRECTORY, 0) }
    guard descriptor >= 0 else {
      throw FileError.system(.io, path: path, action: "open the folder")
    }
    defer { _ = close(descriptor) }
    guard sync(descriptor) == 0 else {
      throw FileError.system(.io, path: path, action: "sync the folder")
    }
  }

  /// Makes a folder that survives power loss, unless there is one.
  package func makeFolderDurably(_ path: String) throws {
    if makeFolder(path) == 0 {
      try syncFolder(folderPath(of: path))
    } else if errno != EEXIST {
      throw FileError.system(.cannotCreate, path: path, action: "create the folder")
    } else if try fileStatus(path)?.kind != .folder {
      throw FileError(
        .cannotCreate, path: path, message: "cannot create the folder: a file is in the way")
    }
  }
}

/// Syncs a folder, so that the names in it survive power loss.
package func syncFolder(_ path: String) throws {
  try Disk.current.syncFolder(path)
}

/// Makes sure that a file has as many bytes as were written to it: a disk may say that it took more than it
/// did.
package func checkLength(_ descriptor: Int32, _ byteCount: Int, path: String) throws {
  var status = stat()
  guard fstat(descriptor, &status) == 0 else {
    throw FileError.system(.io, path: path, action: "look at the file")
  }
  guard Int(status.st_size) == byteCount else {
    throw FileError(
      .io, path: path,
      message: "the disk has \(status.st_size) bytes of the \(byteCount) that were written")
  }
}

/// Returns the folder that holds `path`.
package func folderPath(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
