import Tables

/// What one worker is to do with every lead at its moment.
struct MomentTask: Sendable {
  /// The definition, and perhaps one that it is compared with.
  let seating: Seating
  let timelines: AccountTimelines
  /// Without any leads yet.
  let counters: MomentCounters
  /// The same; nil where nothing is compared.
  let pairs: MomentPairs?
  let sorting: OutcomeSorting
  let keepsRows: Bool
}

/// One worker that counts what every lead of its tasks comes to at its moment and, where that is wanted,
/// keeps it.
final class MomentWorker {
  private(set) var counters: MomentCounters
  private(set) var pairs: MomentPairs?
  /// As `LeadMoments` has them; nil where they are not kept.
  let table: CellTable?
  let leads: MomentHistories
  private let sorting: OutcomeSorting
  private let accounts: MomentAccounts
  private let desks: VariantDesks
  private let stored: Int
  private let row: UnsafeMutablePointer<Int64>

  init(_ leads: MomentHistories, _ task: MomentTask) {
    self.leads = leads
    counters = task.counters
    pairs = task.pairs
    sorting = task.sorting
    let judge = task.seating.variants[0].judge
    accounts = MomentAccounts(task.timelines, attributeCount: judge.attributes.count)
    desks = VariantDesks(task.seating)
    stored = judge.layout.storedCount
    let width = stored + LeadMoments.Extra.allCases.count
    table = task.keepsRows ? CellTable(width: width) : nil
    row = .allocate(capacity: width)
  }

  deinit { row.deallocate() }

  func fold(_ task: Int) {
    // Kept for all leads, not retained for each.
    let (history, desks, accounts) = (leads.history, desks, accounts)
    leads.forEachLead(ofTask: task) { key, moment in
      desks.judge(
        history, accounts: accounts.attributes(of: history, at: moment), asOf: moment.asOf)
      let cells = desks.cells[0]
      counters.count(cells, at: moment, eventCount: history.count)
      if pairs != nil, let isWon = sorting.isWon(word: moment.word, time: moment.outcomeTime) {
        pairs?.count(cells, desks.cells[1], isWon: isWon)
      }
      guard let table else { return }
      row.update(from: cells, count: stored)
      row[stored + LeadMoments.Extra.word.rawValue] = moment.word
      row[stored + LeadMoments.Extra.outcomeTime.rawValue] = moment.outcomeTime
      row[stored + LeadMoments.Extra.asOf.rawValue] = moment.asOf
      row[stored + LeadMoments.Extra.events.rawValue] = Int64(history.count)
      table.append(key, row)
    }
  }
}
