import EventLog
import Reading
import Synchronization
import Workers

/// Reads every segment into its sheets, segments side by side, lines one after another.
///
/// A segment whose sheets are in the cache is not read again. `progress` is told the compressed
/// bytes read so far and may be called from any worker.
///
/// `cover`: of segments that it has, no events are wanted.
///
/// `events`: when those of the others are checked that come from the cache.
///
/// `vouching`: what the chain says of the segments; nil where nobody asks.
///
/// - Throws: `FileError` of the first segment that is damaged or cannot be read.
package func readSegments(
  _ segments: [Segment], form: IntakeForm = IntakeForm(), plan: ReadingPlan, cache: SheetCache?,
  cover: SheetCover? = nil, events: Sheet.EventCheck = .now, jobs: Int,
  vouching: ChainVouching? = nil,
  limit: InflationLimit = InflationLimit(),
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
    let segment = segments[index]
    let events = cover?.contains(segment: index) ?? false ? .later : events
    let read = {
      try readSegment(
        segment, decoders, form: form, cache: cache, events: events, jobs: jobs, limit: limit)
    }
    readings[index] = try vouching?.reading(of: segment, plan: plan, read) ?? read()
    let sum = bytesRead.wrappingAdd(segments[index].byteCount, ordering: .relaxed).newValue
    progress(sum)
  }
  return readings.elements
}

/// Files above this many bytes that cannot be cut are decoded by several workers while one inflates.
///
/// Below it, other segments keep the workers busy, and text need not be copied.
private let longSegmentByteCount = 96 << 20

package func readSegment(
  _ segment: Segment, _ decoders: DecoderPool, form: IntakeForm = IntakeForm(),
  cache: SheetCache?, events: Sheet.EventCheck = .now, jobs: Int, limit: InflationLimit
) throws -> SegmentReading {
  if let reading = cache?.reading(of: segment, events: events) { return reading }
  let look = FileLook(segment.file)
  let drafts = cache?.drafts()
  let reading =
    form.format == .native
    ? try readNativeSegment(segment, decoders, drafts, jobs: jobs, limit: limit)
    : try decoders.lend { try readForeignSegment(segment, $0, form: form, drafts) }
  if let drafts { cache?.keep(reading, drafts, look: look) }
  return reading
}

private func readNativeSegment(
  _ segment: Segment, _ decoders: DecoderPool, _ drafts: SheetDrafts?, jobs: Int,
  limit: InflationLimit
) throws -> SegmentReading {
  let sliced = try readSlicedSegment(
    segment, decoders, drafts: drafts, jobs: jobs, limit: limit)
  if let sliced { return sliced }
  if segment.byteCount > longSegmentByteCount {
    return try readLongSegment(segment, decoders, drafts, jobs: jobs, limit: limit)
  }
  return try decoders.lend { decoder in
    // Inflated and decoded by turns.
    let series = SheetSeries(decoder, drafts)
    let summary = try readLines(of: segment, limit: limit, series.decode)
    return SegmentReading(segment: segment, summary: summary, sheets: series.seal())
  }
}
