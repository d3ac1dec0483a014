import Definition
import Judging
import Snapshots

/// Every lead as it stood just before its outcome; one without an outcome as of the as-of.
///
/// Only what comes before the outcome in the lead's order has happened, and what grows old is as old as
/// it was then.
struct LeadMoments: Sendable {
  let judge: Judge
  /// The leads in parts, each row the cells a snapshot has of a lead and then those of `Extra`.
  let parts: [CellTable]
  /// The words of outcomes that the log has.
  let words: [String]
  let accountNames: KeyList
  /// What became of the outcomes from elsewhere that do not count as used.
  let givenFates: Fates
  /// Of these, the ones of leads that the log does not know.
  let strangers: Int

  /// The cells behind those that a snapshot has.
  enum Extra: Int, CaseIterable {
    /// The number of the word that decided; absent where nothing did.
    case word
    case outcomeTime
    case asOf
    /// How many events the lead had by then.
    case events
  }

  func cell(_ extra: Extra) -> Int { judge.layout.storedCount + extra.rawValue }

  var width: Int { judge.layout.storedCount + Extra.allCases.count }

  init(_ ground: MomentGround, _ definition: Definition) throws {
    let judge = ground.judge(definition)
    let timelines = AccountTimelines(ground.set, judge)
    let workers = try ground.fold {
      MomentWorker($0, judge, timelines)
    } _: {
      $0.fold($1)
    }
    self.judge = judge
    parts = workers.map(\.table)
    words = ground.words
    accountNames = ground.set.accounts
    givenFates = workers.reduce(into: Fates()) { $0 += $1.leads.fates.given }
    strangers = workers.reduce(0) { $0 + $1.leads.strangers }
  }

  var leadCount: Int { parts.reduce(0) { $0 + $1.count } }

  /// Adds up something of every lead, parts side by side; sums that no order of leads can change.
  func sum<Sum: Sendable>(
    _ zero: Sum, add: (inout Sum, UnsafePointer<Int64>) -> Void,
    _ merge: (inout Sum, Sum) -> Void
  ) throws -> Sum {
    let sums = Slots<Sum>(parts.count)
    // Each part is gone through by one worker, which adds to nothing shared.
    nonisolated(unsafe) let add = add
    try parallel(parts.count, jobs: parts.count) { part in
      sums[part] = withUnsafeTemporaryAllocation(of: Int64.self, capacity: width) { cells in
        let base = cells.baseAddress.unsafelyUnwrapped
        var sum = zero
        for row in 0..<parts[part].count {
          parts[part].unpack(row, width, into: base)
          add(&sum, base)
        }
        return sum
      }
    }
    return sums.elements.reduce(into: zero, merge)
  }
}
