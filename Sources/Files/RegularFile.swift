import Foundation

/// A regular file that is read at any place; anything else, such as a pipe, is refused unopened, because
/// to open it could wait for ever.
package struct RegularFile: ~Copyable {
  private let descriptor: Int32
  private let path: String
  /// How many bytes it had when it was opened.
  package let byteCount: Int

  /// Opens `file`, which errors name as `path`.
  package init(_ file: String, path: String) throws {
    let opened = retryingOnInterrupt { open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard opened >= 0 else { throw FileError.cannotOpen(file, shown: path) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw FileError(.damaged, path: path, message: "not a regular file")
    }
    descriptor = opened
    self.path = path
    byteCount = Int(status.st_size)
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
      let count = try read(at: offset, into: buffer)
      if count == 0 { break }
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      offset += count
    }
    return (offset, hasher.finish())
  }
}
