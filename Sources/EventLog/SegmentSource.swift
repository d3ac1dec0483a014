import Files

/// Where the lines of a segment come from: its file, inflated if it is compressed.
protocol SegmentSource: ~Copyable {
  /// Fills `output` from its start with the next bytes, as far as they go.
  mutating func fill(_ output: UnsafeMutableRawBufferPointer) throws -> Filling
  /// How many bytes of the file have been read.
  var byteCount: Int { get }
  /// Returns the SHA-256 of the bytes read.
  consuming func finish() -> String
}

/// What one filling of a buffer came to.
struct Filling {
  /// How many bytes there are to use.
  var count: Int
  var isEnd = false
  /// Why there is no more; of a damaged member, unless it is just cut, nothing is then counted.
  var damage: FileError?
}

/// The bytes of a plain file.
struct PlainSource: SegmentSource, ~Copyable {
  private var file: FileInput

  init(_ segment: Segment) throws {
    self.init(try FileInput(segment))
  }

  init(_ file: consuming FileInput) {
    self.file = file
  }

  var byteCount: Int { file.byteCount }

  mutating func fill(_ output: UnsafeMutableRawBufferPointer) throws -> Filling {
    let count = try file.readCount(into: output)
    return Filling(count: count, isEnd: count == 0)
  }

  consuming func finish() -> String {
    file.finish()
  }
}
