import Definition
import EventLog
import Reading
import Snapshots

/// Recomputes everything and publishes it as a snapshot.
///
/// - Throws: `EventLogError`, `RunError` or `Interrupted`; the last published snapshot stays as it was.
package func run(_ plan: RunPlan, notify: @escaping Notify = { _ in }) throws -> RunReport {
  let clock = StageClock(notify)
  try plan.makeReady()
  let lock = try plan.book.lock(waitMax: plan.waitMax, notify)
  defer { lock.release() }
  let folder = try WorkingFolder(plan.book.root)

  clock.start()
  let log = try KnownLog(plan)
  let byteCount = log.segments.reduce(0) { $0 + $1.byteCount }
  let reading = ReadingPlan(plan.definition)
  let cache = SheetCache(plan.book, plan: reading, form: plan.form)
  if let link = cache.linkInPlace {
    notify(
      .warning(
        "\(link): a link, which is not followed: nothing is kept of what is read",
        hint: "put a folder in its place, so that the next run need not read everything again"))
  }
  let cover = plan.mergesSheets ? log.cover(by: cache, jobs: plan.jobs) : nil
  let readings = try readSegments(
    log.segments, form: plan.form, plan: reading, cache: cache, cover: cover, jobs: plan.jobs,
    vouching: log.vouching, limit: plan.inflationLimit
  ) { notify(.reading($0, of: byteCount)) }
  let dated = try log.dated(readings, plan: reading)
  let sheets = try dated.sheets(cover, mergedBy: cache, plan: reading, jobs: plan.jobs)
  try folder.check()
  cache.tidy()
  let counts = LogCounts(dated.known.flatMap(\.sheets))
  clock.finish("read", bytes: byteCount, events: counts.read)

  let check = try selfCheck(
    readings.filter { $0.salvage == nil }, cache, plan: reading, of: plan)
  if let check { clock.finish("check", bytes: check.bytes, events: 0) }

  let quarantine = try setAside(refusedIn: dated.known, in: plan.book)
  try checkRefused(counts, shareMax: plan.refusedShareMax, quarantine: quarantine)

  let results = try Results(
    plan.definition, sheets: sheets.all, isKnown: sheets.isKnown, asOf: plan.asOf,
    jobs: plan.jobs, clock: clock)

  let salvaged = (log.vouching?.lostBefore ?? []) + readings.compactMap(\.salvage)
  var summary = Summary(results, counts)
  summary.salvaged = Summary.Salvaged(salvaged)
  if !salvaged.isEmpty {
    notify(
      .warning(
        "the log is damaged: \(salvaged.count) of its files are read in part or not at all",
        hint: "see all damage with: scorebook verify"))
  }
  try folder.check()
  let publication = try publish(
    results, summary, dated.known, salvaged, knownAt: log.knownAt, plan, clock, notify)

  var report = RunReport(
    plan, publication, knownAt: log.knownAt, quarantine: quarantine, summary: summary)
  report.segments = Set(dated.known.map(\.segment)).count
  report.logBytes = byteCount
  report.salvaged = salvaged.isEmpty ? nil : salvaged
  report.selfCheck = check
  report.prune(plan)
  report.stages = clock.stages
  return report
}
