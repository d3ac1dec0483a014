import Files
import Foundation
import Workers

/// A file that is read once, from its start to its end, in big pieces, and hashed on the way.
struct FileInput: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private let buffer: UnsafeMutableRawBufferPointer
  private var hasher = SHA256Hasher()
  private let isHashed: Bool
  /// What has been looked at and is still to be read.
  private var ahead = UnsafeRawBufferPointer(start: nil, count: 0)
  /// How many bytes of the file are behind what is read next.
  private(set) var byteCount: Int
  /// Told the descriptor before each read, which may block.
  var beforeRead: ((Int32) throws -> Void)?

  /// Opens a regular file, which errors name as `path`.
  ///
  /// `offset`: where reading begins; of a file that is not read from its start there is no checksum.
  init(
    file: String, path: String, from offset: Int = 0, listed: FileStatus? = nil
  ) throws {
    let (descriptor, _) = try openRegularFile(file, path: path, listed: listed)
    guard offset == 0 || lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset) else {
      close(descriptor)
      throw FileError.system(.io, path: path, action: "read")
    }
    self.init(descriptor, path: path, from: offset)
  }

  /// Opens a segment, from its start or from a place in it.
  init(_ segment: Segment, from offset: Int = 0) throws {
    try self.init(
      file: segment.file, path: segment.path, from: offset, listed: segment.listed)
  }

  /// Opens somebody's input, which may be a pipe, a device or standard input.
  ///
  /// Standard input is the descriptor that the process was given. To open it anew by a path fails for sockets and
  /// other users' pipes, and begins a file at its start, though somebody has read a part of it.
  init(input: Segment) throws {
    let descriptor = retryingOnInterrupt {
      input == .standardInput
        ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(input.file, O_RDONLY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { throw FileError.cannotOpen(input.file, shown: input.path) }
    self.init(descriptor, path: input.path, from: 0)
  }

  private init(_ descriptor: Int32, path: String, from offset: Int) {
    self.descriptor = descriptor
    self.path = path
    byteCount = offset
    isHashed = offset == 0
    buffer = .allocate(byteCount: 1 << 18, alignment: 64)
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  /// Returns whether the file begins with the two magic bytes of gzip; of a pipe, too, nothing is lost.
  mutating func beginsAsGzip() throws -> Bool {
    var count = 0
    while count < 2 {
      let more = try readCount(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      if more == 0 { break }
      count += more
    }
    ahead = UnsafeRawBufferPointer(rebasing: buffer[..<count])
    return ahead.starts(with: [0x1F, 0x8B])
  }

  /// Returns the next bytes, valid until the next call; none at the end of the file.
  package mutating func read() throws -> UnsafeRawBufferPointer {
    let count = try readCount(into: buffer)
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }

  /// Returns what is left of the last bytes and the next ones behind it, valid until the next call.
  package mutating func read(keeping rest: UnsafeRawBufferPointer) throws -> UnsafeRawBufferPointer
  {
    if let start = rest.baseAddress, let base = buffer.baseAddress {
      memmove(base, start, rest.count)
    }
    let count = try readCount(into: UnsafeMutableRawBufferPointer(rebasing: buffer[rest.count...]))
    return UnsafeRawBufferPointer(rebasing: buffer[..<(rest.count + count)])
  }

  /// Reads at most as many bytes as `target` holds into it; returns how many, 0 at the end of the file.
  mutating func readCount(into target: UnsafeMutableRawBufferPointer) throws -> Int {
    if let start = ahead.baseAddress, !ahead.isEmpty, let base = target.baseAddress {
      let count = min(ahead.count, target.count)
      // The target may be the buffer itself.
      memmove(base, start, count)
      ahead = UnsafeRawBufferPointer(rebasing: ahead[count...])
      return count
    }
    try beforeRead?(descriptor)
    var count = retryingOnInterrupt {
      Foundation.read(descriptor, target.baseAddress, target.count)
    }
    // Whoever gave us a descriptor that does not wait may not have known that we would.
    while count < 0, errno == EAGAIN || errno == EWOULDBLOCK {
      _ = isReadable(descriptor, withinMilliseconds: 60_000)
      try Interruption.check()
      count = retryingOnInterrupt {
        Foundation.read(descriptor, target.baseAddress, target.count)
      }
    }
    guard count >= 0 else { throw FileError.system(.io, path: path, action: "read") }
    if isHashed { hasher.update(UnsafeRawBufferPointer(rebasing: target[..<count])) }
    byteCount += count
    return count
  }

  /// Returns the SHA-256 of all bytes read.
  consuming func finish() -> String {
    // The hasher leaves by exchange: a struct with a deinit cannot be taken apart.
    var last = SHA256Hasher()
    swap(&last, &hasher)
    return last.finish()
  }
}

/// Returns whether a descriptor has something to read, or its end, within some time.
package func isReadable(_ descriptor: Int32, withinMilliseconds: Int64) -> Bool {
  var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  // An interruption is no news: whoever waits asks again.
  return poll(&request, 1, Int32(clamping: withinMilliseconds)) > 0
}
