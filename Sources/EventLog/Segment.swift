/// One file of the log: a line per event, gzip-compressed or plain.
package struct Segment: Sendable, Hashable {
  /// The path below the log's root, its parts separated by `/`; it orders and names the segment.
  package let path: String
  /// The path to open.
  package let file: String
  package let byteCount: Int

  package init(path: String, file: String, byteCount: Int) {
    self.path = path
    self.file = file
    self.byteCount = byteCount
  }

  /// Whether the file is gzip.
  ///
  /// Its name alone decides, so that a damaged start is never taken for text.
  package var isCompressed: Bool { path.hasSuffix(".gz") }
}
