import Files

/// How much a gzip file may inflate to before it is taken for a bomb.
///
/// Deflate reaches 1,032 to 1. Event logs are nowhere near: each event has a time and an id of its own.
package struct InflationLimit: Sendable, Equatable {
  /// How many times the bytes read of the file.
  package var ratioMax: Int

  /// A file of this many inflated bytes is not worth asking about (64 MiB).
  private static let freeByteCount = 64 << 20

  package init(ratioMax: Int = 200) {
    self.ratioMax = ratioMax
  }

  /// - Throws: `FileError` where the slices of a file say that they inflate to too much.
  package func check(_ slices: [BlockSlice], of segment: Segment) throws {
    try check(
      inflated: slices.reduce(0) { $0 + $1.inflatedByteCount }, read: segment.byteCount,
      path: segment.path)
  }

  /// - Throws: `FileError` where `inflated` bytes of text have come from `read` bytes of the file.
  func check(inflated: Int, read: Int, path: String) throws {
    guard inflated > InflationLimit.freeByteCount, inflated / ratioMax > read else { return }
    throw FileError(
      .beyondLimit, path: path,
      message: "inflates to more than \(ratioMax) times its size; a log does not",
      hint: "if it is meant to be so, raise --max-ratio")
  }
}
