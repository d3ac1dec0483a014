import Definition
import EventLog
import Foundation
import Reading
import Snapshots

/// What a run is to do, with everything resolved that was typed.
package struct RunPlan: Sendable {
  package var book: Book
  /// The log to read; the book's own unless told otherwise.
  package var log: String
  /// What the log's files are: the log's own format, or another that is read in place.
  package var form: IntakeForm
  /// Which files of the log are read where it is of another format; those with its usual names if empty.
  package var filePatterns: [String]
  package var definition: Definition
  package var asOf: Milliseconds
  package var jobs: Int
  /// The share of the lines read that may be refused, 0 to 1.
  package var refusedShareMax: Double

  package init(
    book: Book, log: String? = nil, form: IntakeForm = IntakeForm(), filePatterns: [String] = [],
    definition: Definition, asOf: Milliseconds,
    jobs: Int = processorCount, refusedShareMax: Double = 0.01
  ) {
    self.book = book
    self.log = log ?? book.log
    self.form = form
    self.filePatterns = filePatterns
    self.definition = definition
    self.asOf = asOf
    precondition(jobs >= 1, "a run has at least one worker; the command line sees to it")
    self.jobs = jobs
    self.refusedShareMax = refusedShareMax
  }
}

extension RunPlan {
  /// Makes the book's folder where another log is read into it; a book of its own must be there.
  fileprivate func makeReady() throws {
    if log != book.log { return try book.makeFolder(book.root) }
    guard FileManager.default.fileExists(atPath: book.root) else {
      throw RunError(
        .noInput, "\(book.root): no such book", hint: "make one with: scorebook init \(book.root)")
    }
  }
}

extension RunPlan {
  /// Returns the files of the log, of which there is at least one.
  fileprivate func listSegments() throws -> [Segment] {
    let isForeign = form.format != .native
    let segments =
      isForeign
      ? try listForeignFiles(in: log, form: form, patterns: filePatterns)
      : try EventLog.listSegments(in: log)
    // A mount that has vanished looks like this: no reason to publish that nobody is known.
    guard segments.isEmpty else { return segments }
    let patterns = filePatterns.isEmpty ? form.format.filePatterns : filePatterns
    throw RunError(
      .noInput, "\(log): there are no \(isForeign ? "files to read" : "segments")",
      hint: isForeign
        ? "looked for \(patterns.joined(separator: ", ")); say with --files which ones to read"
        : "append events first, or name another --log")
  }
}

/// Recomputes everything and publishes it as a snapshot.
///
/// `progress`: told how many of the log's bytes have been read, and of how many.
///
/// - Throws: `EventLogError` or `RunError`; the last published snapshot stays as it was.
package func run(
  _ plan: RunPlan, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
) throws -> RunReport {
  let clock = StageClock()
  try plan.makeReady()
  let lock = try BookLock(book: plan.book.root)
  defer { lock.release() }

  let segments = try plan.listSegments()
  let byteCount = segments.reduce(0) { $0 + $1.byteCount }
  let reading = ReadingPlan(plan.definition)
  let cache = SheetCache(plan.book, plan: reading, form: plan.form)
  let readings = try readSegments(
    segments, form: plan.form, plan: reading, cache: cache, jobs: plan.jobs
  ) { progress($0, byteCount) }
  cache.tidy()
  let sheets = readings.flatMap(\.sheets)
  let log = LogCounts(sheets)
  clock.finish("read", bytes: byteCount, events: log.read)

  let quarantine = try setAside(refusedIn: readings, in: plan.book)
  try checkRefused(log, limit: plan.refusedShareMax, quarantine: quarantine)

  let results = try Results(
    plan.definition, sheets: sheets, asOf: plan.asOf, jobs: plan.jobs, clock: clock)

  let summary = Summary(results, log)
  let snapshot = try publish(results, summary, readings, plan)
  clock.finish("publish", bytes: snapshot.byteCount, events: results.leadCount)

  return RunReport(
    snapshot: "\(plan.book.snapshots)/\(snapshot.name)", quarantine: quarantine, summary: summary,
    segments: segments.count, logBytes: byteCount, stages: clock.stages)
}

private func checkRefused(_ log: LogCounts, limit: Double, quarantine: String?) throws {
  guard log.refused > 0, Double(log.refused) > limit * Double(log.read) else { return }
  let share = Double(log.refused) / Double(log.read) * 100
  throw RunError(
    .badData,
    "\(log.refused) of \(log.read) lines (\(rounded(share))%) are refused; at most "
      + "\(rounded(limit * 100))% may be; nothing was published",
    hint: "see \(quarantine ?? "the quarantine") for each line and its reason, "
      + "then mend the log or raise --max-refused")
}

private func rounded(_ percent: Double) -> String {
  shortestDecimal((percent * 100).rounded() / 100)
}

/// Writes every refused line into the book's quarantine; returns the file, nil without any.
private func setAside(refusedIn readings: [SegmentReading], in book: Book) throws -> String? {
  let path = "\(book.quarantine)/run.ndjson"
  guard readings.contains(where: { $0.refusedCount > 0 }) else {
    // What an earlier run set aside is no longer so.
    unlink(path)
    return nil
  }
  try book.makeFolder(book.quarantine)
  let file = try QuarantineFile(to: path)
  for reading in readings {
    for sheet in reading.sheets {
      for refusal in sheet.refusals {
        try file.add(
          line: sheet.text(of: refusal), byteCount: Int(refusal.byteCount),
          source: reading.segment.path, number: sheet.lineBase + Int(refusal.line),
          reason: refusal.reason.name)
      }
    }
  }
  try file.commit()
  return path
}

private func publish(
  _ results: Results, _ summary: Summary, _ readings: [SegmentReading], _ plan: RunPlan
) throws -> (name: String, byteCount: Int) {
  let manifest = Manifest(
    engine: engineVersion, asOf: plan.asOf, definition: plan.definition,
    from: plan.form.format == .native ? nil : plan.form.text,
    segments: readings.map { reading in
      .init(
        path: reading.segment.path, bytes: reading.summary.byteCount,
        sha256: reading.summary.sha256,
        events: reading.eventCount)
    })
  let asOfName = timeText(milliseconds: plan.asOf).prefix(19).filter { $0 != "-" && $0 != ":" }
  let draft = try SnapshotDraft(
    in: plan.book.snapshots, asOfName: asOfName + "Z", manifest: manifest)
  try results.write(to: draft, summary: summary, jobs: plan.jobs)
  return (try draft.publish(), draft.byteCount)
}
