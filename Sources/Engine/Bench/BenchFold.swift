import Judging
import Reading
import Snapshots
import Synchronization

/// Sees every lead as all variants judge it.
///
/// Each worker has one of its own; what they saw is put together at the end, in any order.
protocol LeadWitness: AnyObject, SendableMetatype {
  /// `cells`: the lead's cells, of each variant in turn.
  ///
  /// `desks`: where they were worked out.
  func see(
    _ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<UnsafePointer<Int64>>,
    _ desks: [Desk])
}

/// What a fold over a bench came to.
struct BenchFold<Witness: LeadWitness> {
  var witnesses: [Witness] = []
  /// By variant.
  var counts: [JudgingCounts] = []
  /// By variant; empty where accounts were not asked for.
  var accounts: [CellTable] = []
}

extension Bench {
  /// Judges every lead by every variant.
  ///
  /// `rollsUp`: whether accounts are added up too, which takes memory for each variant and worker.
  func fold<Witness: LeadWitness>(
    _ variants: [Variant], rollsUp: Bool, makeWitness: @escaping @Sendable () -> Witness
  ) throws -> BenchFold<Witness> {
    let workers = Mutex<[BenchWorker<Witness>]>([])
    // Of each variant as many sums as a run has.
    let rolls = variants.map { variant in
      (0..<(rollsUp ? min(jobs, PartialRoll.countMax) : 0)).map { _ in
        PartialRoll(variant.roll, accountCount: set.accounts.count)
      }
    }
    let workerCount = Atomic<Int>(0)
    try profiles.cells.withUnsafeBufferPointer { cells in
      let accounts = AccountAttributes(
        cells: cells.baseAddress.unsafelyUnwrapped,
        attributeCount: variants.first?.judge.attributes.count ?? 0)
      try parallel(
        LeadHistories.taskCount(identities), jobs: jobs,
        makeWorker: {
          let number = workerCount.wrappingAdd(1, ordering: .relaxed).oldValue
          let worker = BenchWorker(
            self, variants, accounts, sums: rolls.map { $0.isEmpty ? nil : $0[number % $0.count] },
            witness: makeWitness())
          workers.withLock { $0.append(worker) }
          return worker
        }
      ) { worker, task in
        worker.fold(task)
      }
    }
    return try finish(workers.withLock { $0 }, variants, rolls)
  }

  private func finish<Witness>(
    _ workers: [BenchWorker<Witness>], _ variants: [Variant], _ rolls: [[PartialRoll]]
  ) throws -> BenchFold<Witness> {
    var fold = BenchFold<Witness>()
    fold.witnesses = workers.map(\.witness)
    for (index, variant) in variants.enumerated() {
      var counts = JudgingCounts(variant.judge.definition)
      for worker in workers { counts += worker.desks[index].takeCounts(variant.judge) }
      fold.counts.append(counts)
      if rolls[index].isEmpty { continue }
      fold.accounts.append(
        try closeAccounts(rolls[index], set, profiles, variant.roll, jobs: jobs))
    }
    return fold
  }
}

/// One worker of the fold: a desk for each variant, and a history that every lead uses again.
private final class BenchWorker<Witness: LeadWitness>: @unchecked Sendable {
  let witness: Witness
  let desks: [Desk]
  /// By variant; nil where accounts are not asked for.
  private let sums: [PartialRoll?]
  private let leads: LeadHistories
  private let variants: [Variant]
  private let accounts: AccountAttributes
  /// What is needed of each variant, without reference counts: every lead is judged by each.
  private let seats: [Seat]
  private let cells: UnsafeMutablePointer<UnsafePointer<Int64>>

  private struct Seat {
    let judge: Unmanaged<Judge>
    let desk: Unmanaged<Desk>
    let sums: Unmanaged<PartialRoll>?
    let account: Int
  }

  init(
    _ bench: Bench, _ variants: [Variant], _ accounts: AccountAttributes, sums: [PartialRoll?],
    witness: Witness
  ) {
    // Variants read the log alike, so what repeats what is the same for all.
    leads = LeadHistories(bench.set, bench.identities, asOf: bench.asOf)
    self.variants = variants
    self.accounts = accounts
    self.witness = witness
    self.sums = sums
    let desks = variants.map { Desk($0.judge) }
    self.desks = desks
    // Safe: the worker keeps all three alive.
    seats = variants.indices.map { index in
      Seat(
        judge: .passUnretained(variants[index].judge), desk: .passUnretained(desks[index]),
        sums: sums[index].map { .passUnretained($0) },
        account: variants[index].judge.layout.account)
    }
    cells = .allocate(capacity: max(1, variants.count))
    for index in variants.indices {
      (cells + index).initialize(to: UnsafePointer(desks[index].cells))
    }
  }

  deinit { cells.deallocate() }

  func fold(_ task: Int) {
    var fates = LeadHistories.LeadFates()
    leads.forEachLead(ofTask: task, &fates, judgeLead)
  }

  private func judgeLead(_ key: UnsafeBufferPointer<UInt8>) {
    for index in seats.indices {
      let seat = seats[index]
      seat.judge._withUnsafeGuaranteedRef { judge in
        seat.desk._withUnsafeGuaranteedRef {
          judge.judge(leads.history, $0, accounts: accounts)
        }
      }
      let account = cells[index][seat.account]
      if account != LeadLayout.absent {
        seat.sums?._withUnsafeGuaranteedRef { $0.add(cells[index], account: account) }
      }
    }
    witness.see(key, cells, desks)
  }
}
