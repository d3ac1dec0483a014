import Identity
import Judging
import Notation
import Reading

/// All that the accounts' profiles said up to a time, in the order of time.
package struct ProfileChanges: Sendable {
  struct Change: Sendable {
    var event: HistoryEvent
    var account: Int
    /// What it gives each attribute that it says something of.
    var cells: [(attribute: Int, cell: Int64)]
  }

  let all: [Change]
  let accountCount: Int
  let attributeCount: Int
  /// Has which accounts are one.
  let set: SheetSet

  /// `horizon`: what they said up to this time.
  package init(_ set: SheetSet, until horizon: Milliseconds, _ judge: Judge) {
    let history = LeadHistory()
    var fates = Fates()
    var all: [Change] = []
    for account in 0..<set.accounts.count {
      gatherProfile(
        of: account, in: set, until: horizon, into: history, &fates)
      // A merge of accounts says nothing of them.
      all += (0..<history.count).filter {
        set.classes.kinds[Int(history.events[$0].eventClass)] == .accountProfile
      }.map { Change($0, of: account, history) }
    }
    self.all = all.sorted { $0.event.precedes($1.event) }
    accountCount = set.accounts.count
    attributeCount = judge.attributes.count
    self.set = set
  }

  /// When something was said of any account.
  package var times: [Milliseconds] { all.map(\.event.time) }
}

extension ProfileChanges.Change {
  fileprivate init(_ index: Int, of account: Int, _ history: LeadHistory) {
    event = history.events[index]
    self.account = account
    cells = (Int(event.factStart)..<Int(event.factEnd)).compactMap { place in
      let fact = history.facts[place]
      return switch fact.kind {
      case .attribute: (Int(fact.index), Int64(fact.payload))
      case .removal: (Int(fact.index), LeadLayout.absent)
      default: nil
      }
    }
  }
}

/// What the accounts' profiles say at a time that goes on.
package final class ProfileCourse {
  private let changes: ProfileChanges
  /// How many changes were taken.
  private var count = 0
  private let cells: UnsafeMutablePointer<Int64>
  private var said: [Bool]

  package init(_ changes: ProfileChanges) {
    self.changes = changes
    // One cell more, so that there is an address even without accounts or attributes.
    let cellCount = changes.accountCount * changes.attributeCount + 1
    cells = .allocate(capacity: cellCount)
    cells.initialize(repeating: LeadLayout.absent, count: cellCount)
    said = [Bool](repeating: false, count: changes.accountCount)
  }

  deinit { cells.deallocate() }

  /// Takes what was said up to a time.
  package func take(upTo time: Milliseconds) {
    while count < changes.all.count, changes.all[count].event.time <= time {
      let change = changes.all[count]
      for (attribute, cell) in change.cells {
        cells[change.account * changes.attributeCount + attribute] = cell
      }
      said[change.account] = true
      count += 1
    }
  }

  /// As judging takes them, for as long as this is there and takes nothing more.
  package var attributes: AccountAttributes {
    AccountAttributes(
      cells: cells, attributeCount: changes.attributeCount, finals: changes.set.finalAccounts)
  }

  /// The attribute cells of one account.
  package func attributes(of account: Int) -> UnsafePointer<Int64> {
    UnsafePointer(cells + account * changes.attributeCount)
  }

  package func hasProfile(_ account: Int) -> Bool { said[account] }

  /// Where what was taken last of an account stands, if it was said at a time.
  package func events(of account: Int?, at time: Milliseconds) -> [EventPlace] {
    changes.all[..<count].reversed().prefix { $0.event.time == time }
      .filter { $0.account == account }.map { EventPlace($0.event) }
  }
}
