import Judging
import Reading

/// Sees every lead as all variants judge it.
///
/// Each worker has one of its own; what they saw is put together at the end, in any order.
protocol LeadWitness: AnyObject, SendableMetatype {
  /// `cells`: the lead's cells, of each variant in turn; the same place as the first one's where
  /// nothing differs.
  ///
  /// `desk`: where those of the first variant were worked out.
  func see(
    _ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<UnsafePointer<Int64>>, _ desk: Desk)
}

/// What a fold over a bench came to.
struct BenchFold<Witness: LeadWitness> {
  var witnesses: [Witness] = []
  /// By variant.
  var counts: [JudgingCounts] = []
  /// By variant, the keys of the accounts that are ready; none where that was not asked for.
  var ready: [Set<[UInt8]>] = []
}

extension Bench {
  /// Judges every lead by every variant: by the first in full, by the others as far as they differ.
  ///
  /// `findsReady`: whether accounts are added up too, which takes memory for each variant and worker.
  func fold<Witness: LeadWitness>(
    _ variants: [Variant], findsReady: Bool, makeWitness: @escaping @Sendable () -> Witness
  ) throws -> BenchFold<Witness> {
    let seats = Seating(
      variants, accountCount: set.accounts.count,
      rollCount: findsReady ? min(jobs, PartialRoll.countMax) : 0)
    let workers = try profiles.cells.withUnsafeBufferPointer { cells in
      let accounts = AccountAttributes(
        cells: cells.baseAddress.unsafelyUnwrapped,
        attributeCount: variants.first?.judge.attributes.count ?? 0)
      return try parallel(
        LeadHistories.taskCount(identities), jobs: jobs,
        makeWorker: { number in
          // Variants read the log alike, so what repeats what is the same for all.
          BenchWorker(
            LeadHistories(set, identities, asOf: asOf), seats, number: number, accounts,
            makeWitness())
        }
      ) { worker, task in
        worker.fold(task)
      }
    }
    return try finish(workers, seats)
  }

  private func finish<Witness>(
    _ workers: [BenchWorker<Witness>], _ seats: Seating
  ) throws -> BenchFold<Witness> {
    var fold = BenchFold<Witness>()
    fold.witnesses = workers.map(\.witness)
    fold.counts = seats.variants.map { JudgingCounts($0.judge.definition) }
    for worker in workers {
      for (index, counts) in worker.takeCounts().enumerated() { fold.counts[index] += counts }
    }
    fold.ready = try seats.variants.indices.map { index in
      let rolls = seats.rolls(of: index)
      return rolls.isEmpty
        ? []
        : try readyAccounts(rolls, set, profiles, seats.variants[index].roll, jobs: jobs)
    }
    return fold
  }
}

/// One worker of the fold: a desk for each variant.
private final class BenchWorker<Witness: LeadWitness>: @unchecked Sendable {
  let witness: Witness
  private let leads: LeadHistories
  private let accounts: AccountAttributes
  private let seating: Seating
  private let desks: [Desk]
  private let first: Desk
  /// By variant, leads that wait to be added up; nil where none are.
  private let queues: [RollQueue?]
  /// What is needed of each variant, without reference counts: every lead is judged by each.
  private let seats: [Seat]
  private let cells: UnsafeMutablePointer<UnsafePointer<Int64>>
  private let accountCell: Int

  private struct Seat {
    let judge: Unmanaged<Judge>
    let difference: Unmanaged<JudgeDifference>?
    let desk: Unmanaged<Desk>
    let queue: Unmanaged<RollQueue>?
    /// Where leads are exchanged instead of added.
    let changes: Unmanaged<PartialRoll>?
  }

  init(
    _ leads: LeadHistories, _ seating: Seating, number: Int, _ accounts: AccountAttributes,
    _ witness: Witness
  ) {
    self.leads = leads
    self.seating = seating
    self.accounts = accounts
    self.witness = witness
    let variants = seating.variants
    let desks = seating.makeDesks()
    first = desks[0]
    self.desks = desks
    accountCell = variants[0].judge.layout.account
    let rolls = variants.indices.map { index in
      let own = seating.ownRolls[index]
      return own.isEmpty ? nil : own[number % own.count]
    }
    let queues = variants.indices.map { index in
      seating.exchanges(index) ? nil : rolls[index].map { RollQueue($0, variants[index].roll) }
    }
    self.queues = queues
    // Safe: the worker keeps all of them alive.
    seats = variants.indices.map { index in
      Seat(
        judge: .passUnretained(variants[index].judge),
        difference: seating.differences[index].map { .passUnretained($0) },
        desk: .passUnretained(desks[index]),
        queue: queues[index].map { .passUnretained($0) },
        changes: seating.exchanges(index) ? rolls[index].map { .passUnretained($0) } : nil)
    }
    cells = .allocate(capacity: variants.count)
    for index in variants.indices {
      (cells + index).initialize(to: UnsafePointer(desks[index].cells))
    }
  }

  deinit { cells.deallocate() }

  func fold(_ task: Int) {
    var fates = LeadHistories.LeadFates()
    leads.forEachLead(ofTask: task, &fates) { key in
      for index in seats.indices { judge(index) }
      witness.see(key, cells, first)
    }
    for queue in queues { queue?.flush() }
  }

  /// Judges the lead at hand by one variant and adds it to its account.
  @inline(__always)
  private func judge(_ index: Int) {
    let seat = seats[index]
    seat.desk._withUnsafeGuaranteedRef { desk in
      if let difference = seat.difference {
        cells[index] = difference._withUnsafeGuaranteedRef {
          $0.judge(leads.history, desk, after: first)
        }
      } else {
        seat.judge._withUnsafeGuaranteedRef {
          $0.judge(leads.history, desk, accounts: accounts)
        }
      }
    }
    seat.queue?._withUnsafeGuaranteedRef { $0.add(cells[index]) }
    if let changes = seat.changes, cells[index] != cells[0] {
      let account = cells[index][accountCell]
      if account == LeadLayout.absent { return }
      changes._withUnsafeGuaranteedRef {
        $0.exchange(cells[0], for: cells[index], account: account)
      }
    }
  }

  /// By variant, the sums over the leads judged since they were taken last.
  func takeCounts() -> [JudgingCounts] {
    let first = first.takeCounts(seating.variants[0].judge)
    return desks.indices.map { index in
      if index == 0 { return first }
      return seating.differences[index]?.takeCounts(desks[index], after: first)
        ?? desks[index].takeCounts(seating.variants[index].judge)
    }
  }
}
