import Definition
import Judging
import Reading
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

  /// `outcome`: the word that decides; nil where all leads are taken as of the as-of.
  ///
  /// `given`: outcomes from elsewhere, which take the place of the log's own.
  init(
    _ definition: Definition, _ log: LogSheets, outcome: String?, given: [Sheet] = [],
    asOf: Milliseconds, jobs: Int
  ) throws {
    let attributes = definition.attributes
    // In front of the log: what happens in the millisecond of a given outcome is not before it.
    let sheets = given + log.all
    let known = KnownSheets(
      count: sheets.count,
      isKnown: log.isKnown.map { [Bool](repeating: true, count: given.count) + $0 })
    let set = SheetSet(known.of(sheets), attributeCount: attributes.count)
    let identities = try Identities(sheets, known: known, asOf: asOf, jobs: jobs)
    let judge = Judge(
      definition: definition, attributes: attributes, attributeValues: set.attributeValues,
      subjects: definition.leadSubjects, classes: set.classes, asOf: asOf)
    let rule = outcome.map { outcome in
      OutcomeRule(
        word: set.outcomes.firstIndex(of: outcome).map(UInt64.init),
        givenCount: given.count)
    }
    let folded = try foldMoments(set, identities, judge, rule, jobs: jobs)
    self.judge = judge
    parts = folded.map(\.table)
    words = set.outcomes
    accountNames = set.accounts
    givenFates = folded.reduce(into: Fates()) { $0 += $1.givenFates }
    strangers = folded.reduce(0) { $0 + $1.strangers }
  }

  var leadCount: Int { parts.reduce(0) { $0 + $1.count } }

  /// Calls back with the cells of every lead, in no order that means anything.
  func forEach(_ body: (UnsafePointer<Int64>) -> Void) {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: width) { cells in
      let base = cells.baseAddress.unsafelyUnwrapped
      for part in parts {
        for row in 0..<part.count {
          part.unpack(row, width, into: base)
          body(base)
        }
      }
    }
  }
}
