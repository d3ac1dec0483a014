import Audit
import Engine
import Files
import Notation
import Pages
import Snapshots

/// Which snapshot a report is about, and how it is told.
package struct ReportPlan: Sendable {
  package var book: Book
  /// The log in another place than the book's; nil for the book's own, which may be missing.
  package var log: String?
  /// The snapshot compared with: nil for the one before of the same definition's name.
  package var from: String?
  package var snapshot: String
  /// The attribute that leads are called by; by their keys without one.
  package var nameAttribute: String?
  /// What more is told of each lead to call: columns of `leads.csv`, or attributes.
  package var columns: [String] = []
  package var link: LinkTemplate?
  /// Whether it is for passing on: no key and no attribute, numbers only.
  package var isAnonymous = false
  package var jobs: Int

  package init(
    book: Book, log: String? = nil, from: String? = nil, snapshot: String = "latest",
    jobs: Int = processorCount
  ) {
    self.book = book
    self.log = log
    self.from = from
    self.snapshot = snapshot
    self.jobs = jobs
  }
}

/// A report, ready to be written.
package struct ReportFile: Sendable {
  package var page: [UInt8]
  /// The snapshot that it is about.
  package var snapshot: String
  /// Why it has only what the snapshot holds; nil where the log was read.
  package var withoutLog: String?
  /// What was asked for and nobody has.
  package var warnings: [String]
}

/// Makes a report of a snapshot, or of two.
///
/// - Throws: `RunError` or `FileError` where there is no such snapshot, a file of it is damaged, or the log that was
///   named is not the one that it was made from.
package func report(_ plan: ReportPlan) throws -> ReportFile {
  // A log that is not there may have been on its way to another place.
  try plan.book.besideWriters(
    log: plan.log ?? plan.book.log, isDoubtful: { $0.withoutLog != nil }
  ) {
    let facts = try ReportFacts(plan)
    let page = Page(title: facts.title, body: ReportPage(facts).body)
    return ReportFile(
      page: page.file, snapshot: facts.snapshot.name, withoutLog: facts.withoutLog,
      warnings: facts.warnings)
  }
}
