import Audit
import Definition
import Engine
import EventLog
import Files
import Notation
import Snapshots

/// What was published.
struct Publication {
  var draft: PublishedDraft
  var byteCount: Int
  /// What is new since the snapshot before; nil where there is none to compare with.
  var changes: Changes?
}

/// Writes the results as a snapshot, tells what is new in it, and publishes it.
func publish(
  _ results: Results, _ summary: Summary, _ sheets: LogSheets, _ reader: LogReader,
  _ plan: RunPlan, _ clock: StageClock, _ notify: Notify
) throws -> Publication {
  let (readings, salvaged) = (sheets.pieces.known, sheets.losses)
  var manifest = Manifest(
    engine: engineVersion, asOf: plan.asOf, knownAt: reader.known.knownAt,
    definition: .init(
      name: plan.definition.name, text: plan.definition.text,
      freeMail: plan.definition.freeMail),
    from: plan.log.form.format == .native ? nil : plan.log.form.text,
    segments: readings.records)
  manifest.salvaged = salvaged.isEmpty ? nil : salvaged
  // Chosen before anything is written, so that a wrong --since costs nothing.
  let earlier = try earlierSnapshot(of: plan)
  let asOfName = timeText(milliseconds: plan.asOf).prefix(19).filter { $0 != "-" && $0 != ":" }
  let draft = try SnapshotDraft(
    in: plan.book.snapshots, asOfName: asOfName + "Z", manifest: manifest)
  try draft.write(results.tableGroups, summary: summary, jobs: plan.jobs)
  if plan.wantsLedger {
    try results.writeLedger(to: draft, readings, form: plan.log.form, jobs: plan.jobs)
  }
  clock.finish("write", bytes: draft.byteCount, events: results.leadCount)
  let changes = try earlier.flatMap {
    try compare(draft, with: $0, results, sheets, reader, plan, notify)
  }
  if let changes { clock.finish("compare", bytes: changes.file.bytes, events: changes.file.rows) }
  let published = try draft.publish(movesLatest: plan.movesLatest)
  clock.finish("publish", bytes: draft.byteCount, events: results.leadCount)
  if let standing = published.latestStays { notify(.latestStays(standing, plan)) }
  return Publication(draft: published, byteCount: draft.byteCount, changes: changes)
}

extension Notice {
  fileprivate static func latestStays(_ standing: StandingLatest, _ plan: RunPlan) -> Notice {
    .warning(
      "\(plan.book.snapshots)/latest stays with \(standing.snapshot) of the definition "
        + "'\(standing.definition)'; this snapshot is of '\(plan.definition.name)'",
      hint: "to have readers of latest see it, and those that follow, run once with --latest")
  }
}

/// The snapshot that changes are told since: the one named, or of the same definition the one with the
/// latest as-of before this one's.
private func earlierSnapshot(of plan: RunPlan) throws -> PublishedSnapshot? {
  let root = plan.book.snapshots
  if let name = plan.since {
    guard let snapshot = PublishedSnapshot(name, in: root), try exists(snapshot.path) else {
      throw RunError(
        .noInput, "--since: \(root) has no snapshot '\(name)'",
        hint: "see what there is with: scorebook snapshots --book \(plan.book.root)")
    }
    _ = try snapshot.manifest()
    return snapshot
  }
  return try PublishedSnapshots(in: root).latest(
    of: plan.definition.name, before: timeText(milliseconds: plan.asOf))
}

/// Tells what is new, and makes sure that the earlier snapshot is what it was.
///
/// One that somebody damaged is no reason to go without tonight's.
private func compare(
  _ draft: SnapshotDraft, with earlier: PublishedSnapshot, _ results: Results,
  _ sheets: LogSheets, _ reader: LogReader, _ plan: RunPlan, _ notify: Notify
) throws -> Changes? {
  do {
    let since = try EarlierSnapshot(earlier)
    let before = try? AuditSubject(snapshot: earlier.path, of: plan.book)
    return try draft.compare(
      with: since,
      letters: GradeLetters(
        before: before?.definition.letters ?? [:], after: plan.definition.letters),
      limitedLists: plan.definition.limitedAccountLists.union(
        before?.definition.limitedAccountLists ?? []),
      before.map { ChangeMoments(results.log, sheets, reader, since: $0) }, jobs: plan.jobs)
  } catch let error as FileError where error.path.hasPrefix(earlier.path) {
    draft.forgetChanges()
    notify(
      .warning(
        "\(error); so there is no changes.csv",
        hint: "scorebook run --as-of \(timeText(milliseconds: earlier.asOf)) brings it back"))
    return nil
  }
}

extension Definition {
  /// By grade, its letters, the best first.
  fileprivate var letters: [String: [String]] {
    Dictionary(grades.map { ($0.name, $0.letters) }, uniquingKeysWith: { $1 })
  }
}
