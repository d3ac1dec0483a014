import Audit
import Definition
import Engine
import Files
import Judging
import Notation
import Reading
import Snapshots
import Tables
import Trials

/// Whose book is explored, and how.
package struct ExplorerPlan: Sendable {
  package var book: Book
  /// The log to read; the book's own unless told otherwise.
  package var log: String
  /// The attribute that people are called by; their key unless told otherwise.
  package var name: String?
  package var jobs: Int

  package init(book: Book, log: String? = nil, name: String? = nil, jobs: Int = processorCount) {
    self.book = book
    self.log = log ?? book.log
    self.name = name
    self.jobs = jobs
  }
}

/// A book's latest snapshot, replayed from its log and kept in memory, so that questions are answered at once.
final class LoadedBook: Sendable {
  let plan: ExplorerPlan
  /// What stood in the book when it was loaded.
  let sight: ExplorerSight
  let subject: AuditSubject
  let live: LiveReplay
  let log: GatheredLog
  let judge: Judge
  let leads: RowStore
  let accounts: RowStore
  let eventCount: Int
  /// What became of every line.
  let events: Summary.Events
  let refused: [RefusedLines]
  /// The column that people are called by.
  let nameColumn: TableColumn?
  /// By the text of a condition, the leads that meet it.
  let filters = FilterCache()

  /// - Throws: `FileError`, `RunError` or `DefinitionFaults`.
  init(_ plan: ExplorerPlan, notify: @escaping Notify) throws {
    self.plan = plan
    sight = ExplorerSight(plan)
    let book = plan.book
    var subject =
      try AuditSubject.hasSnapshot(book)
      ? AuditSubject(snapshot: "latest", of: book)
      : AuditSubject(
        definition: loadDefinition(book.definition), asOf: currentMilliseconds(), knownAt: nil)
    let definition = subject.definition
    if let name = plan.name, !definition.attributes.contains(name) {
      throw RunError(
        .usage, "--name: the definition '\(definition.name)' reads no attribute '\(name)'",
        hint:
          "it reads \(definition.attributes.joined(separator: ", ")); to read another, add it to `columns`"
      )
    }
    let reader = try LogReader(
      subject.log(in: plan.log, of: book, jobs: plan.jobs), notify: notify)
    let sheets = try reader.sheets(for: ReadingPlan(definition))
    let results = try Results(
      definition, sheets: sheets.all, isKnown: sheets.isKnown, asOf: subject.asOf,
      jobs: plan.jobs, keepsEveryCell: true)
    log = results.log
    judge = results.judge
    eventCount = results.fates.used
    live = LiveReplay(
      definition, named: subject.snapshot?.name ?? book.definition, results.log, sheets, reader)
    events = Summary(results, sheets.counts).events
    refused = RefusedLines.all(in: sheets.pieces.known)
    let attributes = results.log.attributes.map { results.judge.column(ofAttribute: $0) }
    nameColumn = plan.name.flatMap { name in attributes.first { $0.name == "attribute.\(name)" } }
    let tables = results.tables
    leads = try RowStore(
      tables.leads, of: results.leads.parts,
      searching: attributes + tables.leads.columns.filter { $0.name == "account" },
      jobs: plan.jobs)
    accounts = try RowStore(tables.accounts, of: [results.accounts], searching: [], jobs: plan.jobs)
    // What a lead's own page shows is held against the rows in memory, not against a file.
    subject.snapshot = nil
    self.subject = subject
    snapshotName = live.name
  }

  /// What answers are from: a snapshot's name, or the definition's file where there is none yet.
  let snapshotName: String

  var definition: Definition { subject.definition }

  /// What a lead is called; nil where it has no name.
  func name(ofLead row: Int) -> String? {
    nameColumn.map { leads.texts(row, of: [$0])[0] }.flatMap { $0.isEmpty ? nil : $0 }
  }

  func name(ofLead key: String) -> String? {
    leads.row(of: Array(key.utf8)).flatMap { name(ofLead: $0) }
  }
}

extension Judge {
  /// An attribute as a column of texts.
  fileprivate func column(ofAttribute name: String) -> TableColumn {
    let (cell, reading) = reading(of: .attribute(name))
    let texts: [String] = if case .oneOf(let values) = reading { values.map(\.asText) } else { [] }
    return TableColumn(
      "attribute.\(name)", cell, .name(KeyList(texts)), "the lead's \(name), or its account's")
  }
}

/// What stands in a book, to see whether an answer would still be about the same.
struct ExplorerSight: Equatable, Sendable {
  private var files: [String: FileStatus] = [:]
  private let latest: String?

  init(_ plan: ExplorerPlan) {
    latest = (try? linkTarget("\(plan.book.snapshots)/latest")) ?? nil
    for name in (try? fileNames(in: plan.log)) ?? [] {
      let path = "\(plan.log)/\(name)"
      files[path] = (try? fileStatus(path)) ?? nil
    }
  }
}
