import Files

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
  /// How the file looked when it was listed; nil where nobody has looked.
  ///
  /// Another one in its place is not read.
  package let listed: FileStatus?

  /// A segment of a log: its name alone says whether it is gzip, so that a damaged start is never
  /// taken for text.
  package init(path: String, file: String, byteCount: Int, isInChain: Bool = false) {
    self.init(path: path, file: file, byteCount: byteCount, isInChain: isInChain, listed: nil)
  }

  /// A segment as it is listed.
  init(path: String, file: String, listed: FileStatus) {
    self.init(path: path, file: file, byteCount: listed.byteCount, isInChain: false, listed: listed)
  }

  private init(
    path: String, file: String, byteCount: Int, isInChain: Bool, listed: FileStatus?
  ) {
    self.path = path
    self.file = file
    self.byteCount = byteCount
    self.isInChain = isInChain
    self.listed = listed
    isCompressed = path.hasSuffix(".gz")
  }

  /// The same, which the chain has.
  var inChain: Segment {
    Segment(path: path, file: file, byteCount: byteCount, isInChain: true, listed: listed)
  }

  /// Standard input, which is read from where it stands.
  package static let standardInput = Segment(input: "-")

  /// A file of somebody else's; where its name does not say that it is gzip, its first bytes do.
  package init(input file: String) {
    self.init(path: file, file: file, byteCount: 0)
  }
}

extension Segment {
  /// Whether the very file that was listed stands in its place.
  package var isAsListed: Bool {
    guard let listed else { return true }
    return (try? fileStatus(file))?.map { $0.extends(listed) } ?? false
  }
}

extension RegularFile {
  /// Opens a segment.
  init(_ segment: Segment) throws {
    try self.init(segment.file, path: segment.path, listed: segment.listed)
  }
}
