import Definition
import EventLog
import Reading
import Snapshots

/// A log's sheets under one reading half, and which of them are known as of the known-at.
struct LogSheets: Sendable {
  let all: [Sheet]
  let isKnown: [Bool]?
  let readings: [SegmentReading]
  let counts: LogCounts
}

/// Reads a log beside whoever writes to it: without the lock, and publishing nothing.
///
/// Sheets that are not there yet are kept for the next time.
struct LogReader: Sendable {
  let book: Book
  let log: KnownLog
  let jobs: Int
  let notify: Notify

  /// `plan`: says which log, and what of it is known.
  init(_ plan: RunPlan, notify: @escaping Notify) throws {
    book = plan.book
    log = try KnownLog(plan)
    jobs = plan.jobs
    self.notify = notify
  }

  func sheets(for plan: ReadingPlan) throws -> LogSheets {
    let byteCount = log.segments.reduce(0) { $0 + $1.byteCount }
    let cache = SheetCache(book, plan: plan)
    let notify = notify
    let readings = try readSegments(
      log.segments, plan: plan, cache: cache, merges: cache.mergedDigests, jobs: jobs
    ) {
      notify(.reading($0, of: byteCount))
    }
    let dated = try log.dated(readings, plan: plan)
    let sheets = try dated.sheets(mergedBy: cache, plan: plan, jobs: jobs)
    cache.remember()
    return LogSheets(
      all: sheets.all, isKnown: sheets.isKnown, readings: dated.known,
      counts: LogCounts(dated.known.flatMap(\.sheets)))
  }
}
