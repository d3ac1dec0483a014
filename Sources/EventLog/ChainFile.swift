import Files
import Foundation

/// The chain's file as it stands on disk, cut into lines; of a log without a chain it is empty.
///
/// A line may have any length: that of a segment which took the place of thousands names all of them.
struct ChainFile {
  /// Whether the log has a chain at all.
  let isPresent: Bool
  private let bytes: [UInt8]
  /// How many bytes the whole lines have.
  let wholeByteCount: Int

  /// More than the entries of ten million segments have (4 GiB); a file that claims more would fill the memory.
  static let byteCountMax = 1 << 32

  /// - Throws: `FileError` where it cannot be read, or is no regular file: a link would let a writer
  ///   change what it leads to.
  init(log root: String) throws {
    let found = try wholeFile(
      "\(root)/\(chainFileName)", path: chainFileName, atMost: Self.byteCountMax,
      followingLinks: false)
    isPresent = found != nil
    bytes = found ?? []
    wholeByteCount = (bytes.lastIndex(of: lineFeed) ?? -1) + 1
  }

  var byteCount: Int { bytes.count }
  /// How many bytes follow the last whole line.
  var tornByteCount: Int { bytes.count - wholeByteCount }

  /// Whether what follows the last whole line may be what a crash left of an entry.
  ///
  /// That is its beginning, or the zeros of a page that never reached the disk. Anything else is not ours to
  /// cut off.
  var endsAsWritten: Bool {
    let torn = bytes[wholeByteCount...]
    return torn.prefix(Self.beginning.count).elementsEqual(Self.beginning.prefix(torn.count))
      || torn.allSatisfy { $0 == 0 }
  }

  /// How every entry begins.
  private static let beginning = Array("{\"number\":".utf8)

  /// Hands on each whole line without its line feed, with its number, from 1, and the byte it begins at.
  func forEachLine(
    _ body: (_ line: UnsafeRawBufferPointer, _ number: Int, _ start: Int) throws -> Void
  ) rethrows {
    try bytes.withUnsafeBytes { bytes in
      var start = 0
      var number = 1
      while start < wholeByteCount, let base = bytes.baseAddress,
        let feed = memchr(base + start, Int32(lineFeed), wholeByteCount - start)
      {
        let end = UnsafeRawPointer(feed) - base
        try body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), number, start)
        start = end + 1
        number += 1
      }
    }
  }
}

private let lineFeed = UInt8(ascii: "\n")
