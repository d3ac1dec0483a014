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
  /// The accounts that are looked at; nil where all are.
  let accounts: [Int]?
  let accountCount: Int
  let attributeCount: Int
  /// Has which accounts are one.
  let set: SheetSet

  /// `accounts`: those that are looked at; all are unless told otherwise.
  ///
  /// `horizon`: what they said up to this time.
  package init(
    _ set: SheetSet, of accounts: [Int]? = nil, until horizon: Milliseconds, _ judge: Judge
  ) {
    let history = LeadHistory()
    var fates = Fates()
    var all: [Change] = []
    for account in accounts ?? Array(0..<set.accounts.count) {
      gatherProfile(
        of: account, in: set, until: horizon, into: history, &fates)
      // A merge of accounts says nothing of them.
      all += (0..<history.count).filter {
        set.classes.kinds[Int(history.events[$0].eventClass)] == .accountProfile
      }.map { Change($0, of: account, history) }
    }
    self.all = all.sorted { $0.event.precedes($1.event) }
    self.accounts = accounts
    accountCount = accounts?.count ?? set.accounts.count
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
  /// By account, where its cells stand; nil where they stand by its number.
  private let slots: [Int: Int]?
  private let cells: UnsafeMutablePointer<Int64>
  private var said: [Bool]

  package init(_ changes: ProfileChanges) {
    self.changes = changes
    slots = changes.accounts.map { accounts in
      Dictionary(accounts.enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
    }
    // Those of an account that says nothing, and one cell more, so that there always is an address.
    let cellCount = (changes.accountCount + 1) * changes.attributeCount + 1
    cells = .allocate(capacity: cellCount)
    cells.initialize(repeating: LeadLayout.absent, count: cellCount)
    said = [Bool](repeating: false, count: changes.accountCount + 1)
  }

  deinit { cells.deallocate() }

  /// Takes what was said up to a time.
  ///
  /// `instant`: of what was said at that very time, how much; all unless told otherwise.
  package func take(upTo time: Milliseconds, at instant: Instant? = nil) {
    while count < changes.all.count, changes.all[count].event.time <= time {
      let change = changes.all[count]
      if let instant, !instant.sees(change.event.time, at: EventPlace(change.event)) { return }
      let slot = slot(of: change.account)
      for (attribute, cell) in change.cells {
        cells[slot * changes.attributeCount + attribute] = cell
      }
      said[slot] = true
      count += 1
    }
  }

  private func slot(of account: Int) -> Int {
    guard let slots else { return account }
    return slots[account] ?? changes.accountCount
  }

  /// As judging takes them for a lead, for as long as this is there and takes nothing more.
  package func attributes(for lead: LeadCourse) -> AccountAttributes {
    attributes(ofLeadsOf: account(of: lead))
  }

  /// The number of a lead's account; nil without one.
  package func account(of lead: LeadCourse) -> Int? {
    lead.account(attributes(ofLeadsOf: nil))
  }

  /// As judging takes them for the leads of an account, for as long as this is there and takes nothing more.
  package func attributes(ofLeadsOf account: Int?) -> AccountAttributes {
    AccountAttributes(
      cells: attributes(of: account ?? changes.accountCount),
      attributeCount: changes.attributeCount, firstAccount: Int64(account ?? 0),
      finals: changes.set.finalAccounts)
  }

  /// The attribute cells of one account.
  package func attributes(of account: Int) -> UnsafePointer<Int64> {
    UnsafePointer(cells + slot(of: account) * changes.attributeCount)
  }

  package func hasProfile(_ account: Int) -> Bool { said[slot(of: account)] }

  /// Where what was taken last of an account stands, if it was said at a time.
  package func events(of account: Int?, at time: Milliseconds) -> [EventPlace] {
    changes.all[..<count].reversed().prefix { $0.event.time == time }
      .filter { $0.account == account }.map { EventPlace($0.event) }
  }
}
