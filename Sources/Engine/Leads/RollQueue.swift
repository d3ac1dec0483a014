import Judging

/// Leads of one worker that wait to be added to their accounts.
///
/// Nearly every account has to be fetched from memory: one after the other these waits are as long as a
/// quarter of judging, dozens at a time they overlap.
package final class RollQueue {
  private let sums: PartialRoll
  private let width: Int
  private let account: Int
  private let rows: UnsafeMutablePointer<Int64>
  private var count = 0
  private static let countMax = 64

  package init(_ sums: PartialRoll, _ roll: AccountRoll) {
    self.sums = sums
    width = roll.leadCellCount
    account = roll.accountCell
    rows = .allocate(capacity: width * RollQueue.countMax)
  }

  deinit { rows.deallocate() }

  /// Takes a lead in, if it has an account.
  @inline(__always)
  package func add(_ lead: UnsafePointer<Int64>) {
    if lead[account] == LeadLayout.absent { return }
    (rows + count * width).update(from: lead, count: width)
    count += 1
    if count == RollQueue.countMax { flush() }
  }

  /// Adds those that wait; to be called before anybody looks at the sums.
  package func flush() {
    sums.add(rows, count: count)
    count = 0
  }
}
