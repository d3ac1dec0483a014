import Judging
import Tables

/// What one worker is to do with every lead at its cutoff.
struct BacktestTask: Sendable {
  /// The definition, and perhaps one that it is compared with.
  let group: VariantGroup
  let timelines: AccountTimelines
  /// Without any leads yet.
  let counters: OutcomeCounts
  /// The same; nil where nothing is compared.
  let pairs: RankingPairs?
  let sorting: OutcomeSorting
  let keepsRows: Bool
}

/// One worker that counts what every lead of its tasks comes to at its cutoff and, where that is wanted,
/// keeps it.
final class BacktestWorker {
  private(set) var counters: OutcomeCounts
  private(set) var pairs: RankingPairs?
  /// As `LeadsAtCutoff` has them; nil where they are not kept.
  let table: CellTable?
  let leads: CutoffStream
  private let sorting: OutcomeSorting
  private let accounts: CutoffAccounts
  private let desks: VariantDesks
  private let stored: Int
  private let row: UnsafeMutablePointer<Int64>

  init(_ leads: CutoffStream, _ task: BacktestTask) {
    self.leads = leads
    counters = task.counters
    pairs = task.pairs
    sorting = task.sorting
    let judge = task.group.variants[0].judge
    accounts = CutoffAccounts(task.timelines, judge)
    desks = VariantDesks(task.group, foretells: true)
    stored = judge.layout.storedCount
    let width = stored + LeadsAtCutoff.Extra.allCases.count
    table = task.keepsRows ? CellTable(width: width) : nil
    row = .allocate(capacity: width)
  }

  deinit { row.deallocate() }

  func fold(_ task: Int) {
    // Kept for all leads, not retained for each.
    let (history, desks, accounts) = (leads.history, desks, accounts)
    leads.forEachLead(ofTask: task) { key, cutoff in
      desks.judge(
        history, accounts: accounts.attributes(of: history, at: cutoff), asOf: cutoff.asOf)
      let cells = desks.cells[0]
      // Of a lead that is left out nothing is told.
      if desks.isExcluded[0] {
        counters.countExcluded()
        return
      }
      counters.count(cells, at: cutoff, eventCount: history.count)
      if pairs != nil, !desks.isExcluded[1],
        let isWon = sorting.isWon(word: cutoff.word, time: cutoff.outcomeTime)
      {
        pairs?.count(cells, desks.cells[1], isWon: isWon)
      }
      guard let table else { return }
      desks.showFirst()
      row.update(from: cells, count: stored)
      row[stored + LeadsAtCutoff.Extra.word.rawValue] = cutoff.word
      row[stored + LeadsAtCutoff.Extra.outcomeTime.rawValue] = cutoff.outcomeTime
      // Before the first instant that an event can have, there is no as-of.
      row[stored + LeadsAtCutoff.Extra.asOf.rawValue] =
        cutoff.asOf < 0 ? LeadLayout.absent : cutoff.asOf
      row[stored + LeadsAtCutoff.Extra.events.rawValue] = Int64(history.count)
      table.append(key, row)
    }
  }
}
