import EventLog
import Reading
import Workers

/// BGZF files above this many bytes are read in slices side by side; below it, segments are enough to
/// keep workers busy.
private let slicedByteCountMin = 8 << 20

/// Reads a BGZF segment in slices side by side; nil where it is none, or too small to be cut.
///
/// `sliceByteCount`: about how much text a slice has; as much as a sheet is made of.
///
/// - Throws: `FileError` of the first slice that is damaged.
func readSlicedSegment(
  _ segment: Segment, _ decoders: DecoderPool, drafts: SheetDrafts?, jobs: Int,
  limit: InflationLimit = InflationLimit(), byteCountMin: Int = slicedByteCountMin,
  sliceByteCount: Int = 64 << 20
) throws -> SegmentReading? {
  guard segment.isCompressed, segment.byteCount >= byteCountMin,
    let slices = try blockSlices(of: segment, inflatedByteCount: sliceByteCount), slices.count > 1
  else { return nil }
  try limit.check(slices, of: segment)
  let read = Slots<SliceReading>(slices.count)
  let digests = Slots<String>(1)
  // The digest first: it is one piece of work that cannot be cut.
  try parallel(slices.count + 1, jobs: jobs) { task in
    if task == 0 {
      digests[0] = try sha256(of: segment)
    } else {
      read[task - 1] = try readSlice(slices[task - 1], of: segment, decoders, drafts)
    }
  }
  var lineCount = 0
  for slice in read.elements {
    for sheet in slice.sheets { sheet.lineBase = lineCount }
    lineCount += slice.lineCount
  }
  let summary = SegmentSummary(
    byteCount: segment.byteCount, sha256: digests[0] ?? "", lineCount: lineCount,
    inflatedByteCount: slices.reduce(0) { $0 + $1.inflatedByteCount })
  return SegmentReading(
    segment: segment, summary: summary, sheets: read.elements.flatMap(\.sheets))
}

private struct SliceReading {
  package var sheets: [Sheet]
  var lineCount: Int
}

private func readSlice(
  _ slice: BlockSlice, of segment: Segment, _ decoders: DecoderPool, _ drafts: SheetDrafts?
) throws -> SliceReading {
  try decoders.lend { decoder in
    let series = SheetSeries(decoder, drafts)
    let lineCount = try readLines(of: segment, slice: slice, series.decode)
    return SliceReading(sheets: series.seal(), lineCount: lineCount)
  }
}
