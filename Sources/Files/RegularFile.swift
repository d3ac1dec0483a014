import Foundation
import Workers

/// Opens a regular file for reading; anything else, such as a pipe, is refused at once, because to read it
/// could wait for ever.
///
/// - Parameters:
///   - file: the file to open.
///   - path: how errors name it.
///   - followingLinks: whether a link counts as what it leads to; else it is damage.
///   - listed: how the file looked when it was listed; nil where nobody has looked.
/// - Returns: the descriptor, for the caller to close.
/// - Throws: `FileError`; of kind `noInput` only where nothing stands there, `changed` where another file does than
///   was listed.
package func openRegularFile(
  _ file: String, path: String, followingLinks: Bool = true, listed: FileStatus? = nil
) throws -> (descriptor: Int32, status: FileStatus) {
  let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followingLinks ? 0 : O_NOFOLLOW)
  let descriptor = retryingOnInterrupt { open(file, flags) }
  guard descriptor >= 0 else {
    if errno == ELOOP, !followingLinks {
      throw FileError(.damaged, path: path, message: "a link, which is not followed")
    }
    throw FileError.cannotOpen(file, shown: path)
  }
  var status = stat()
  guard fstat(descriptor, &status) == 0, FileStatus(status).kind == .file else {
    close(descriptor)
    throw FileError(.damaged, path: path, message: "not a regular file")
  }
  let found = FileStatus(status)
  if let listed, !found.extends(listed) {
    close(descriptor)
    throw FileError(
      .changed, path: path, message: "another file has taken its place since it was listed",
      hint: "somebody changes files here again and again; do the same again when that is done")
  }
  return (descriptor, found)
}

/// Returns the bytes of a regular file; nil where nothing stands there.
///
/// - Throws: `FileError` where it cannot be read, is no regular file, or has more than `byteCountMax`.
package func wholeFile(
  _ file: String, path: String? = nil, atMost byteCountMax: Int = .max, followingLinks: Bool = true
) throws -> [UInt8]? {
  do {
    return try RegularFile(file, path: path ?? file, followingLinks: followingLinks)
      .bytes(atMost: byteCountMax)
  } catch let error as FileError where error.kind == .noInput {
    return nil
  }
}

/// A regular file that is read at any place.
package struct RegularFile: ~Copyable {
  private let descriptor: Int32
  private let path: String
  /// How many bytes it had when it was opened.
  package let byteCount: Int

  /// Opens `file`, which errors name as `path`; see `openRegularFile`.
  package init(
    _ file: String, path: String, followingLinks: Bool = true, listed: FileStatus? = nil
  ) throws {
    let (opened, status) = try openRegularFile(
      file, path: path, followingLinks: followingLinks, listed: listed)
    descriptor = opened
    self.path = path
    byteCount = status.byteCount
  }

  deinit { close(descriptor) }

  /// Fills `target` with the bytes from `offset` on; returns how many there were.
  package func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws -> Int {
    var count = 0
    while count < target.count {
      let place = target.baseAddress.map { $0 + count }
      let got = retryingOnInterrupt {
        pread(descriptor, place, target.count - count, off_t(offset + count))
      }
      guard got >= 0 else { throw FileError.system(.io, path: path, action: "read") }
      if got == 0 { break }
      count += got
    }
    return count
  }

  /// Returns all bytes.
  ///
  /// - Throws: `FileError`, also where it has more bytes than `byteCountMax`.
  package func bytes(atMost byteCountMax: Int = .max) throws -> [UInt8] {
    guard byteCount <= byteCountMax else {
      throw FileError(
        .damaged, path: path, message: "\(byteCount) bytes long; at most \(byteCountMax) make sense"
      )
    }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    let count = try bytes.withUnsafeMutableBytes { try read(at: 0, into: $0) }
    bytes.removeLast(byteCount - count)
    return bytes
  }

  /// Reads all of it in big pieces and returns their length and SHA-256.
  package func digest() throws -> (byteCount: Int, sha256: String) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    var hasher = SHA256Hasher()
    var offset = 0
    while true {
      try Interruption.check()
      let count = try read(at: offset, into: buffer)
      if count == 0 { break }
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += count
    }
    return (offset, hasher.finish())
  }
}
