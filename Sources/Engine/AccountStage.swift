import Definition
import Judging
import Snapshots
import Synchronization

/// What the accounts' own profiles say, before any lead is judged.
struct AccountProfiles: Sendable {
  /// Of each account in turn a cell for each attribute.
  let cells: [Int64]
  private let attributeCount: Int
  /// Whether an account has a profile that is used.
  let hasProfile: [Bool]
  let fates: Fates

  private static let accountsPerTask = 4096

  /// `isKnown`: of each sheet, whether it is known; all are unless told otherwise.
  ///
  /// `horizon`: profiles up to this time exist; up to the as-of unless told otherwise.
  init(
    _ set: SheetSet, _ judge: Judge, isKnown: [Bool]? = nil, horizon: Milliseconds? = nil, jobs: Int
  ) throws {
    let count = set.accounts.count
    let attributeCount = judge.attributes.count
    self.attributeCount = attributeCount
    // One cell more, so that there is an address even without attributes.
    var cells = [Int64](repeating: LeadLayout.absent, count: count * attributeCount + 1)
    var hasProfile = [Bool](repeating: false, count: count)
    var sum = Fates()
    let accountsPerTask = AccountProfiles.accountsPerTask
    try cells.withUnsafeMutableBufferPointer { cells in
      try hasProfile.withUnsafeMutableBufferPointer { hasProfile in
        // Each worker writes to what is of its own accounts.
        nonisolated(unsafe) let (cells, hasProfile) = (cells, hasProfile)
        let workers = try parallel(
          (count + accountsPerTask - 1) / accountsPerTask, jobs: jobs,
          makeWorker: { _ in (history: History(), fates: Fates()) }
        ) { worker, task in
          for account in (task * accountsPerTask)..<min(count, (task + 1) * accountsPerTask) {
            worker.history.clear()
            for place in set.profiles.of(account: account)
            where isKnown?[Int(place.sheet)] ?? true {
              SheetView.gather(
                set.views, place, erasure: nil, asOf: horizon ?? judge.asOf, into: worker.history,
                &worker.fates)
            }
            worker.history.settle(judge.classes, &worker.fates)
            hasProfile[account] = worker.history.count > 0
            judge.attributeCells(
              ofAccount: worker.history,
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

  func withCells(of account: Int, _ body: (UnsafePointer<Int64>) -> Void) {
    cells.withUnsafeBufferPointer {
      body($0.baseAddress.unsafelyUnwrapped + account * attributeCount)
    }
  }
}

/// Closes the accounts that are known; rows in the order of their keys.
///
/// `rolls`: what each worker of the fold has added up.
func closeAccounts(
  _ rolls: [PartialRoll], _ set: SheetSet, _ profiles: AccountProfiles, _ roll: AccountRoll,
  jobs: Int
) throws -> CellTable {
  let stride = roll.cellCount
  let count = set.accounts.count
  let cells = UnsafeMutablePointer<Int64>.allocate(capacity: max(1, count * stride))
  defer { cells.deallocate() }
  // Each worker writes to the cells of its own accounts.
  nonisolated(unsafe) let target = cells
  let accountsPerTask = 4096
  try parallel((count + accountsPerTask - 1) / accountsPerTask, jobs: jobs) { task in
    for account in (task * accountsPerTask)..<min(count, (task + 1) * accountsPerTask) {
      close(account, rolls, profiles, roll, into: target + account * stride)
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
  return table
}

/// The keys of the accounts that are known and ready.
func readyAccounts(
  _ rolls: [PartialRoll], _ set: SheetSet, _ profiles: AccountProfiles, _ roll: AccountRoll,
  jobs: Int
) throws -> Set<[UInt8]> {
  let accountsPerTask = 4096
  let taskCount = (set.accounts.count + accountsPerTask - 1) / accountsPerTask
  let ready = Slots<[Int]>(taskCount)
  try parallel(taskCount, jobs: jobs) { task in
    let accounts = (task * accountsPerTask)..<min(set.accounts.count, (task + 1) * accountsPerTask)
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: roll.cellCount) { buffer in
      let cells = buffer.baseAddress.unsafelyUnwrapped
      ready[task] = accounts.filter { account in
        close(account, rolls, profiles, roll, into: cells)
        return cells[roll.layout.ready] == 1
          && (cells[roll.layout.leads] > 0 || profiles.hasProfile[account])
      }
    }
  }
  return Set(ready.elements.joined().map { Array(set.accounts[$0]) })
}

/// Fills all cells of one account.
private func close(
  _ account: Int, _ rolls: [PartialRoll], _ profiles: AccountProfiles, _ roll: AccountRoll,
  into cells: UnsafeMutablePointer<Int64>
) {
  profiles.withCells(of: account) { roll.open(cells, attributes: $0) }
  for partial in rolls { partial.add(account, to: cells) }
  roll.close(cells)
}

/// The sums over some workers' leads, by account.
final class PartialRoll: @unchecked Sendable {
  /// More workers than this share: sums for a million accounts take a hundred megabytes.
  static let countMax = 8

  private let cells: UnsafeMutablePointer<Int64>
  private let stride: Int
  private let roll: AccountRoll
  private let holdsChanges: Bool
  private let lock = Mutex<Void>(())

  /// `holdsChanges`: whether it is to be added to the sums of leads that are exchanged in it.
  init(_ roll: AccountRoll, accountCount: Int, holdsChanges: Bool = false) {
    self.roll = roll
    self.holdsChanges = holdsChanges
    stride = roll.layout.cellCount
    cells = .allocate(capacity: max(1, accountCount * stride))
    cells.initialize(repeating: 0, count: max(1, accountCount * stride))
  }

  deinit { cells.deallocate() }

  /// Adds some leads, of each its first cells.
  func add(_ leads: UnsafePointer<Int64>, count: Int) {
    let (width, account) = (roll.leadCellCount, roll.accountCell)
    lock.withLock { _ in
      for lead in 0..<count {
        let row = leads + lead * width
        roll.add(row, to: cells + Int(row[account]) * stride)
      }
    }
  }

  @inline(__always)
  func exchange(
    _ before: UnsafePointer<Int64>, for after: UnsafePointer<Int64>, account: Int64
  ) {
    lock.withLock { _ in
      roll.exchange(before, for: after, in: cells + Int(account) * stride)
    }
  }

  /// Adds an account's sums to those of other workers.
  func add(_ account: Int, to sums: UnsafeMutablePointer<Int64>) {
    let partial = cells + account * stride
    if holdsChanges || partial[roll.layout.leads] > 0 { roll.add(partial: partial, to: sums) }
  }
}
