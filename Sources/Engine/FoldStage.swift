import Definition
import Judging
import Reading
import Snapshots
import Synchronization

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
  let groupsPerTask = 256
  let groupTasks = (identities.groups.count + groupsPerTask - 1) / groupsPerTask
  let taskCount = Sheet.partitionCount + groupTasks
  let tasks = Slots<FoldedPart>(taskCount)
  let rolls = (0..<min(jobs, PartialRoll.countMax)).map { _ in
    PartialRoll(roll, accountCount: set.accounts.count)
  }
  let workerCount = Atomic<Int>(0)
  try parallel(
    taskCount, jobs: jobs,
    makeWorker: {
      let number = workerCount.wrappingAdd(1, ordering: .relaxed).oldValue
      return FoldWorker(
        set: set, identities: identities, judge: judge, accounts: accounts,
        sums: rolls[number % rolls.count], rowWidth: rowWidth)
    }
  ) { worker, task in
    if task < Sheet.partitionCount {
      tasks[task] = worker.foldPartition(task)
    } else {
      let first = (task - Sheet.partitionCount) * groupsPerTask
      tasks[task] = worker.foldGroups(
        first..<min(first + groupsPerTask, identities.groups.count))
    }
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

/// One worker of the fold: a desk and a history that every lead uses again.
private final class FoldWorker {
  private let set: SheetSet
  private let views: UnsafePointer<SheetView>
  private let identities: Identities
  private let judge: Judge
  private let accounts: AccountAttributes
  private let sums: PartialRoll
  private let rowWidth: Int
  private let desk: Desk
  private let history = History()
  private var census: LeadCensus
  private var join = LeadJoin()

  init(
    set: SheetSet, identities: Identities, judge: Judge, accounts: AccountAttributes,
    sums: PartialRoll, rowWidth: Int
  ) {
    self.set = set
    views = set.views
    self.identities = identities
    self.judge = judge
    self.accounts = accounts
    self.sums = sums
    self.rowWidth = rowWidth
    desk = Desk(judge)
    census = LeadCensus(judge)
  }

  /// Folds the leads of one partition, each of which has one key.
  func foldPartition(_ partition: Int) -> FoldedPart {
    var fates = Fates()
    let table = CellTable(width: rowWidth)
    let (views, asOf, history) = (views, judge.asOf, history)
    join.forEachLead(set, partition, excluding: identities.grouped) { places in
      history.clear()
      for place in places {
        SheetView.gather(views, place, erasure: nil, asOf: asOf, into: history, &fates)
      }
      judgeLead(views[Int(places[0].sheet)].key(Int(places[0].key)), into: table, &fates)
    }
    return finish(table, fates)
  }

  /// Folds leads whose rows stand under several keys or are partly erased.
  func foldGroups(_ range: Range<Int>) -> FoldedPart {
    var fates = Fates()
    let table = CellTable(width: rowWidth)
    for group in identities.groups[range] {
      history.clear()
      for member in group.members {
        for place in member.places {
          SheetView.gather(
            views, place, erasure: member.erasure, asOf: judge.asOf, into: history, &fates)
        }
      }
      group.name.withUnsafeBufferPointer { judgeLead($0, into: table, &fates) }
    }
    return finish(table, fates)
  }

  @inline(__always)
  private func judgeLead(
    _ key: UnsafeBufferPointer<UInt8>, into table: CellTable, _ fates: inout Fates
  ) {
    history.settle(judge.classes, &fates)
    // A lead with no used event is not known.
    guard history.count > 0 else { return }
    judge.judge(history, desk, accounts: accounts)
    census.count(desk.cells, judge.layout)
    let account = desk.cells[judge.layout.account]
    if account != LeadLayout.absent { sums.add(desk.cells, account: account) }
    table.append(key, desk.cells)
  }

  private func finish(_ table: CellTable, _ fates: Fates) -> FoldedPart {
    defer { census = LeadCensus(judge) }
    return FoldedPart(
      table: table, fates: fates, counts: desk.takeCounts(judge), census: census)
  }
}
