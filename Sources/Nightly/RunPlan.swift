import Definition
import Engine
import Foundation
import Notation
import Snapshots

/// What a run is to do, with everything resolved that was typed.
package struct RunPlan: Sendable {
  /// The log to read, and the book it is published in.
  package var log: Log
  package var definition: Definition
  package var asOf: Milliseconds
  /// The share of the lines read that may be refused, 0 to 1.
  package var refusedShareMax: Double
  /// The share of the segments that is read again without the cache, 0 to 1.
  package var selfCheckShare = 0.0
  /// The snapshot that changes are told since; unless told otherwise the one before.
  package var since: String?
  package var keep = KeepRules()
  /// Whether `latest` is to lead to this snapshot even if it leads to one of a definition of another name.
  package var movesLatest = false
  /// Whether the snapshot has a ledger: a row for every contribution and adjustment.
  package var wantsLedger = false
  /// How long to wait for another process that writes to the book.
  package var waitMax: Milliseconds = 0

  package init(
    _ log: Log, _ definition: Definition, asOf: Milliseconds, refusedShareMax: Double = 0.01
  ) {
    self.log = log
    self.definition = definition
    self.asOf = asOf
    self.refusedShareMax = refusedShareMax
  }

  var book: Book { log.book }
  var jobs: Int { log.jobs }

  /// How sheets are taken from the cache.
  ///
  /// A ledger and lines of other formats are told by their place in a segment; what is salvaged is in no
  /// sheet that is kept.
  var cached: LogReader.Cached {
    !wantsLedger && log.form.format == .native && !log.salvages ? .merged : .apart
  }
}
