import Foundation

/// What stands at a path.
package struct FileStatus: Sendable, Hashable {
  package enum Kind: Sendable {
    case file, folder, link
    /// A pipe, a socket or a device.
    case other
  }

  package let kind: Kind
  package let byteCount: Int
  private let device: UInt64
  private let inode: UInt64
  /// Nanoseconds since 1970 of the last change of the bytes.
  private let modified: Int

  package init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    byteCount = Int(status.st_size)
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
  }

  /// Whether both are of one file or folder, whatever its path is now.
  package func isSame(as other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }

  /// Whether it is the same file with the same bytes, and perhaps more behind them: another program may be
  /// writing at its end.
  package func extends(_ earlier: FileStatus) -> Bool {
    self == earlier || isSame(as: earlier) && byteCount > earlier.byteCount
  }
}

/// Returns what stands at a path; nil where nothing does.
///
/// The one place that says when something is absent: where the system knows no such name. A disk that cannot
/// tell, or a folder that may not be looked into, is a fault: what is taken for absent is begun anew.
///
/// `followingLinks`: whether a link counts as what it leads to.
///
/// - Throws: `FileError` where nobody can tell.
package func fileStatus(_ path: String, followingLinks: Bool = true) throws -> FileStatus? {
  var status = stat()
  let code = followingLinks ? stat(path, &status) : lstat(path, &status)
  if code == 0 { return FileStatus(status) }
  if errno == ENOENT || errno == ENOTDIR { return nil }
  throw FileError.system(.io, path: path, action: "look at the file")
}

/// Returns whether anything stands at a path.
///
/// - Throws: `FileError` where nobody can tell.
package func exists(_ path: String) throws -> Bool { try fileStatus(path) != nil }

/// Returns where a link leads, as it says; nil where there is no link.
///
/// - Throws: `FileError` where nobody can tell.
package func linkTarget(_ path: String) throws -> String? {
  var target = [CChar](repeating: 0, count: Int(PATH_MAX))
  let count = readlink(path, &target, target.count)
  if count >= 0 {
    return String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
  // EINVAL: something stands there that is no link.
  if errno == ENOENT || errno == ENOTDIR || errno == EINVAL { return nil }
  throw FileError.system(.io, path: path, action: "read the link")
}
