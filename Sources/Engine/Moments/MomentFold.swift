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
  let taskCount = LeadHistories.taskCount(identities)
  let tasks = Slots<FoldedMoments>(taskCount)
  try parallel(
    taskCount, jobs: jobs,
    makeWorker: {
      MomentWorker(
        LeadHistories(
          set, identities, asOf: judge.asOf, givenCount: rule?.givenCount ?? 0),
        judge, timelines, rule)
    }
  ) { worker, task in
    tasks[task] = worker.fold(task)
  }
  return tasks.elements
}

/// One worker of the fold: a desk and a row that every lead uses again.
private final class MomentWorker {
  private let leads: LeadHistories
  private let history: History
  private let judge: Judge
  private let timelines: AccountTimelines
  private let rule: OutcomeRule?
  /// How many sheets at the front are no part of the log.
  private let givenCount: Int
  private let desk: Desk
  private let row: UnsafeMutableBufferPointer<Int64>
  private let accountCells: UnsafeMutableBufferPointer<Int64>

  init(
    _ leads: LeadHistories, _ judge: Judge, _ timelines: AccountTimelines, _ rule: OutcomeRule?
  ) {
    self.leads = leads
    history = leads.history
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

  func fold(_ task: Int) -> FoldedMoments {
    var folded = FoldedMoments(table: CellTable(width: row.count))
    var fates = LeadHistories.LeadFates()
    leads.forEachLead(ofTask: task, &fates) { judgeLead($0, &folded) }
    folded.fates = fates.log
    folded.givenFates = fates.given
    return folded
  }

  private func judgeLead(
    _ key: UnsafeBufferPointer<UInt8>, _ folded: inout FoldedMoments
  ) {
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
