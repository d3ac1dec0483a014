import EventLog
import Intake
import Reading

/// Reads what is whole of a damaged segment, and what nothing vouches for but still inflates.
///
/// The reading is never kept in the cache: a sheet there stands for a whole segment.
func salvage(
  _ segment: Segment, plan: ReadingPlan, record: ChainAudit.Record?, reason: String
) throws -> SegmentReading {
  let map = segment.isCompressed ? try mapMembers(of: segment) : nil
  let series = SheetSeries(SegmentDecoder(plan: plan))
  let summary =
    if let map {
      try readSalvagedLines(of: segment, map: map, series.decode)
    } else {
      try readLines(of: segment, series.decode)
    }
  var loss = SalvageRecord(path: segment.path, reason: reason)
  loss.lines = summary.lineCount
  if let map {
    for stretch in map.stretches where stretch.condition == .unchecked {
      loss.uncheckedLines += stretch.lineCount
    }
    loss.lost = map.losses(lineCount: record?.events).filter { !$0.isRead }.map {
      SalvageRecord.Loss(
        fromByte: $0.bytes.lowerBound, toByte: $0.bytes.upperBound, fromLine: $0.fromLine,
        toLine: $0.toLine, reason: $0.reason)
    }
  }
  // Sound by itself, but not the file that was appended: the chain vouches for none of it.
  if loss.lost.isEmpty, loss.uncheckedLines == 0 { loss.uncheckedLines = loss.lines }
  var reading = SegmentReading(segment: segment, summary: summary, sheets: series.seal())
  loss.missingEvents = record.map { max(0, $0.events - reading.eventCount) }
  reading.salvage = loss
  return reading
}
