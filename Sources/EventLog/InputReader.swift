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
  var file = try FileInput(file: input.file, path: input.path)
  file.beforeRead = beforeRead
  if try input.isCompressed || file.beginsAsGzip() {
    return try readBytes(
      from: GzipSource<FastestInflater>(file, path: input.path), limit, input.path, body)
  }
  return try readBytes(from: PlainSource(file), limit, input.path, body)
}

private func readBytes<Source: SegmentSource & ~Copyable>(
  from given: consuming Source, _ limit: InflationLimit, _ path: String,
  _ body: (UnsafeRawBufferPointer) throws -> Void
) throws -> SegmentSummary {
  var source = given
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
  defer { buffer.deallocate() }
  var inflatedByteCount = 0
  while true {
    let filling = try source.fill(buffer)
    inflatedByteCount += filling.count
    try limit.check(inflated: inflatedByteCount, read: source.byteCount, path: path)
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
