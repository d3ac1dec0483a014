/// What was lost of one damaged segment that a snapshot was made from all the same.
package struct SalvageRecord: Codable, Sendable, Equatable {
  /// The segment's path below the log.
  package var path: String
  /// Why it does not count as whole.
  package var reason: String
  /// How many lines were read from it, events or not.
  package var lines: Int
  /// How many of these no checksum vouches for.
  package var uncheckedLines: Int
  /// How many events the chain says there were beyond the lines read; absent where it does not say.
  package var missingEvents: Int?
  /// What could not be read.
  package var lost: [Loss]

  /// A part of the file, and the lines that may have stood there.
  package struct Loss: Codable, Sendable, Equatable {
    /// The bytes, from the first to the one behind the last.
    package var fromByte: Int
    package var toByte: Int
    package var fromLine: Int
    /// Absent where nobody knows.
    package var toLine: Int?
    package var reason: String

    package init(fromByte: Int, toByte: Int, fromLine: Int, toLine: Int?, reason: String) {
      self.fromByte = fromByte
      self.toByte = toByte
      self.fromLine = fromLine
      self.toLine = toLine
      self.reason = reason
    }
  }

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
    lines = 0
    uncheckedLines = 0
    lost = []
  }
}
