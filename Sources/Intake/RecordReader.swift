/// One record of a file, and what it came to.
package struct Record {
  /// Its bytes, or of an overlong one the head; valid only while it is handled.
  package let bytes: UnsafeRawBufferPointer
  /// How long the whole record is.
  package let byteCount: Int
  /// The number of the line it begins on, from 1.
  package let line: Int
  package let outcome: LineReading
  /// What its format calls such a record, as `identify`; nil where there are no kinds.
  package let kind: String?
  /// Whether it came without an id and got one made from its content.
  package let hasMadeID: Bool

  package init(
    _ bytes: UnsafeRawBufferPointer, byteCount: Int? = nil, line: Int, outcome: LineReading,
    kind: String? = nil, hasMadeID: Bool = false
  ) {
    self.bytes = bytes
    self.byteCount = byteCount ?? bytes.count
    self.line = line
    self.outcome = outcome
    self.kind = kind
    self.hasMadeID = hasMadeID
  }
}

/// Turns the bytes of one file into records, in order, whatever a record of the format is: a line, several
/// lines, or an element of one long line.
///
/// Each file has a reader of its own. It is given the file piece by piece, cut anywhere, and holds no more than
/// one record. The same file always gives the same events with the same ids.
package protocol RecordReader {
  /// Takes the next bytes of the file and hands on each record that they complete.
  ///
  /// - Throws: `FormatFault` where the file as a whole cannot be read, or what `found` throws.
  mutating func take(_ bytes: UnsafeRawBufferPointer, _ found: (Record) throws -> Void) throws
  /// Hands on what is left at the end of the file.
  mutating func finish(_ found: (Record) throws -> Void) throws
}

/// Why a file as a whole is not what it was said to be.
package struct FormatFault: Error, Sendable, Equatable {
  package let line: Int
  /// What is wrong, in lowercase.
  package let message: String
  package let hint: String?

  package init(line: Int, message: String, hint: String? = nil) {
    self.line = line
    self.message = message
    self.hint = hint
  }
}
