import Definition
import Judging
import Snapshots

/// What the accounts' own profiles say, before any lead is judged.
struct AccountProfiles: Sendable {
  /// Of each account in turn a cell for each attribute.
  private(set) var cells: [Int64]
  /// Whether an account has a profile that is used.
  private(set) var hasProfile: [Bool]
  private(set) var fates = Fates()

  init(_ set: SheetSet, _ judge: Judge) {
    let attributeCount = judge.attributes.count
    // One cell more, so that there is an address even without attributes.
    cells = [Int64](
      repeating: LeadLayout.absent, count: set.accounts.count * attributeCount + 1)
    hasProfile = [Bool](repeating: false, count: set.accounts.count)
    let history = History()
    for (account, places) in set.profiles.enumerated() where !places.isEmpty {
      history.clear()
      for place in places {
        set.gather(place, erasure: nil, asOf: judge.asOf, into: history, &fates)
      }
      history.settle(judge.classes, &fates)
      hasProfile[account] = history.count > 0
      cells.withUnsafeMutableBufferPointer { cells in
        judge.attributeCells(
          ofAccount: history,
          into: cells.baseAddress.unsafelyUnwrapped + account * attributeCount)
      }
    }
  }
}

/// Rolls all leads up to their accounts; rows in the order of the accounts' keys.
func rollUp(
  _ leads: JudgedLeads, _ set: SheetSet, _ profiles: AccountProfiles, _ judge: Judge
) -> CellTable {
  let roll = AccountRoll(judge)
  let stride = roll.cellCount
  let count = set.accounts.count
  let cells = UnsafeMutablePointer<Int64>.allocate(capacity: max(1, count * stride))
  defer { cells.deallocate() }
  cells.initialize(repeating: 0, count: max(1, count * stride))
  profiles.cells.withUnsafeBufferPointer { profileCells in
    for account in 0..<count {
      roll.open(
        cells + account * stride,
        attributes: profileCells.baseAddress.unsafelyUnwrapped
          + account * judge.attributes.count)
    }
  }
  let rolledUpCount = judge.layout.rolledUpCount
  withUnsafeTemporaryAllocation(of: Int64.self, capacity: rolledUpCount) { buffer in
    let lead = buffer.baseAddress.unsafelyUnwrapped
    for part in leads.parts {
      for row in 0..<part.count {
        part.unpack(row, rolledUpCount, into: lead)
        let account = lead[judge.layout.account]
        if account == LeadLayout.absent { continue }
        roll.add(lead, to: cells + Int(account) * stride)
      }
    }
  }
  let table = CellTable(width: stride)
  let known = (0..<count).filter {
    cells[$0 * stride + roll.layout.leads] > 0 || profiles.hasProfile[$0]
  }
  for account in known.sorted(by: { precedes(set.accounts[$0], set.accounts[$1]) }) {
    roll.close(cells + account * stride)
    table.append(set.accounts[account], cells + account * stride)
  }
  return table
}
