import Files

/// Reads the lines of what is left of a gzip segment.
///
/// A line that a loss cuts is handed on as the pieces that are left of it, each a line of its own: a piece
/// of an event is no event, so it is refused and counted, and never taken for another.
///
/// - Parameters:
///   - segment: the file to read.
///   - map: where it is whole.
///   - body: called for each batch of lines; the lines are numbered as if the lost ones had never been.
/// - Returns: the sums and the checksum of the whole file.
/// - Throws: `FileError` where the file cannot be read, and what `body` throws.
package func readSalvagedLines(
  of segment: Segment, map: GzipMap, _ body: (LineBatch) throws -> Void
) throws -> SegmentSummary {
  let (byteCount, sha256) = try RegularFile(segment).digest()
  var salvage = Salvage()
  var probe = MemberProbe<FastestInflater>(try RegularFile(segment))
  for stretch in map.stretches where stretch.condition != .lost {
    try salvage.endLine(body)
    var at = stretch.bytes.lowerBound
    while at < stretch.bytes.upperBound {
      if at > 0 { at = try probe.skipZeros(from: at) }
      let trial = try probe.trial(at: at) { try salvage.take($0, body) }
      // Not whole only where nothing follows in the stretch, or where the file has changed meanwhile.
      guard trial.outcome == .whole else { break }
      at = trial.end
    }
  }
  try salvage.finish(body)
  return SegmentSummary(
    byteCount: byteCount, sha256: sha256, lineCount: salvage.lineCount,
    inflatedByteCount: salvage.inflatedByteCount)
}

/// Cuts salvaged bytes into lines.
private struct Salvage: ~Copyable {
  private var splitter = LineSplitter(batchByteCount: LineBatch.lineByteCountMax)
  private var lastByte = UInt8(ascii: "\n")
  private(set) var inflatedByteCount = 0

  var lineCount: Int { splitter.lineCount }

  mutating func take(_ bytes: UnsafeRawBufferPointer, _ body: (LineBatch) throws -> Void) throws {
    var rest = bytes
    while !rest.isEmpty {
      let free = splitter.free
      let count = min(free.count, rest.count)
      free.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
      try splitter.take(count, body)
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    lastByte = bytes.last ?? lastByte
    inflatedByteCount += bytes.count
  }

  /// Ends a line that a loss has cut.
  mutating func endLine(_ body: (LineBatch) throws -> Void) throws {
    guard lastByte != UInt8(ascii: "\n") else { return }
    try [UInt8(ascii: "\n")].withUnsafeBytes { try take($0, body) }
  }

  mutating func finish(_ body: (LineBatch) throws -> Void) throws {
    try splitter.finish(body)
  }
}
