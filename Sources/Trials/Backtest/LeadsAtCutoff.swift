import Definition
import Judging
import Tables

/// Every lead as it stood just before its outcome; one without an outcome as of the as-of.
///
/// Only what comes before the outcome in the lead's order has happened, and what grows old is as old as
/// it was then.
struct LeadsAtCutoff: Sendable {
  let judge: Judge
  /// The leads in parts, each row the cells a snapshot has of a lead and then those of `Extra`; none
  /// where rows are not kept.
  let parts: [CellTable]
  let counters: OutcomeCounts
  /// What another definition makes of the same leads; nil where there is none.
  let pairs: RankingPairs?
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

  /// `score`: the one that is counted by letters too.
  ///
  /// `other`: a definition to compare with that reads the log alike, and its score.
  init(
    _ cutoffLog: CutoffLog, _ definition: Definition, _ sorting: OutcomeSorting, score: Int,
    beside other: (definition: Definition, score: Int)? = nil, keepsRows: Bool
  ) throws {
    let judge = cutoffLog.judge(definition)
    let otherJudge = other.map { cutoffLog.judge($0.definition) }
    let task = BacktestTask(
      group: VariantGroup(([judge] + [otherJudge].compactMap { $0 }).map(Variant.init)),
      timelines: try AccountTimelines(cutoffLog.set, judge, jobs: cutoffLog.jobs),
      counters: OutcomeCounts(judge, sorting, score: score),
      pairs: other.flatMap { other in
        otherJudge.map { RankingPairs(judge, $0, chosen: (score, other.score)) }
      },
      sorting: sorting, keepsRows: keepsRows)
    let workers = try cutoffLog.fold {
      BacktestWorker($0, task)
    } _: {
      $0.fold($1)
    }
    self.judge = judge
    parts = workers.compactMap(\.table)
    counters = workers.reduce(into: task.counters) { $0 += $1.counters }
    pairs = task.pairs.map { none in
      workers.compactMap(\.pairs).reduce(into: none) { $0 += $1 }
    }
    words = cutoffLog.words
    accountNames = cutoffLog.set.accounts
    givenFates = workers.reduce(into: Fates()) { $0 += $1.leads.fates.given }
    strangers = workers.reduce(0) { $0 + $1.leads.strangers }
  }
}
