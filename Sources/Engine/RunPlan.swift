import Definition
import EventLog
import Foundation
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
  /// Segments appended later are left out; nothing is, unless told otherwise.
  package var knownAt: Milliseconds?
  package var jobs: Int
  /// The share of the lines read that may be refused, 0 to 1.
  package var refusedShareMax: Double
  /// The share of the segments that is read again without the cache, 0 to 1.
  package var selfCheckShare = 0.0
  /// The snapshot that changes are told since; unless told otherwise the one before.
  package var since: String?
  package var keep = KeepRules()
  /// Whether what is whole of a damaged log is read, and what is lost told; else damage stops the run.
  package var salvages = false
  package var inflationLimit = InflationLimit()
  /// Whether the snapshot has a ledger: a row for every contribution and adjustment.
  package var wantsLedger = false
  /// How long to wait for another process that writes to the book.
  package var waitMax: Milliseconds = 0

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
  /// Whether sheets are used merged.
  ///
  /// A ledger and lines of other formats are told by their place in a segment; what is salvaged is in no
  /// sheet that is kept.
  var mergesSheets: Bool { !wantsLedger && form.format == .native && !salvages }

  /// Makes the book's folder where another log is read into it; a book of its own must be there.
  func makeReady() throws {
    if log != book.log { return try book.makeRoot() }
    guard try exists(book.root) else {
      throw RunError(
        .noInput, "\(book.root): no such book", hint: "make one with: scorebook init \(book.root)")
    }
  }
}

extension RunPlan {
  /// Returns the segments that can be read, whatever else is damaged.
  private func listReadable() throws -> [Segment] {
    let listing = try SegmentListing(log: log)
    // Whoever can read a name can rename it, so nothing is lost that would have to be salvaged.
    if let stranger = listing.strangers.first { throw stranger }
    return listing.segments
  }

  /// Returns the files of the log, of which there is at least one.
  func listSegments() throws -> [Segment] {
    let isForeign = form.format != .native
    let segments =
      isForeign
      ? try listForeignFiles(in: log, form: form, patterns: filePatterns)
      : try salvages ? listReadable() : EventLog.listSegments(in: log)
    // A mount that has vanished looks like this: no reason to publish that nobody is known.
    guard segments.isEmpty else { return segments }
    let patterns = filePatterns.isEmpty ? form.format.filePatterns : filePatterns
    throw RunError(
      .noInput, "\(log): there are no \(isForeign ? "files to read" : "segments")",
      hint: isForeign
        ? "looked for \(patterns.joined(separator: ", ")); say with --files which ones to read"
        : "append events first, or name another --log; is the disk mounted?")
  }
}
