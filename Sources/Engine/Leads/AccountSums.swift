import Intake
import Judging
import Notation
import Reading
import Synchronization
import Tables
import Workers

/// So many that a task is worth handing out.
package let accountsPerTask = 4096

/// What the accounts' own profiles say, before any lead is judged.
package struct AccountProfiles: Sendable {
  /// Of each account in turn a cell for each attribute.
  let cells: [Int64]
  private let attributeCount: Int
  /// Whether an account has a profile that is used.
  let hasProfile: [Bool]
  let fates: Fates

  /// Those of no account.
  package init() {
    (cells, attributeCount, hasProfile, fates) = ([LeadLayout.absent], 0, [], Fates())
  }

  /// `isKnown`: of each sheet, whether it is known; all are unless told otherwise.
  ///
  /// `horizon`: profiles up to this time exist; up to the as-of unless told otherwise.
  package init(
    _ set: SheetSet, _ judge: Judge, isKnown: [Bool]? = nil, horizon: Milliseconds? = nil, jobs: Int
  ) throws {
    let count = set.accounts.count
    let attributeCount = judge.attributes.count
    self.attributeCount = attributeCount
    // One cell more, so that there is an address even without attributes.
    var cells = [Int64](repeating: LeadLayout.absent, count: count * attributeCount + 1)
    var hasProfile = [Bool](repeating: false, count: count)
    var sum = Fates()
    let tasks = (0..<count).pieces(of: accountsPerTask)
    try cells.withUnsafeMutableBufferPointer { cells in
      try hasProfile.withUnsafeMutableBufferPointer { hasProfile in
        // Each worker writes to what is of its own accounts.
        nonisolated(unsafe) let (cells, hasProfile) = (cells, hasProfile)
        let workers = try parallel(
          tasks.count, jobs: jobs, makeWorker: { _ in (history: LeadHistory(), fates: Fates()) }
        ) { worker, task in
          for account in tasks[task] {
            gatherProfile(
              of: account, in: set, isKnown: isKnown, until: horizon ?? judge.asOf,
              into: worker.history, &worker.fates)
            hasProfile[account] = worker.history.hasProfile(set.classes)
            judge.attributeCells(
              of: worker.history,
              into: cells.baseAddress.unsafelyUnwrapped + account * attributeCount)
          }
        }
        for worker in workers { sum += worker.fates }
      }
    }
    self.cells = cells
    self.hasProfile = hasProfile
    fates = sum
  }

  /// By account, whether others of the same log say something else of it.
  package func differences(from others: AccountProfiles) -> [Bool] {
    hasProfile.indices.map { account in
      let own = account * attributeCount..<(account + 1) * attributeCount
      return cells[own] != others.cells[own]
    }
  }

  /// Lends what accounts say to a body.
  ///
  /// `set`: whose accounts they are.
  func withAttributes<Result>(
    in set: SheetSet, _ body: (AccountAttributes) throws -> Result
  ) rethrows -> Result {
    try cells.withUnsafeBufferPointer { cells in
      try body(
        AccountAttributes(
          cells: cells.baseAddress.unsafelyUnwrapped, attributeCount: attributeCount,
          finals: set.finalAccounts))
    }
  }

  /// Calls back with what fills the cells of accounts from the sums of their leads.
  fileprivate func withCloser<Result>(
    of rolls: [PartialRoll], _ roll: AccountRoll, _ body: (AccountCloser) -> Result
  ) -> Result {
    cells.withUnsafeBufferPointer { cells in
      body(
        AccountCloser(
          profiles: cells.baseAddress.unsafelyUnwrapped, attributeCount: attributeCount,
          rolls: rolls.map { .passUnretained($0) }, roll: .passUnretained(roll),
          given: GivenValues()))
    }
  }
}

/// Fills the cells of accounts; there are many, so nothing is retained for one.
private struct AccountCloser {
  let profiles: UnsafePointer<Int64>
  let attributeCount: Int
  let rolls: [Unmanaged<PartialRoll>]
  let roll: Unmanaged<AccountRoll>
  /// Of the account at hand.
  let given: GivenValues

  /// `onHeld`: told of each score whose total is held, then of each of the account's own.
  func close(
    _ account: Int, into cells: UnsafeMutablePointer<Int64>, onHeld: (Int) -> Void = { _ in }
  ) {
    roll._withUnsafeGuaranteedRef { roll in
      roll.open(cells, account: account, attributes: profiles + account * attributeCount)
      given.removeAll()
      for index in rolls.indices {
        rolls[index]._withUnsafeGuaranteedRef { $0.add(account, to: cells, given) }
      }
      roll.close(cells, given, onHeld: onHeld)
    }
  }
}

/// Closes the accounts that are known; rows in the order of their keys.
///
/// `rolls`: what each worker of the fold has added up.
///
/// Also tells, by score, of how many accounts the total is held; then the same of the accounts' own scores.
func closeAccounts(
  _ rolls: [PartialRoll], _ set: SheetSet, _ profiles: AccountProfiles, _ roll: AccountRoll,
  jobs: Int
) throws -> (CellTable, held: [Int]) {
  let stride = roll.cellCount
  let count = set.accounts.count
  let cells = UnsafeMutablePointer<Int64>.allocate(capacity: max(1, count * stride))
  defer { cells.deallocate() }
  // Each worker writes to the cells of its own accounts.
  nonisolated(unsafe) let target = cells
  let tasks = (0..<count).pieces(of: accountsPerTask)
  let none = [Int](repeating: 0, count: roll.heldCount)
  let held = Slots<[Int]>(tasks.count)
  try parallel(tasks.count, jobs: jobs) { task in
    held[task] = profiles.withCloser(of: rolls, roll) { closer in
      var counts = none
      for account in tasks[task] {
        closer.close(account, into: target + account * stride) { counts[$0] += 1 }
      }
      return counts
    }
  }
  let known = (0..<count).filter {
    cells[$0 * stride + roll.layout.leads] > 0 || profiles.hasProfile[$0]
  }
  let table = CellTable(width: stride)
  // The first sixteen bytes decide nearly every comparison.
  let prefixed = known.map { (prefix: keyPrefix(set.accounts[$0]), account: $0) }.sorted { a, b in
    a.prefix == b.prefix
      ? precedes(set.accounts[a.account], set.accounts[b.account]) : a.prefix < b.prefix
  }
  for (_, account) in prefixed { table.append(set.accounts[account], cells + account * stride) }
  return (
    table, held.elements.reduce(none) { sums, counts in zip(sums, counts).map { $0 + $1 } }
  )
}

/// Tells of every account in turn whether it is known and ready, and whether on each list, as `memberCells` has them.
///
/// `rolls`: what each worker of a fold has added up.
///
/// `before`: what is true of accounts in whose leads nothing was exchanged; nil where all are looked at.
package func accountMembers(
  _ rolls: [PartialRoll], _ profiles: AccountProfiles, _ roll: AccountRoll, before: [Bool]? = nil,
  jobs: Int
) throws -> [Bool] {
  let tasks = profiles.hasProfile.indices.pieces(of: accountsPerTask)
  let found = Slots<[Bool]>(tasks.count)
  let memberCells = roll.memberCells
  let changes = rolls.filter(\.holdsChanges)
  try parallel(tasks.count, jobs: jobs) { task in
    found[task] = profiles.withCloser(of: rolls, roll) { closer in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: roll.cellCount) { buffer in
        let cells = buffer.baseAddress.unsafelyUnwrapped
        var members: [Bool] = []
        members.reserveCapacity(tasks[task].count * memberCells.count)
        for account in tasks[task] {
          if let before, !changes.contains(where: { $0.hasChanged(account) }) {
            members += before[account * memberCells.count..<(account + 1) * memberCells.count]
            continue
          }
          closer.close(account, into: cells)
          let isKnown = cells[roll.layout.leads] > 0 || profiles.hasProfile[account]
          for cell in memberCells { members.append(isKnown && cells[cell] == 1) }
        }
        return members
      }
    }
  }
  return Array(found.elements.joined())
}

/// Returns the accounts' own scores, by account, then by score; absent where there is none, or no such account.
///
/// `rolls`: what each worker of a fold has added up.
package func ownScores(
  _ rolls: [PartialRoll], _ profiles: AccountProfiles, _ roll: AccountRoll, jobs: Int
) throws -> [Int64] {
  let tasks = profiles.hasProfile.indices.pieces(of: accountsPerTask)
  let found = Slots<[Int64]>(tasks.count)
  let (first, count) = (roll.layout.ownScores, roll.layout.cellCount - roll.layout.ownScores)
  try parallel(tasks.count, jobs: jobs) { task in
    found[task] = profiles.withCloser(of: rolls, roll) { closer in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: roll.cellCount) { buffer in
        let cells = buffer.baseAddress.unsafelyUnwrapped
        return tasks[task].flatMap { account in
          closer.close(account, into: cells)
          let isKnown = cells[roll.layout.leads] > 0 || profiles.hasProfile[account]
          return (first..<first + count).map { isKnown ? cells[$0] : LeadLayout.absent }
        }
      }
    }
  }
  return Array(found.elements.joined())
}

/// The sums over some workers' leads, by account.
package final class PartialRoll: @unchecked Sendable {
  /// More workers than this share: sums for a million accounts take a hundred megabytes.
  package static let countMax = 8

  private let cells: UnsafeMutablePointer<Int64>
  private let stride: Int
  private let roll: AccountRoll
  /// Whether it is to be added to the sums of leads that are exchanged in it.
  let holdsChanges: Bool
  /// What leads gave to scores of which only the greatest count.
  private let given = GivenValues()
  /// Of each account whether something was exchanged in it; none where nothing is.
  private let changed: UnsafeMutablePointer<Bool>
  private let lock = Mutex<Void>(())

  package init(_ roll: AccountRoll, accountCount: Int, holdsChanges: Bool = false) {
    self.roll = roll
    self.holdsChanges = holdsChanges
    stride = holdsChanges ? roll.changeCellCount : roll.layout.cellCount
    cells = .allocate(capacity: max(1, accountCount * stride))
    cells.initialize(repeating: 0, count: max(1, accountCount * stride))
    let changedCount = holdsChanges ? accountCount : 0
    changed = .allocate(capacity: max(1, changedCount))
    changed.initialize(repeating: false, count: changedCount)
  }

  deinit {
    cells.deallocate()
    changed.deallocate()
  }

  /// Whether something was exchanged in an account.
  func hasChanged(_ account: Int) -> Bool { changed[account] }

  /// Adds some leads, of each its first cells.
  package func add(_ leads: UnsafePointer<Int64>, count: Int) {
    let (width, account) = (roll.leadCellCount, roll.accountCell)
    lock.withLock { _ in
      for lead in 0..<count {
        let row = leads + lead * width
        roll.add(row, to: cells + Int(row[account]) * stride, given)
      }
    }
  }

  @inline(__always)
  package func exchange(
    _ before: UnsafePointer<Int64>, for after: UnsafePointer<Int64>, account: Int64
  ) {
    lock.withLock { _ in
      let isChanged = roll.exchange(before, for: after, in: cells + Int(account) * stride)
      if isChanged { changed[Int(account)] = true }
    }
  }

  /// Adds an account's sums to those of other workers.
  ///
  /// `given`: keeps what was given of it.
  package func add(_ account: Int, to sums: UnsafeMutablePointer<Int64>, _ given: GivenValues) {
    let partial = cells + account * stride
    if holdsChanges {
      if changed[account] { roll.add(changes: partial, to: sums) }
    } else if partial[roll.layout.leads] > 0 {
      roll.add(partial: partial, self.given, to: sums, given)
    }
  }
}
