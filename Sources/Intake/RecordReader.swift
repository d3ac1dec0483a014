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
  /// Its number in the array that it is an element of, from 1; nil outside of arrays.
  package let number: Int?
  /// How many of its keys were none, as `undefined` is.
  package let placeholderCount: Int
  /// What to do about its being refused, where that can be said.
  package let hint: String?

  package init(
    _ bytes: UnsafeRawBufferPointer, byteCount: Int? = nil, line: Int, outcome: LineReading,
    kind: String? = nil, hasMadeID: Bool = false, number: Int? = nil, placeholderCount: Int = 0,
    hint: String? = nil
  ) {
    self.bytes = bytes
    self.byteCount = byteCount ?? bytes.count
    self.line = line
    self.outcome = outcome
    self.kind = kind
    self.hasMadeID = hasMadeID
    self.number = number
    self.placeholderCount = placeholderCount
    self.hint = hint
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
  ///
  /// `isCut`: whether a last line without its line feed may be half of one that somebody is writing.
  mutating func finish(isCut: Bool, _ found: (Record) throws -> Void) throws
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
