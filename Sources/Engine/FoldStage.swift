import Definition
import Judging
import Reading
import Snapshots

/// The leads of a run, in parts.
struct JudgedLeads: Sendable {
  /// Their rows in the order in which they were judged.
  var parts: [CellTable]
  var fates: Fates
  var counts: JudgingCounts
  var census: LeadCensus

  var count: Int { parts.reduce(0) { $0 + $1.count } }
}

/// Folds and judges every lead and adds it to its account: partitions side by side, leads of several
/// keys after them.
///
/// `rowWidth`: how many cells of each lead are kept.
func foldLeads(
  _ set: SheetSet, _ identities: Identities, _ judge: Judge, accounts: AccountAttributes,
  _ roll: AccountRoll, jobs: Int, rowWidth: Int
) throws -> (JudgedLeads, [PartialRoll]) {
  let tasks = Slots<FoldedPart>(LeadHistories.taskCount(identities))
  let rolls = (0..<min(jobs, PartialRoll.countMax)).map { _ in
    PartialRoll(roll, accountCount: set.accounts.count)
  }
  try parallel(
    LeadHistories.taskCount(identities), jobs: jobs,
    makeWorker: { number in
      FoldWorker(
        LeadHistories(set, identities, asOf: judge.asOf), judge, accounts,
        RollQueue(rolls[number % rolls.count], roll), rowWidth: rowWidth)
    }
  ) { worker, task in
    tasks[task] = worker.fold(task)
  }
  let parts = tasks.elements
  var leads = JudgedLeads(
    parts: parts.map(\.table), fates: Fates(),
    counts: JudgingCounts(judge.definition), census: LeadCensus(judge))
  for part in parts {
    leads.census += part.census
    leads.fates += part.fates
    leads.counts += part.counts
  }
  return (leads, rolls)
}

/// What one task of the fold came to.
private struct FoldedPart {
  var table: CellTable
  var fates: Fates
  var counts: JudgingCounts
  var census: LeadCensus
}

/// One worker of the fold: a desk that every lead uses again.
private final class FoldWorker {
  private let leads: LeadHistories
  private let judge: Judge
  private let accounts: AccountAttributes
  private let roll: RollQueue
  private let desk: Desk
  /// The table of the task before: of all tasks they come to about the same size.
  private var last: CellTable
  private var census: LeadCensus

  init(
    _ leads: LeadHistories, _ judge: Judge, _ accounts: AccountAttributes, _ roll: RollQueue,
    rowWidth: Int
  ) {
    self.leads = leads
    self.judge = judge
    self.accounts = accounts
    self.roll = roll
    last = CellTable(width: rowWidth)
    desk = Desk(judge)
    census = LeadCensus(judge)
  }

  func fold(_ task: Int) -> FoldedPart {
    let table = CellTable(asLargeAs: last)
    last = table
    var fates = LeadHistories.LeadFates()
    // Kept for all leads, not retained for each.
    let (history, judge, desk, roll) = (leads.history, judge, desk, roll)
    leads.forEachLead(ofTask: task, &fates) { key in
      judge.judge(history, desk, accounts: accounts)
      census.count(desk.cells)
      roll.add(desk.cells)
      table.append(key, desk.cells)
    }
    roll.flush()
    defer { census = LeadCensus(judge) }
    return FoldedPart(
      table: table, fates: fates.log, counts: desk.takeCounts(judge), census: census)
  }
}
