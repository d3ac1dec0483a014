import Workers

/// Reads the lines of `segment` from first to last, in batches of whole lines.
///
/// The batch's bytes stand in a buffer that is used again: nothing of it may outlive `body`. Memory does
/// not depend on the file, whatever its lines or its compression are.
///
/// - Parameters:
///   - segment: the file to read; its name tells whether it is gzip.
///   - batchByteCount: about how many bytes of lines to hand on at a time, at most 1 MiB.
///   - limit: how much a gzip file may inflate to.
///   - body: called for each batch; what it throws ends the reading.
/// - Returns: the sums and the checksum of the whole file.
/// - Throws: `FileError`. Where the file is damaged, the whole lines before the damage have been
///   handed on. Of a member longer than a batch this may be before its checksum could be compared.
/// - Complexity: O(n); no allocation per line, batch or gzip member.
@discardableResult
package func readLines(
  of segment: Segment, batchByteCount: Int = 1 << 20, limit: InflationLimit = InflationLimit(),
  _ body: (LineBatch) throws -> Void
) throws -> SegmentSummary {
  if segment.isCompressed {
    return try readLines(
      from: GzipSource<FastestInflater>(segment), segment, batchByteCount, limit, body)
  }
  return try readLines(from: PlainSource(segment), segment, batchByteCount, limit, body)
}

private func readLines<Source: SegmentSource & ~Copyable>(
  from given: consuming Source, _ segment: Segment, _ batchByteCount: Int, _ limit: InflationLimit,
  _ body: (LineBatch) throws -> Void
) throws -> SegmentSummary {
  var source = given
  var splitter = LineSplitter(batchByteCount: batchByteCount)
  var inflatedByteCount = 0
  while true {
    try Interruption.check()
    let filling = try source.fill(splitter.free)
    inflatedByteCount += filling.count
    try limit.check(inflated: inflatedByteCount, read: source.byteCount, of: segment)
    if filling.count > 0 { try splitter.take(filling.count, body) }
    if let damage = filling.damage { throw damage }
    if filling.isEnd { break }
  }
  try splitter.finish(body)
  let byteCount = source.byteCount
  return SegmentSummary(
    byteCount: byteCount, sha256: source.finish(), lineCount: splitter.lineCount,
    inflatedByteCount: inflatedByteCount)
}

/// Returns the SHA-256 of a segment's file.
package func sha256(of segment: Segment) throws -> String {
  var file = try FileInput(segment)
  while try !file.read().isEmpty { try Interruption.check() }
  return file.finish()
}
