import Definition
import Engine
import EventLog

/// What a verification is to look at, with everything resolved that was typed.
package struct VerifyPlan: Sendable {
  package enum Depth: String, Encodable, Sendable {
    /// The chain, and which files are there and how long they are.
    case quick
    /// Also every checksum.
    case checksums = "default"
    /// Also every cached sheet against its segment, decoded again.
    case full
  }

  package var book: Book
  /// The log to look at; the book's own unless told otherwise.
  package var log: String
  package var depth: Depth
  /// A head that the chain must have had at some time.
  package var expectedHead: String?
  package var jobs: Int
  package var inflationLimit: InflationLimit
  /// Definitions whose sheets `full` decodes again, beside the book's own and those of its snapshots.
  package var definitions: [Definition]

  package init(
    book: Book, log: String? = nil, depth: Depth = .checksums, expectedHead: String? = nil,
    jobs: Int = processorCount, inflationLimit: InflationLimit = InflationLimit(),
    definitions: [Definition] = []
  ) {
    self.book = book
    self.log = log ?? book.log
    self.depth = depth
    self.expectedHead = expectedHead
    self.jobs = jobs
    self.inflationLimit = inflationLimit
    self.definitions = definitions
  }
}

/// Looks at a book's log, cache and snapshots without changing anything, and names all that is damaged.
///
/// It takes no lock. What looks damaged is looked at again if a writer has been there meanwhile, each of the three by
/// itself.
///
/// - Throws: `FileError` or `RunError` only where there is nothing to look at.
package func verify(_ plan: VerifyPlan) throws -> VerifyReport {
  let log = try plan.besideWriters {
    try verifyLog(plan)
  } damage: {
    $0.damage
  }
  let snapshots = try plan.besideWriters {
    try verifySnapshots(plan, log)
  } damage: {
    $0.damage
  }
  let sheets = try plan.besideWriters {
    try verifySheets(plan, log, definitionTexts: snapshots.definitionTexts)
  } damage: {
    $0.damage
  }
  var report = VerifyReport(depth: plan.depth, log: log)
  report.snapshots = snapshots.counts
  report.sheets = sheets.counts
  report.damage = log.damage + sheets.damage + snapshots.damage
  report.notes = log.notes + sheets.notes + snapshots.notes
  return report
}

extension VerifyPlan {
  fileprivate func besideWriters<Findings>(
    _ look: () throws -> Findings, damage: (Findings) -> [Damage]
  ) throws -> Findings {
    try book.besideWriters(log: log, isDoubtful: { !damage($0).isEmpty }, look)
  }
}
