import Definition
import Engine
import Files
import Reading

/// Recomputes everything and publishes it as a snapshot.
///
/// - Throws: `FileError`, `RunError` or `Interrupted`; the last published snapshot stays as it was.
package func run(_ plan: RunPlan, notify: @escaping Notify = { _ in }) throws -> RunReport {
  let clock = StageClock(notify)
  try plan.log.makeReady()
  let lock = try plan.book.lock(waitMax: plan.waitMax, notify)
  defer { lock.release() }
  let folder = try WorkingFolder(plan.book.root)

  let reading = ReadingPlan(plan.definition)
  let (reader, sheets, check) = try plan.book.besideWriters(log: plan.log.root) {
    try read(plan, reading, folder, clock, notify)
  }
  let counts = sheets.counts

  let quarantine = try setAside(refusedIn: sheets.pieces.known, in: plan.book)
  try checkRefused(counts, shareMax: plan.refusedShareMax, quarantine: quarantine)

  let results = try Results(
    plan.definition, sheets, asOf: plan.asOf, knownAt: reader.known.knownAt, jobs: plan.jobs,
    clock: clock)

  let salvaged = sheets.losses
  var summary = Summary(results, counts)
  summary.salvaged = Summary.Salvaged(salvaged)
  if !salvaged.isEmpty {
    notify(
      .warning(
        "the log is damaged: \(salvaged.count) of its files are read in part or not at all",
        hint: "see all damage with: scorebook verify"))
  }
  try folder.check()
  let publication = try publish(results, summary, sheets, reader, plan, clock, notify)

  var report = RunReport(
    plan, publication, knownAt: reader.known.knownAt, quarantine: quarantine, summary: summary)
  report.take(ignored: counts, by: plan.definition)
  report.take(results)
  report.take(results.log.identities.idleWithdraws)
  report.segments = Set(sheets.pieces.known.map(\.segment)).count
  report.logBytes = reader.byteCount
  report.salvaged = salvaged.isEmpty ? nil : salvaged
  report.selfCheck = check
  report.prune(plan)
  report.stages = clock.stages
  return report
}

/// Reads the log, and a sample of it once more; of another book's log its writers know nothing of this one.
private func read(
  _ plan: RunPlan, _ reading: ReadingPlan, _ folder: WorkingFolder, _ clock: StageClock,
  _ notify: @escaping Notify
) throws -> (LogReader, LogSheets, SelfCheckReport?) {
  // A book that was renamed is told so, however its log looks by then.
  try folder.check()
  clock.start()
  let reader = try LogReader(plan.log, notify: notify)
  let cache = reader.cache(for: reading)
  if let link = cache.linkInPlace {
    notify(
      .warning(
        "\(link): a link, which is not followed: nothing is kept of what is read",
        hint: "put a folder in its place, so that the next run need not read everything again"))
  }
  let sheets = try reader.sheets(for: reading, plan.cached, tidying: cache, of: folder)
  clock.finish("read", bytes: reader.byteCount, events: sheets.counts.read)

  let check = try selfCheck(
    sheets.readings.filter { $0.salvage == nil }, cache, plan: reading, of: plan)
  if let check { clock.finish("check", bytes: check.bytes, events: 0) }
  return (reader, sheets, check)
}
