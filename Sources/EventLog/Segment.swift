import Foundation

/// One file of the log: a line per event, gzip-compressed or plain.
package struct Segment: Sendable, Hashable {
  /// The path below the log's root, its parts separated by `/`; it orders and names the segment.
  package let path: String
  /// The path to open.
  package let file: String
  package let byteCount: Int
  /// Whether the file is gzip.
  package let isCompressed: Bool

  /// A segment of a log: its name alone says whether it is gzip, so that a damaged start is never
  /// taken for text.
  package init(path: String, file: String, byteCount: Int) {
    self.path = path
    self.file = file
    self.byteCount = byteCount
    isCompressed = path.hasSuffix(".gz")
  }

  /// A file to be appended: people name these as they like, so its first bytes say whether it is
  /// gzip.
  package init(input file: String) {
    path = file
    self.file = file
    byteCount = 0
    isCompressed = file.hasSuffix(".gz") || Segment.beginsAsGzip(file)
  }

  private static func beginsAsGzip(_ file: String) -> Bool {
    var status = stat()
    // A pipe's first bytes could not be put back.
    guard stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var magic: (UInt8, UInt8) = (0, 0)
    return read(descriptor, &magic, 2) == 2 && magic == (0x1F, 0x8B)
  }
}
