import Foundation

/// A regular file's bytes, mapped.
package final class MappedFile {
  package let bytes: UnsafeRawBufferPointer

  /// Maps `file`, which errors name as `path`.
  package init(_ file: String, path: String, listed: FileStatus? = nil) throws {
    let (descriptor, status) = try openRegularFile(file, path: path, listed: listed)
    defer { close(descriptor) }
    let count = status.byteCount
    if count == 0 {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let memory, memory != MAP_FAILED else {
      throw FileError.system(.io, path: path, action: "read")
    }
    bytes = UnsafeRawBufferPointer(start: memory, count: count)
  }

  deinit {
    if let start = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }
}
