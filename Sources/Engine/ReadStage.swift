import Definition
import EventLog
import Reading
import Synchronization

/// One segment of the log as a run has read it.
package struct SegmentReading: Sendable {
  package var segment: Segment
  package var summary: SegmentSummary
  package var sheet: Sheet
}

/// Reads every segment into its sheet, segments side by side, lines one after another; a segment
/// whose sheet is in the cache is not read again.
///
/// `progress`: told the compressed bytes read so far; may be called from any worker.
///
/// - Throws: `EventLogError` of the first segment that is damaged or cannot be read.
func readSegments(
  _ segments: [Segment], plan: ReadingPlan, cache: SheetCache?, jobs: Int,
  progress: @escaping @Sendable (Int) -> Void
) throws -> [SegmentReading] {
  let readings = Slots<SegmentReading>(segments.count)
  // Large segments first, so that no worker is left alone with one at the end.
  let order = segments.indices.sorted {
    (segments[$1].byteCount, $0) < (segments[$0].byteCount, $1)
  }
  let bytesRead = Atomic<Int>(0)
  try parallel(segments.count, jobs: jobs) { turn in
    let index = order[turn]
    readings[index] = try readSegment(segments[index], plan: plan, cache: cache)
    let sum = bytesRead.wrappingAdd(segments[index].byteCount, ordering: .relaxed).newValue
    progress(sum)
  }
  return readings.elements
}

private func readSegment(
  _ segment: Segment, plan: ReadingPlan, cache: SheetCache?
) throws -> SegmentReading {
  if let reading = cache?.reading(of: segment) { return reading }
  let look = FileLook(segment.file)
  let decoder = SegmentDecoder(plan: plan)
  let summary = try readLines(of: segment) { batch in
    if batch.isOverlong {
      decoder.refuseOverlong(batch.bytes, byteCount: batch.byteCount, line: batch.firstLine)
    } else {
      decoder.decode(batch.bytes, firstLine: batch.firstLine)
    }
  }
  let reading = SegmentReading(segment: segment, summary: summary, sheet: decoder.seal())
  cache?.keep(reading, look: look)
  return reading
}
