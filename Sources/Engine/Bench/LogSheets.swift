import Definition
import EventLog
import Reading
import Snapshots

/// A log's sheets under one reading half, and which of them are known as of the known-at.
struct LogSheets: Sendable {
  let all: [Sheet]
  let isKnown: [Bool]?
  /// Of what is known; events may be in merged sheets alone.
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
    let cache = SheetCache(book, plan: plan)
    let cover = log.cover(by: cache, jobs: jobs)
    let readings = try readings(plan, cache, cover: cover)
    let dated = try log.dated(readings, plan: plan)
    let sheets = try dated.sheets(cover, mergedBy: cache, plan: plan, jobs: jobs)
    cache.remember()
    return LogSheets(
      all: sheets.all, isKnown: sheets.isKnown, readings: dated.known,
      counts: LogCounts(dated.known.flatMap(\.sheets)))
  }

  /// The sheets of each segment, which are not to be asked for events.
  func readingsWithoutEvents(for plan: ReadingPlan) throws -> [SegmentReading] {
    let cache = SheetCache(book, plan: plan)
    defer { cache.remember() }
    return try log.dated(readings(plan, cache, events: .later), plan: plan).known
  }

  private func readings(
    _ plan: ReadingPlan, _ cache: SheetCache, cover: SheetCover? = nil,
    events: Sheet.EventCheck = .now
  ) throws -> [SegmentReading] {
    let byteCount = log.segments.reduce(0) { $0 + $1.byteCount }
    let notify = notify
    return try readSegments(
      log.segments, plan: plan, cache: cache, cover: cover, events: events, jobs: jobs,
      vouching: log.vouching
    ) {
      notify(.reading($0, of: byteCount))
    }
  }
}
