import Definition
import EventLog
import Reading
import Synchronization

/// One segment of the log as a run has read it.
package struct SegmentReading: Sendable {
  package var segment: Segment
  package var summary: SegmentSummary
  /// Its sheet, or of a long segment several, in order.
  package var sheets: [Sheet]

  /// How many lines were no events.
  var refusedCount: Int { sheets.reduce(0) { $0 + $1.refusals.count } }
  var eventCount: Int { sheets.reduce(0) { $0 + $1.lineCount } - refusedCount }
}

/// Reads every segment into its sheets, segments side by side, lines one after another.
///
/// A segment whose sheets are in the cache is not read again. `progress` is told the compressed
/// bytes read so far and may be called from any worker.
///
/// - Throws: `EventLogError` of the first segment that is damaged or cannot be read.
func readSegments(
  _ segments: [Segment], form: IntakeForm = IntakeForm(), plan: ReadingPlan, cache: SheetCache?,
  jobs: Int,
  progress: @escaping @Sendable (Int) -> Void
) throws -> [SegmentReading] {
  let readings = Slots<SegmentReading>(segments.count)
  // Large segments first, so that no worker is left alone with one at the end.
  let order = segments.indices.sorted {
    (segments[$1].byteCount, $0) < (segments[$0].byteCount, $1)
  }
  let decoders = DecoderPool(plan: plan)
  let bytesRead = Atomic<Int>(0)
  try parallel(segments.count, jobs: jobs) { turn in
    let index = order[turn]
    readings[index] = try readSegment(
      segments[index], decoders, form: form, cache: cache, jobs: jobs)
    let sum = bytesRead.wrappingAdd(segments[index].byteCount, ordering: .relaxed).newValue
    progress(sum)
  }
  return readings.elements
}

/// Files above this many bytes that cannot be cut are decoded by several workers while one inflates.
///
/// Below it, other segments keep the workers busy, and text need not be copied.
private let longSegmentByteCount = 96 << 20

private func readSegment(
  _ segment: Segment, _ decoders: DecoderPool, form: IntakeForm, cache: SheetCache?, jobs: Int
) throws -> SegmentReading {
  if let reading = cache?.reading(of: segment) { return reading }
  let look = FileLook(segment.file)
  let drafts = cache?.drafts()
  let reading =
    form.format == .native
    ? try readNativeSegment(segment, decoders, drafts, jobs: jobs)
    : try decoders.lend { try readForeignSegment(segment, $0, form: form, drafts) }
  if let drafts { cache?.keep(reading, drafts, look: look) }
  return reading
}

private func readNativeSegment(
  _ segment: Segment, _ decoders: DecoderPool, _ drafts: SheetDrafts?, jobs: Int
) throws -> SegmentReading {
  if let reading = try readSlicedSegment(segment, decoders, drafts: drafts, jobs: jobs) {
    return reading
  }
  if segment.byteCount > longSegmentByteCount {
    return try readLongSegment(segment, decoders, drafts, jobs: jobs)
  }
  return try decoders.lend { try readShortSegment(segment, $0, drafts) }
}

/// Inflates and decodes by turns, into one sheet, or several of a segment with much text in it.
private func readShortSegment(
  _ segment: Segment, _ decoder: SegmentDecoder, _ drafts: SheetDrafts?
) throws -> SegmentReading {
  var sheets: [Sheet] = []
  let summary = try readLines(of: segment) { batch in
    decoder.decode(batch)
    if decoder.isFull { sheets.append(decoder.seal(placing: drafts.placing)) }
  }
  sheets.append(decoder.seal(placing: drafts.placing))
  return SegmentReading(segment: segment, summary: summary, sheets: sheets)
}
