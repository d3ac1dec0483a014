import Definition
import Judging
import Reading
import Snapshots

/// The leads of a run, in parts whose rows are in the order of their keys.
struct JudgedLeads: Sendable {
  var parts: [CellTable]
  /// Each part's rows in the order of their keys' bytes.
  var orders: [[LeadPlace]]
  var fates: Fates
  var counts: JudgingCounts
  var census: LeadCensus

  var count: Int { parts.reduce(0) { $0 + $1.count } }
}

/// Folds and judges every lead: partitions side by side, leads of several keys after them.
///
/// `rowWidth`: how many cells of each lead are kept.
func foldLeads(
  _ set: SheetSet, _ identities: Identities, _ judge: Judge, accounts: AccountAttributes,
  jobs: Int, rowWidth: Int
) throws -> JudgedLeads {
  let groupsPerTask = 256
  let groupTasks = (identities.groups.count + groupsPerTask - 1) / groupsPerTask
  let taskCount = Sheet.partitionCount + groupTasks
  let tasks = Slots<FoldedPart>(taskCount)
  try parallel(
    taskCount, jobs: jobs,
    makeWorker: {
      FoldWorker(
        set: set, identities: identities, judge: judge, accounts: accounts, rowWidth: rowWidth)
    }
  ) { worker, task in
    if task < Sheet.partitionCount {
      tasks[task] = worker.foldPartition(task, part: task)
    } else {
      let first = (task - Sheet.partitionCount) * groupsPerTask
      tasks[task] = worker.foldGroups(
        first..<min(first + groupsPerTask, identities.groups.count), part: task)
    }
  }
  let parts = tasks.elements
  var leads = JudgedLeads(
    parts: parts.map(\.table), orders: parts.map(\.order), fates: Fates(),
    counts: JudgingCounts(judge.definition), census: LeadCensus(judge))
  for part in parts {
    leads.census += part.census
    leads.fates += part.fates
    leads.counts += part.counts
  }
  return leads
}

/// What one task of the fold came to.
private struct FoldedPart {
  var table: CellTable
  var order: [LeadPlace]
  var fates: Fates
  var counts: JudgingCounts
  var census: LeadCensus
}

/// One worker of the fold: a desk and a history that every lead uses again.
private struct FoldWorker {
  private let set: SheetSet
  private let identities: Identities
  private let judge: Judge
  private let accounts: AccountAttributes
  private let rowWidth: Int
  private let desk: Desk
  private let history = History()
  private var fates = Fates()
  private var census: LeadCensus
  private var merge = LeadMerge()

  init(
    set: SheetSet, identities: Identities, judge: Judge, accounts: AccountAttributes, rowWidth: Int
  ) {
    self.set = set
    self.identities = identities
    self.judge = judge
    self.accounts = accounts
    self.rowWidth = rowWidth
    desk = Desk(judge)
    census = LeadCensus(judge)
  }

  /// Folds the leads of one partition, each of which has one key.
  mutating func foldPartition(_ partition: Int, part: Int) -> FoldedPart {
    begin()
    let table = CellTable(width: rowWidth)
    // Out of the worker while the merge is at work, so that each is touched by one at a time.
    var merge = LeadMerge()
    swap(&merge, &self.merge)
    merge.forEachLead(set, partition, isExcluded: identities.isGrouped) { places in
      history.clear()
      for place in places {
        set.gather(place, erasure: nil, asOf: judge.asOf, into: history, &fates)
      }
      judgeLead(set.views[Int(places[0].sheet)].key(Int(places[0].key)), into: table)
    }
    swap(&merge, &self.merge)
    return finish(table, part: part)
  }

  /// Folds leads whose rows stand under several keys or are partly erased.
  mutating func foldGroups(_ range: Range<Int>, part: Int) -> FoldedPart {
    begin()
    let table = CellTable(width: rowWidth)
    for group in identities.groups[range] {
      history.clear()
      for member in group.members {
        for place in member.places {
          set.gather(
            place, erasure: member.erasure, asOf: judge.asOf, into: history, &fates)
        }
      }
      group.name.withUnsafeBufferPointer { judgeLead($0, into: table) }
    }
    return finish(table, part: part)
  }

  private mutating func judgeLead(
    _ key: UnsafeBufferPointer<UInt8>, into table: CellTable
  ) {
    history.settle(judge.classes, &fates)
    // A lead with no used event is not known.
    guard history.count > 0 else { return }
    judge.judge(history, desk, accounts: accounts)
    census.count(desk.cells, judge.layout)
    table.append(key, desk.cells)
  }

  private mutating func begin() {
    fates = Fates()
    census = LeadCensus(judge)
  }

  private func finish(_ table: CellTable, part: Int) -> FoldedPart {
    FoldedPart(
      table: table, order: table.places(part: part), fates: fates,
      counts: desk.takeCounts(judge), census: census)
  }
}
