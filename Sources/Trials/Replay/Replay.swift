import Definition
import Engine
import Files
import Notation
import Reading
import Snapshots

/// What a replay found: the report and, where every change is wanted, the rows of `changes.csv`.
package struct Replayed {
  package let report: ReplayReport
  package let changes: [UInt8]
}

/// Recomputes with other values and tells what moves; nothing is published, no lock is taken.
///
/// - Throws: `FileError`, `RunError`, `DefinitionFaults` or `Interrupted`.
package func replay(_ plan: ReplayPlan, notify: @escaping Notify = { _ in }) throws -> Replayed {
  let unchanged = try loadDefinition(plan.file)
  let (definition, applied) = try unchanged.set(plan.settings, file: plan.file)
  let sides = try plan.book.besideWriters(log: plan.log) {
    try ReplaySides(plan, unchanged: unchanged, definition, notify)
  }
  var report = try sides.report(definition, applied)
  if let out = plan.out {
    try keep(definition, sides.sheets, sides.reader, asOf: sides.times.asOf, at: out)
    report.out = out
  }
  if let save = plan.save {
    try AtomicFile.write(Array(definition.text.utf8), to: save)
    report.save = save
  }
  return Replayed(
    report: report, changes: try plan.keepsChanges ? sides.rows(plan) : [])
}

/// Both sides of a replay, read from one state of the log and one snapshot, and compared.
struct ReplaySides {
  let counterpart: Counterpart
  let times: (asOf: Milliseconds, before: Milliseconds, knownAt: Milliseconds?)
  let reader: LogReader
  let sheets: LogSheets
  let before: MoverParts.Side
  let after: MoverParts.Side
  let comparison: ReplayComparison

  init(
    _ plan: ReplayPlan, unchanged: Definition, _ definition: Definition,
    _ notify: @escaping Notify
  ) throws {
    counterpart = try Counterpart(plan, unchanged: unchanged)
    let hold = try counterpart.hold(in: plan.book)
    defer { hold?.release() }
    try counterpart.checkLog(plan)
    times = try counterpart.times(plan)
    reader = try LogReader(
      Log(of: plan.book, root: plan.log, knownAt: times.knownAt, jobs: plan.jobs), notify: notify)
    sheets = try reader.sheets(for: ReadingPlan(definition))
    let log = try GatheredLog(definition, sheets, asOf: times.asOf, jobs: plan.jobs)
    after = MoverParts.Side(log, log.variant(definition))
    before = try counterpart.side(beside: after, reader, sheets, asOf: times.before)
    comparison = try counterpart.compare(
      before, after, namedMax: plan.namedMax, keepsChanges: plan.keepsChanges)
  }

  /// Of sides that somebody keeps.
  init(
    _ counterpart: Counterpart, _ reader: LogReader, _ sheets: LogSheets,
    before: MoverParts.Side, after: MoverParts.Side, namedMax: Int, keepsChanges: Bool
  ) throws {
    self.counterpart = counterpart
    (self.reader, self.sheets, self.before, self.after) = (reader, sheets, before, after)
    times = (after.log.asOf, before.log.asOf, nil)
    comparison = try counterpart.compare(
      before, after, namedMax: namedMax, keepsChanges: keepsChanges)
  }

  /// What a definition comes to beside the other side.
  func report(_ definition: Definition, _ applied: [AppliedSetting]) throws -> ReplayReport {
    var report = ReplayReport(
      definition, applied, comparison, MoverParts(before: before, after: after))
    report.against = counterpart.words(asOf: times.before)
    report.asOf = timeText(milliseconds: times.asOf)
    report.knownAt = reader.known.knownAt.map { timeText(milliseconds: $0) }
    report.readsAnew = before.log !== after.log && before.reads != after.reads
    let regrouping = Regrouping(before: before.log, after: after.log)
    (report.together, report.apart) = (regrouping?.together, regrouping?.apart)
    report.examples.failing = try failures(ofExamplesIn: definition).map(\.example).uniqued()
    return report
  }

  /// Every change as a row.
  func rows(_ plan: ReplayPlan) throws -> [UInt8] {
    var earlier = ReplayPlan.Earlier(definition: counterpart.definition, asOf: times.before)
    if case .snapshot(_, _, let manifest, _) = counterpart { earlier.manifest = manifest }
    let reasons = plan.reasons?(after.log, sheets, reader, earlier)
    return try comparison.rows(reasons, jobs: plan.jobs)
  }
}

extension Definition {
  /// Sets values as a command line gives them.
  ///
  /// - Throws: `RunError` where a path leads nowhere, `DefinitionFaults` where a value is wrong.
  func set(
    _ settings: [Setting], file: String
  ) throws -> (Definition, [AppliedSetting]) {
    do {
      return try setting(settings, file: file)
    } catch let fault as SettingFault {
      throw RunError(.usage, fault.message, hint: fault.hint)
    }
  }
}

extension MoverParts.Side {
  /// What decides how the log is read.
  fileprivate var reads: String { ReadingPlan(variant.judge.definition).fingerprint }
}

extension Counterpart {
  /// Keeps a snapshot of the book from being pruned while it is compared with.
  fileprivate func hold(in book: Book) throws -> SnapshotHold? {
    guard case .snapshot(_, let name, _, _) = self,
      let snapshot = PublishedSnapshot(name, in: book.snapshots)
    else { return nil }
    return try SnapshotHold(snapshot)
  }

  /// Makes sure that the book's own log, where no other is named, is the one a snapshot was made from.
  fileprivate func checkLog(_ plan: ReplayPlan) throws {
    // What was read in the format of another program may have been appended since.
    guard case .snapshot(_, let name, let manifest, _) = self, plan.log == plan.book.log,
      manifest.from == nil
    else { return }
    try manifest.checkLog(plan.log, of: "snapshot \(name)")
  }

  /// The times of the two sides: those of a snapshot are its own, a definition's those of the latest one.
  fileprivate func times(
    _ plan: ReplayPlan
  ) throws -> (asOf: Milliseconds, before: Milliseconds, knownAt: Milliseconds?) {
    switch self {
    case .definition:
      let latest = LatestLink.snapshot(in: plan.book.snapshots)?.manifest.asOf
      let asOf = plan.asOf ?? latest.flatMap { eventTime($0) } ?? currentMilliseconds()
      return (asOf, asOf, plan.knownAt)
    case .snapshot(let folder, _, let manifest, _):
      guard let before = eventTime(manifest.asOf) else {
        throw FileError(
          .damaged, path: "\(folder)/manifest.json", message: "its as-of is no time")
      }
      return (
        plan.asOf ?? before, before, plan.knownAt ?? manifest.knownAt.flatMap { eventTime($0) }
      )
    }
  }

  /// Where leads are judged as they were before: on the same gathered log where that is the same.
  fileprivate func side(
    beside after: MoverParts.Side, _ reader: LogReader, _ sheets: LogSheets, asOf: Milliseconds
  ) throws -> MoverParts.Side {
    let (plan, other) = (ReadingPlan(definition), after.variant.judge.definition)
    if asOf == after.log.asOf, definition.gathersAlike(other) {
      return MoverParts.Side(after.log, after.log.variant(definition))
    }
    let isReadAlike = plan.fingerprint == ReadingPlan(other).fingerprint
    let log = try GatheredLog(
      definition, isReadAlike ? sheets : reader.sheets(for: plan), asOf: asOf,
      jobs: after.log.jobs)
    return MoverParts.Side(log, log.variant(definition))
  }

  fileprivate func compare(
    _ before: MoverParts.Side, _ after: MoverParts.Side, namedMax: Int, keepsChanges: Bool
  ) throws -> ReplayComparison {
    if case .definition = self, before.log === after.log {
      return try ReplayComparison(
        on: after.log, before: before.variant, after: after.variant, namedMax: namedMax,
        keepsChanges: keepsChanges)
    }
    let shape = ComparisonShape(before: before.variant.names, after: after.variant.names)
    let (afterRows, afterAccounts) = try after.rows(shape)
    let (beforeRows, beforeAccounts): (any RowSource, AccountMembers)
    switch self {
    case .definition: (beforeRows, beforeAccounts) = try before.rows(shape)
    case .snapshot(let folder, _, let manifest, let definition):
      let files = ComparedFiles(folder: folder, manifest.files)
      beforeRows = SnapshotLeads(files, shape)
      beforeAccounts = try AccountMembers(files, of: definition)
    }
    var comparison = try ReplayComparison(
      shape, beforeRows, afterRows, namedMax: namedMax, keepsChanges: keepsChanges,
      jobs: after.log.jobs)
    comparison.accounts = (beforeAccounts, afterAccounts)
    return comparison
  }

  fileprivate func words(asOf: Milliseconds) -> ReplayReport.Against {
    let time = timeText(milliseconds: asOf)
    return switch self {
    case .definition(let definition, let file):
      .init(name: file, isSnapshot: false, definition: definition.name, asOf: time)
    case .snapshot(_, let name, _, let definition):
      .init(name: name, isSnapshot: true, definition: definition.name, asOf: time)
    }
  }
}

extension MoverParts.Side {
  /// Judges all leads and puts them in order; also tells which accounts are on what.
  fileprivate func rows(_ shape: ComparisonShape) throws -> (JudgedRows, AccountMembers) {
    let variant = variant
    let fold = try log.fold([variant], addsUpAccounts: true) { RowWitness(shape, variant) }
    let rows = try JudgedRows(
      fold.witnesses.map(\.table), shape, accounts: log.set.accounts, jobs: log.jobs)
    return (rows, fold.accounts[0])
  }
}

/// Writes the results as a snapshot in a folder of its own.
private func keep(
  _ definition: Definition, _ sheets: LogSheets, _ reader: LogReader, asOf: Milliseconds,
  at place: String
) throws {
  let manifest = Manifest(
    engine: engineVersion, asOf: asOf, knownAt: reader.known.knownAt,
    definition: .init(
      name: definition.name, text: definition.text,
      freeMail: definition.freeMail),
    segments: sheets.pieces.known.records)
  let draft = try SnapshotDraft(keptAt: place, manifest: manifest)
  let jobs = reader.log.jobs
  let results = try Results(definition, sheets, asOf: asOf, jobs: jobs)
  try draft.write(results.tableGroups, summary: Summary(results, sheets.counts), jobs: jobs)
  try draft.keep()
}

extension [String] {
  fileprivate func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
