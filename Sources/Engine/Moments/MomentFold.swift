import Judging
import Snapshots

/// One worker that counts what every lead of its tasks comes to at its moment and, where that is wanted,
/// keeps it.
final class MomentWorker {
  private(set) var counters: MomentCounters
  /// As `LeadMoments` has them; nil where they are not kept.
  let table: CellTable?
  let leads: MomentHistories
  private let judge: Judge
  private let accounts: MomentAccounts
  private let desk: Desk
  private let row: UnsafeMutablePointer<Int64>

  init(
    _ leads: MomentHistories, _ judge: Judge, _ timelines: AccountTimelines,
    _ counters: MomentCounters, keepsRows: Bool
  ) {
    self.counters = counters
    self.leads = leads
    self.judge = judge
    accounts = MomentAccounts(timelines, attributeCount: judge.attributes.count)
    desk = Desk(judge)
    let width = judge.layout.storedCount + LeadMoments.Extra.allCases.count
    table = keepsRows ? CellTable(width: width) : nil
    row = .allocate(capacity: width)
  }

  deinit { row.deallocate() }

  func fold(_ task: Int) {
    let stored = judge.layout.storedCount
    leads.forEachLead(ofTask: task) { key, moment in
      desk.asOf = moment.asOf
      judge.judge(leads.history, desk, accounts: accounts.attributes(of: leads.history, at: moment))
      counters.count(desk.cells, at: moment, eventCount: leads.history.count)
      guard let table else { return }
      row.update(from: desk.cells, count: stored)
      row[stored + LeadMoments.Extra.word.rawValue] = moment.word
      row[stored + LeadMoments.Extra.outcomeTime.rawValue] = moment.outcomeTime
      row[stored + LeadMoments.Extra.asOf.rawValue] = moment.asOf
      row[stored + LeadMoments.Extra.events.rawValue] = Int64(leads.history.count)
      table.append(key, row)
    }
  }
}
