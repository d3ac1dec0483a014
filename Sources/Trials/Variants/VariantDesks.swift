import Judging
import Notation

/// Judges the lead at hand by every variant: by the first in full, by the others as far as they differ.
///
/// One worker has it, with a desk for each variant.
final class VariantDesks {
  /// The cells of the lead judged last, of each variant in turn; the same place as the first one's where
  /// nothing differs.
  let cells: UnsafeMutablePointer<UnsafePointer<Int64>>
  /// Of each variant, whether it leaves that lead out of its results.
  let isExcluded: UnsafeMutablePointer<Bool>
  /// That of the first variant.
  let first: Desk
  let count: Int
  private let group: VariantGroup
  private let desks: [Desk]
  /// By variant, the cell that tells whether a lead is left out; -1 where none is.
  private let exclusionCells: [Int]
  private let excludes: Bool
  /// What is needed of the others, without reference counts: every lead is judged by each.
  private let others: [Other]
  /// The same of the first.
  private let firstJudged: (judge: Unmanaged<Judge>, desk: Unmanaged<Desk>)

  private struct Other {
    let judge: Unmanaged<Judge>
    let difference: Unmanaged<JudgeDifference>?
    let desk: Unmanaged<Desk>
  }

  /// `foretells`: whether leads are judged as if nobody knew what became of them.
  init(_ group: VariantGroup, foretells: Bool = false) {
    self.group = group
    let variants = group.variants
    exclusionCells = variants.map { $0.judge.excludes ? $0.judge.layout.excluded : -1 }
    excludes = variants.contains { $0.judge.excludes }
    isExcluded = .allocate(capacity: variants.count)
    isExcluded.initialize(repeating: false, count: variants.count)
    count = variants.count
    let desks = group.makeDesks()
    for desk in desks { desk.foretells = foretells }
    self.desks = desks
    first = desks[0]
    // Safe: the group and the desks are kept as long as this.
    others = variants.indices.dropFirst().map { index in
      Other(
        judge: .passUnretained(variants[index].judge),
        difference: group.differences[index].map { .passUnretained($0) },
        desk: .passUnretained(desks[index]))
    }
    firstJudged = (.passUnretained(variants[0].judge), .passUnretained(first))
    cells = .allocate(capacity: count)
    for index in 0..<count { (cells + index).initialize(to: UnsafePointer(desks[index].cells)) }
  }

  deinit {
    cells.deallocate()
    isExcluded.deallocate()
  }

  /// `asOf`: what ages are counted to.
  func judge(_ history: LeadHistory, accounts: AccountAttributes, asOf: Milliseconds) {
    firstJudged.desk._withUnsafeGuaranteedRef { first in
      first.asOf = asOf
      firstJudged.judge._withUnsafeGuaranteedRef {
        if others.isEmpty {
          $0.judge(history, first, accounts: accounts)
        } else {
          $0.judgeForDifferences(history, first, accounts: accounts)
        }
      }
      for index in others.indices {
        cells[index + 1] = judge(others[index], history, after: first, accounts: accounts)
      }
    }
    guard excludes else { return }
    for index in 0..<count {
      isExcluded[index] = exclusionCells[index] >= 0 && cells[index][exclusionCells[index]] == 1
    }
  }

  /// Fills what files show of the lead by the first variant.
  func showFirst() { group.variants[0].judge.show(first) }

  /// Judges the lead by one of the other variants, and returns its cells.
  @inline(__always)
  private func judge(
    _ other: Other, _ history: LeadHistory, after first: Desk, accounts: AccountAttributes
  ) -> UnsafePointer<Int64> {
    other.desk._withUnsafeGuaranteedRef { desk in
      if let difference = other.difference {
        return difference._withUnsafeGuaranteedRef { $0.judge(history, desk, after: first) }
      }
      desk.asOf = first.asOf
      other.judge._withUnsafeGuaranteedRef { $0.judge(history, desk, accounts: accounts) }
      return UnsafePointer(desk.cells)
    }
  }

  /// By variant, the sums over the leads judged since they were taken last.
  func takeCounts() -> [JudgingCounts] {
    let first = first.takeCounts(group.variants[0].judge)
    return desks.indices.map { index in
      if index == 0 { return first }
      return group.differences[index]?.takeCounts(desks[index], after: first)
        ?? desks[index].takeCounts(group.variants[index].judge)
    }
  }
}
