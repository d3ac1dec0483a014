import Definition
import Engine
import EventLog
import Files
import Reading

/// How a self-check went.
package struct SelfCheckReport: Codable, Sendable {
  /// How many segments were read again.
  package var segments: Int
  package var bytes: Int
}

/// Reads a sample of the segments again, without the cache, and compares with what the run has of them.
///
/// The sample is a matter of the as-of: the same again for the same night, another one the next, so that
/// in time every segment has its turn.
///
/// - Throws: `RunError` at the first difference.
func selfCheck(
  _ readings: [SegmentReading], _ cache: SheetCache, plan: ReadingPlan, of run: RunPlan
) throws -> SelfCheckReport? {
  let share = run.selfCheckShare
  guard share > 0, !readings.isEmpty else { return nil }
  let count = min(readings.count, max(1, Int((share * Double(readings.count)).rounded(.up))))
  let sample = readings.map { reading in
    (turn: SHA256Hasher.hex(of: "\(run.asOf) \(reading.segment.path)"), reading: reading)
  }.sorted { $0.turn < $1.turn }.prefix(count).map(\.reading)
  let segments = sample.map(\.segment)
  let again = try readSegments(
    segments, form: run.log.form, plan: plan, cache: nil, jobs: run.log.jobs
  ) { _ in }
  for (found, wanted) in zip(sample, again) {
    // Of a segment that a merged sheet has, the cache has been asked for no events yet; what is not whole
    // there would be read again.
    let hasEvents = found.sheets.allSatisfy(\.hasEvents)
    let kept = hasEvents ? found : cache.reading(of: found.segment) ?? wanted
    if found.summary.sha256 == wanted.summary.sha256, kept.isSame(as: wanted) { continue }
    throw RunError(
      .different,
      "\(found.segment.file): read again, it is not what the cache has of it; nothing was published",
      hint:
        "run again after: scorebook cache --clear; if it happens twice, suspect disk or memory, "
        + "and see whether the file was changed in place")
  }
  return SelfCheckReport(
    segments: segments.count, bytes: segments.reduce(0) { $0 + $1.byteCount })
}

extension SegmentReading {
  fileprivate func isSame(as other: SegmentReading) -> Bool {
    summary.sha256 == other.summary.sha256 && sheets.count == other.sheets.count
      && zip(sheets, other.sheets).allSatisfy { sheet, other in
        sheet.region.count == other.region.count && sheet.region.elementsEqual(other.region)
      }
  }
}
