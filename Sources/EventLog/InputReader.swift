/// Reads somebody else's file from its start to its end, inflated if it is gzip.
///
/// People name files as they like, so besides the name the first bytes say whether it is gzip; on standard
/// input and on pipes, too.
///
/// - Parameters:
///   - input: the file to read.
///   - limit: how much a gzip file may inflate to.
///   - beforeRead: told the descriptor before each read; who must not be kept waiting polls it there.
///   - body: called for each piece, cut anywhere; the bytes are gone when it returns, and what it throws ends the
///     reading.
/// - Returns: the sums and the checksum of the whole file; lines are not counted.
/// - Throws: `FileError`. Where the file is damaged, what stands before the damage has been handed on.
@discardableResult
package func readBytes(
  of input: Segment, limit: InflationLimit = InflationLimit(),
  beforeRead: ((Int32) throws -> Void)? = nil,
  _ body: (UnsafeRawBufferPointer) throws -> Void
) throws -> SegmentSummary {
  var file = try FileInput(input: input)
  file.beforeRead = beforeRead
  if try input.isCompressed || file.beginsAsGzip() {
    return try readBytes(
      from: GzipSource<FastestInflater>(file, path: input.path), input, limit, body)
  }
  return try readBytes(from: PlainSource(file), input, limit, body)
}

/// Returns the first bytes of somebody else's file, as they are; none where it is empty.
///
/// - Throws: `FileError` where it cannot be read.
package func beginning(ofInput file: String, atMost byteCountMax: Int) throws -> [UInt8] {
  var input = try FileInput(input: Segment(input: file))
  var bytes: [UInt8] = []
  while bytes.count < byteCountMax {
    let piece = try input.read()
    if piece.isEmpty { break }
    bytes += piece.prefix(byteCountMax - bytes.count)
  }
  return bytes
}

private func readBytes<Source: SegmentSource & ~Copyable>(
  from given: consuming Source, _ input: Segment, _ limit: InflationLimit,
  _ body: (UnsafeRawBufferPointer) throws -> Void
) throws -> SegmentSummary {
  var source = given
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
  defer { buffer.deallocate() }
  var inflatedByteCount = 0
  while true {
    let filling = try source.fill(buffer)
    inflatedByteCount += filling.count
    try limit.check(inflated: inflatedByteCount, read: source.byteCount, of: input)
    if filling.count > 0 {
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<filling.count]))
    }
    if let damage = filling.damage { throw damage }
    if filling.isEnd { break }
  }
  let byteCount = source.byteCount
  return SegmentSummary(
    byteCount: byteCount, sha256: source.finish(), lineCount: 0,
    inflatedByteCount: inflatedByteCount)
}
