import Engine
import Judging
import Reading
import Workers

/// What the accounts' profiles said at any time.
///
/// A lead that is judged as of a cutoff of its own takes the attributes its account had then: what was
/// learned of the account later must not leak into it.
final class AccountTimelines: @unchecked Sendable {
  private struct Change: Sendable {
    var event: HistoryEvent
    var attribute: Int
    var cell: Int64
  }

  /// By account, in the order of events.
  private let changes: [[Change]]
  private let attributeCount: Int
  /// Has which accounts are one.
  private let set: SheetSet
  /// Of each account in turn its attribute cells behind all changes.
  private let latest: UnsafeMutablePointer<Int64>

  init(_ set: SheetSet, _ judge: Judge, jobs: Int) throws {
    let tasks = (0..<set.accounts.count).pieces(of: accountsPerTask)
    let slots = Slots<[[Change]]>(tasks.count)
    try parallel(tasks.count, jobs: jobs, makeWorker: { _ in LeadHistory() }) { history, task in
      var fates = Fates()
      slots[task] = tasks[task].map { account in
        gatherProfile(
          of: account, in: set, until: judge.asOf, into: history, &fates)
        return AccountTimelines.changes(history)
      }
    }
    let changes = Array(slots.elements.joined())
    self.changes = changes
    attributeCount = judge.attributes.count
    self.set = set
    // One cell more, so that there is an address even without accounts or attributes.
    let cellCount = changes.count * attributeCount + 1
    latest = .allocate(capacity: cellCount)
    latest.initialize(repeating: LeadLayout.absent, count: cellCount)
    for (account, changes) in changes.enumerated() {
      for change in changes {
        latest[account * attributeCount + change.attribute] = change.cell
      }
    }
  }

  deinit { latest.deallocate() }

  private static func changes(_ history: LeadHistory) -> [Change] {
    (0..<history.count).flatMap { index in
      let event = history.events[index]
      return (Int(event.factStart)..<Int(event.factEnd)).compactMap { place in
        let fact = history.facts[place]
        let attribute = Int(fact.index)
        return switch fact.kind {
        case .attribute: Change(event: event, attribute: attribute, cell: Int64(fact.payload))
        case .removal: Change(event: event, attribute: attribute, cell: LeadLayout.absent)
        default: nil
        }
      }
    }
  }

  /// The attributes of accounts behind all changes, as leads see them that nothing was decided about.
  var atEnd: AccountAttributes {
    AccountAttributes(
      cells: latest, attributeCount: attributeCount, finals: set.finalAccounts)
  }

  /// Fills the attribute cells of an account as they were at a cutoff.
  ///
  /// Returns them as judging takes them, for as long as the cells are there.
  func fill(
    _ cells: UnsafeMutablePointer<Int64>, ofAccount account: Int64, at cutoff: Cutoff
  ) -> AccountAttributes {
    cells.update(repeating: LeadLayout.absent, count: attributeCount)
    for change in changes[Int(account)] where cutoff.isAfter(change.event) {
      cells[change.attribute] = change.cell
    }
    return AccountAttributes(
      cells: cells, attributeCount: attributeCount, firstAccount: account,
      finals: set.finalAccounts)
  }
}

/// One worker's view of accounts: as they were at the cutoff of the lead at hand.
final class CutoffAccounts {
  private let timelines: AccountTimelines
  private let judge: Judge
  private let cells: UnsafeMutablePointer<Int64>

  init(_ timelines: AccountTimelines, _ judge: Judge) {
    self.timelines = timelines
    self.judge = judge
    // One cell more, so that there is an address even without attributes.
    let attributeCount = judge.attributes.count
    cells = .allocate(capacity: attributeCount + 1)
    cells.initialize(repeating: LeadLayout.absent, count: attributeCount + 1)
  }

  deinit { cells.deallocate() }

  @inline(__always)
  func attributes(of history: LeadHistory, at cutoff: Cutoff) -> AccountAttributes {
    // Of most leads nothing is decided, and they see what there is at the end.
    guard cutoff.end != nil, let account = judge.account(of: history, timelines.atEnd) else {
      return timelines.atEnd
    }
    return timelines.fill(cells, ofAccount: account, at: cutoff)
  }
}
