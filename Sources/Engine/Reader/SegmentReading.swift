import EventLog
import Reading

/// One segment of the log as it has been read.
package struct SegmentReading: Sendable {
  package var segment: Segment
  package var summary: SegmentSummary
  /// Its sheet, or of a long segment several, in order.
  package var sheets: [Sheet]
  /// What was lost; nil of a segment that is whole.
  package var salvage: SalvageRecord?

  /// How many lines were no events.
  package var refusedCount: Int { sheets.reduce(0) { $0 + $1.refusals.count } }
  package var eventCount: Int { sheets.reduce(0) { $0 + $1.lineCount } - refusedCount }
}

extension [SegmentReading] {
  /// A record for each segment; of one that was read in parts, the events of those that are known.
  package var records: [SegmentRecord] {
    reduce(into: []) { records, reading in
      if let last = records.indices.last, records[last].path == reading.segment.path {
        records[last].events += reading.eventCount
        return
      }
      records.append(
        SegmentRecord(
          path: reading.segment.path, bytes: reading.summary.byteCount,
          sha256: reading.summary.sha256, events: reading.eventCount))
    }
  }

  /// The segment of each sheet, in order.
  package var sheetPaths: [String] {
    flatMap { reading in reading.sheets.map { _ in reading.segment.path } }
  }
}
