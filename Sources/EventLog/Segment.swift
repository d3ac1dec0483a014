/// One file of the log: a line per event, gzip-compressed or plain.
package struct Segment: Sendable, Hashable {
  /// The path below the log's root, its parts separated by `/`; it orders and names the segment.
  package let path: String
  /// The path to open.
  package let file: String
  package let byteCount: Int
  /// Whether the file is gzip.
  package let isCompressed: Bool
  /// Whether the chain has it: what we wrote is read, however well it was compressed.
  package let isInChain: Bool

  /// A segment of a log: its name alone says whether it is gzip, so that a damaged start is never
  /// taken for text.
  package init(path: String, file: String, byteCount: Int, isInChain: Bool = false) {
    self.path = path
    self.file = file
    self.byteCount = byteCount
    self.isInChain = isInChain
    isCompressed = path.hasSuffix(".gz")
  }

  /// Standard input, which is read from where it stands.
  package static let standardInput = Segment(input: "-")

  /// A file of somebody else's; where its name does not say that it is gzip, its first bytes do.
  package init(input file: String) {
    self.init(path: file, file: file, byteCount: 0)
  }
}
