import Definition
import Judging
import Reading
import Snapshots

/// What one task of the fold came to.
struct FoldedMoments {
  var table: CellTable
  var fates = Fates()
  var givenFates = Fates()
  var strangers = 0
}

/// Judges every lead at a moment of its own.
func foldMoments(
  _ set: SheetSet, _ identities: Identities, _ judge: Judge, _ rule: OutcomeRule?,
  jobs: Int
) throws -> [FoldedMoments] {
  let timelines = AccountTimelines(set, judge)
  let groupsPerTask = 256
  let groupTasks = (identities.groups.count + groupsPerTask - 1) / groupsPerTask
  let tasks = Slots<FoldedMoments>(Sheet.partitionCount + groupTasks)
  try parallel(
    Sheet.partitionCount + groupTasks, jobs: jobs,
    makeWorker: { MomentWorker(set, identities, judge, timelines, rule) }
  ) { worker, task in
    if task < Sheet.partitionCount {
      tasks[task] = worker.foldPartition(task)
    } else {
      let first = (task - Sheet.partitionCount) * groupsPerTask
      tasks[task] = worker.foldGroups(
        first..<min(first + groupsPerTask, identities.groups.count))
    }
  }
  return tasks.elements
}

/// One worker of the fold: a desk, a history and a row that every lead uses again.
private final class MomentWorker {
  private let set: SheetSet
  private let identities: Identities
  private let judge: Judge
  private let timelines: AccountTimelines
  private let rule: OutcomeRule?
  /// How many sheets at the front are no part of the log.
  private let givenCount: Int
  private let desk: Desk
  private let history = History()
  private var join = LeadJoin()
  private let row: UnsafeMutableBufferPointer<Int64>
  private let accountCells: UnsafeMutableBufferPointer<Int64>

  init(
    _ set: SheetSet, _ identities: Identities, _ judge: Judge, _ timelines: AccountTimelines,
    _ rule: OutcomeRule?
  ) {
    self.set = set
    self.identities = identities
    self.judge = judge
    self.timelines = timelines
    self.rule = rule
    givenCount = rule?.givenCount ?? 0
    desk = Desk(judge)
    row = .allocate(capacity: judge.layout.storedCount + LeadMoments.Extra.allCases.count)
    // One cell more, so that there is an address even without attributes.
    accountCells = .allocate(capacity: judge.attributes.count + 1)
    accountCells.initialize(repeating: LeadLayout.absent)
  }

  deinit {
    row.deallocate()
    accountCells.deallocate()
  }

  /// Folds the leads of one partition, each of which has one key.
  func foldPartition(_ partition: Int) -> FoldedMoments {
    var folded = begin()
    let (views, history) = (set.views, history)
    join.forEachLead(set, partition, excluding: identities.grouped) { places in
      history.clear()
      for place in places { gather(place, nil, &folded) }
      judgeLead(views[Int(places[0].sheet)].key(Int(places[0].key)), &folded)
    }
    return folded
  }

  /// Folds leads whose rows stand under several keys or are partly erased.
  func foldGroups(_ range: Range<Int>) -> FoldedMoments {
    var folded = begin()
    for group in identities.groups[range] {
      history.clear()
      for member in group.members {
        for place in member.places { gather(place, member.erasure, &folded) }
      }
      group.name.withUnsafeBufferPointer { judgeLead($0, &folded) }
    }
    return folded
  }

  private func begin() -> FoldedMoments { FoldedMoments(table: CellTable(width: row.count)) }

  private func gather(_ place: KeyPlace, _ erasure: Erasure?, _ folded: inout FoldedMoments) {
    let fates = place.sheet < givenCount ? \FoldedMoments.givenFates : \.fates
    SheetView.gather(
      set.views, place, erasure: erasure, asOf: judge.asOf, into: history, &folded[keyPath: fates])
  }

  private func judgeLead(
    _ key: UnsafeBufferPointer<UInt8>, _ folded: inout FoldedMoments
  ) {
    history.settle(judge.classes, &folded.fates)
    // A lead with no used event is not known.
    guard history.count > 0 else { return }
    if givenCount > 0,
      (0..<history.count).allSatisfy({ history.events[$0].segment < givenCount })
    {
      folded.strangers += history.count
      return
    }
    var moment = Moment(asOf: judge.asOf)
    var (word, outcomeTime) = (LeadLayout.absent, LeadLayout.absent)
    if let decided = rule?.decide(history) {
      moment = Moment(before: decided.event, of: history)
      word = Int64(decided.word)
      outcomeTime = history.events[decided.event].time
      history.cut(to: decided.event)
    }
    desk.asOf = moment.asOf
    judge.judge(history, desk, accounts: accounts(at: moment))

    let stored = judge.layout.storedCount
    let base = row.baseAddress.unsafelyUnwrapped
    base.update(from: desk.cells, count: stored)
    base[stored + LeadMoments.Extra.word.rawValue] = word
    base[stored + LeadMoments.Extra.outcomeTime.rawValue] = outcomeTime
    base[stored + LeadMoments.Extra.asOf.rawValue] = moment.asOf
    base[stored + LeadMoments.Extra.events.rawValue] = Int64(history.count)
    folded.table.append(key, base)
  }

  /// The attributes that the account of the lead at hand had at a moment.
  private func accounts(at moment: Moment) -> AccountAttributes {
    let count = judge.attributes.count
    var account: Int64 = 0
    if count > 0, let named = lastAccount {
      account = named
      timelines.fill(
        UnsafeMutableBufferPointer(rebasing: accountCells[..<count]), ofAccount: account,
        at: moment)
    }
    return AccountAttributes(
      cells: accountCells.baseAddress.unsafelyUnwrapped, attributeCount: count,
      firstAccount: account)
  }

  private var lastAccount: Int64? {
    for index in stride(from: history.count - 1, through: 0, by: -1) {
      let event = history.events[index]
      for place in stride(from: Int(event.factEnd) - 1, through: Int(event.factStart), by: -1) {
        let fact = history.facts[place]
        if fact.kind == .account { return Int64(fact.payload) }
      }
    }
    return nil
  }
}
