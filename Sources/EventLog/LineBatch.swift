/// A run of whole lines of one segment, valid only while it is being handled.
package struct LineBatch {
  /// How many bytes a line may have before its line feed (1 MiB, the contract's limit).
  package static let lineByteCountMax = 1 << 20
  /// How much of an overlong line is kept (4 KiB): enough to recognise it in quarantine.
  package static let overlongHeadByteCount = 1 << 12
  /// How many zero bytes may be read past `bytes`, so that scanners can load whole words.
  package static let paddingByteCount = 64

  /// The lines, each ended by its line feed; the last line of a segment may lack one.
  package let bytes: UnsafeRawBufferPointer
  /// The number of the first line in its segment, counted from 1.
  package let firstLine: Int
  /// Whether this is the head of a single line that is longer than a line may be.
  package let isOverlong: Bool
  /// How long an overlong line is without its line feed; otherwise the count of `bytes`.
  package let byteCount: Int
}

/// What one pass over a segment found out about it.
package struct SegmentSummary: Sendable, Equatable {
  /// How many bytes the file has.
  package let byteCount: Int
  /// The SHA-256 of the file's bytes, as hexadecimal digits.
  package let sha256: String
  /// How many lines there are, blank ones included.
  package let lineCount: Int
  /// How many bytes the lines have.
  package let inflatedByteCount: Int

  package init(byteCount: Int, sha256: String, lineCount: Int, inflatedByteCount: Int) {
    self.byteCount = byteCount
    self.sha256 = sha256
    self.lineCount = lineCount
    self.inflatedByteCount = inflatedByteCount
  }
}
