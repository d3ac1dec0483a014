import Definition
import EventLog
import Files
import Foundation
import Notation

/// Which log is read, and what of it is known; nothing has been opened for it yet.
package struct Log: Sendable {
  /// The book whose cache keeps its sheets.
  package var book: Book
  /// The folder of its segments; the book's own log unless told otherwise.
  package var root: String
  /// What its files are: the log's own format, or another that is read in place.
  package var form: IntakeForm
  /// Which of its files are read where it is of another format; those with its usual names if empty.
  package var filePatterns: [String]
  /// Segments appended later are left out; nothing is, unless told otherwise.
  package var knownAt: Milliseconds?
  /// The paths of the only segments that are known: those of a snapshot whose log cannot tell times.
  package var knownPaths: [String]?
  /// Whether what is whole of a damaged log is read, and what is lost told; else damage stops the work.
  package var salvages = false
  package var inflationLimit = InflationLimit()
  /// How many workers read and judge it; never changes a result.
  package var jobs: Int

  package init(
    of book: Book, root: String? = nil, form: IntakeForm = IntakeForm(),
    filePatterns: [String] = [], knownAt: Milliseconds? = nil, jobs: Int = processorCount
  ) {
    precondition(jobs >= 1, "a log has at least one worker; the command line sees to it")
    self.book = book
    self.root = root ?? book.log
    self.form = form
    self.filePatterns = filePatterns
    self.knownAt = knownAt
    self.jobs = jobs
  }

  /// Makes the book's folder where another log is read into it; a book of its own must be there.
  package func makeReady() throws {
    if root != book.log { return try book.makeRoot() }
    guard try exists(book.root) else {
      throw RunError(
        .noInput, "\(book.root): no such book", hint: "make one with: scorebook init \(book.root)")
    }
  }

  /// Returns the segments that can be read, whatever else is damaged.
  private func listReadable() throws -> [Segment] {
    let listing = try SegmentListing(log: root)
    // Whoever can read a name can rename it, so nothing is lost that would have to be salvaged.
    if let stranger = listing.strangers.first { throw stranger }
    return listing.segments
  }

  /// Returns its files, of which there is at least one.
  func listSegments() throws -> [Segment] {
    let isForeign = form.format != .native
    let segments =
      isForeign
      ? try listForeignFiles(in: root, form: form, patterns: filePatterns)
      : try salvages ? listReadable() : EventLog.listSegments(in: root)
    // A mount that has vanished looks like this: no reason to publish that nobody is known.
    guard segments.isEmpty else { return segments }
    let patterns = filePatterns.isEmpty ? form.format.filePatterns : filePatterns
    throw RunError(
      .noInput, "\(root): there are no \(isForeign ? "files to read" : "segments")",
      hint: isForeign
        ? "looked for \(patterns.joined(separator: ", ")); say with --files which ones to read"
        : "append events first, or name another --log; is the disk mounted?")
  }
}
