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

  /// A file of somebody else's; where its name does not say that it is gzip, its first bytes do.
  package init(input file: String) {
    self.init(path: file, file: file, byteCount: 0)
  }
}
