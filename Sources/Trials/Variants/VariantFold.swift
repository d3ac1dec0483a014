import Engine
import Judging
import Notation
import Workers

/// Sees every lead as all variants judge it.
///
/// Each worker has one of its own; what they saw is put together at the end, in any order.
protocol LeadWitness: SendableMetatype {
  func see(_ lead: SeenLead)
}

/// A lead that all variants have judged, valid until the next one; it keeps nothing alive.
struct SeenLead {
  let key: UnsafeBufferPointer<UInt8>
  /// What it did.
  unowned(unsafe) let history: LeadHistory
  /// Its cells, of each variant in turn; the same place as the first one's where nothing differs.
  let cells: UnsafePointer<UnsafePointer<Int64>>
  /// Of each variant, whether it leaves the lead out of its results.
  let isExcluded: UnsafePointer<Bool>
  /// Where those of the first variant were worked out.
  unowned(unsafe) let desk: Desk
}

/// Nobody, where somebody is not wanted.
extension Optional: LeadWitness where Wrapped: LeadWitness {
  func see(_ lead: SeenLead) { self?.see(lead) }
}

/// What a fold by several variants came to.
struct VariantFold<Witness: LeadWitness> {
  var witnesses: [Witness] = []
  /// By variant.
  var counts: [JudgingCounts] = []
  /// By variant; none where accounts were not asked for.
  var accounts: [AccountMembers] = []
}

extension GatheredLog {
  /// Judges every lead by every variant: by the first in full, by the others as far as they differ.
  ///
  /// `addsUpAccounts`: whether accounts are added up too, which takes memory for each variant and worker.
  func fold<Witness: LeadWitness>(
    _ variants: [Variant], addsUpAccounts: Bool, makeWitness: @escaping @Sendable () -> Witness
  ) throws -> VariantFold<Witness> {
    let group = VariantGroup(
      variants, accountCount: set.accounts.count,
      rollCount: addsUpAccounts ? min(jobs, PartialRoll.countMax) : 0)
    let workers = try withAccounts { accounts in
      try parallel(
        LeadStream.taskCount(identities), jobs: jobs,
        makeWorker: { number in
          // Variants read the log alike, so what repeats what is the same for all.
          VariantWorker(
            LeadStream(set, identities, asOf: asOf), group, number: number, asOf: asOf, accounts,
            makeWitness())
        }
      ) { worker, task in
        worker.fold(task)
      }
    }
    return try finish(workers, group)
  }

  private func finish<Witness>(
    _ workers: [VariantWorker<Witness>], _ group: VariantGroup
  ) throws -> VariantFold<Witness> {
    var fold = VariantFold<Witness>()
    fold.witnesses = workers.map(\.witness)
    fold.counts = group.variants.map { JudgingCounts($0.judge.definition) }
    for worker in workers {
      for (index, counts) in worker.takeCounts().enumerated() { fold.counts[index] += counts }
    }
    fold.accounts = try accountMembers(group)
    return fold
  }
}

extension GatheredLog {
  private func accountMembers(_ group: VariantGroup) throws -> [AccountMembers] {
    var first: [Bool]?
    return try group.variants.enumerated().map { index, variant in
      let rolls = group.rolls(of: index)
      if rolls.isEmpty { return AccountMembers() }
      let isAsFirst = group.exchanges(index) && variant.roll.isBoundAlike(group.variants[0].roll)
      let members = try Engine.accountMembers(
        rolls, profiles, variant.roll, before: isAsFirst ? first : nil, jobs: jobs)
      if index == 0 { first = members }
      return AccountMembers(members, of: variant, named: set.accounts)
    }
  }
}

/// One worker of the fold.
private final class VariantWorker<Witness: LeadWitness>: @unchecked Sendable {
  let witness: Witness
  private let leads: LeadStream
  private let accounts: AccountAttributes
  private let asOf: Milliseconds
  private let desks: VariantDesks
  private let rolls: [PartialRoll?]
  /// Leads that wait to be added up.
  private let queues: [RollQueue]
  /// What leads are added to or exchanged in, without reference counts.
  private let adding: [Adding]
  private let exchanging: [Exchanging]
  private let accountCell: Int

  private struct Adding {
    let variant: Int
    let queue: Unmanaged<RollQueue>
  }

  private struct Exchanging {
    let variant: Int
    let roll: Unmanaged<PartialRoll>
  }

  init(
    _ leads: LeadStream, _ group: VariantGroup, number: Int, asOf: Milliseconds,
    _ accounts: AccountAttributes, _ witness: Witness
  ) {
    self.leads = leads
    self.asOf = asOf
    self.accounts = accounts
    self.witness = witness
    desks = VariantDesks(group)
    let variants = group.variants
    accountCell = variants[0].judge.layout.account
    let rolls = variants.indices.map { index in
      let own = group.ownRolls[index]
      return own.isEmpty ? nil : own[number % own.count]
    }
    self.rolls = rolls
    let added = variants.indices.filter { rolls[$0] != nil && !group.exchanges($0) }
    let queues = added.compactMap { index in
      rolls[index].map { RollQueue($0, variants[index].roll) }
    }
    self.queues = queues
    // Safe: the worker keeps all of them alive.
    adding = zip(added, queues).map { Adding(variant: $0, queue: .passUnretained($1)) }
    exchanging = variants.indices.filter(group.exchanges).compactMap { index in
      rolls[index].map { Exchanging(variant: index, roll: .passUnretained($0)) }
    }
  }

  func fold(_ task: Int) {
    var fates = LeadStream.LeadFates()
    // Kept for all leads, not retained for each.
    let (history, desks, desk, witness) = (leads.history, desks, desks.first, witness)
    leads.forEachLead(ofTask: task, &fates) { key in
      desks.judge(history, accounts: accounts, asOf: asOf)
      addUp(desks.cells)
      witness.see(
        SeenLead(
          key: key, history: history, cells: desks.cells, isExcluded: desks.isExcluded, desk: desk))
    }
    for queue in queues { queue.flush() }
  }

  /// Adds the lead at hand to its account, for each variant.
  @inline(__always)
  private func addUp(_ cells: UnsafePointer<UnsafePointer<Int64>>) {
    for index in adding.indices where !desks.isExcluded[adding[index].variant] {
      let cells = cells[adding[index].variant]
      adding[index].queue._withUnsafeGuaranteedRef { $0.add(cells) }
    }
    for index in exchanging.indices {
      let after = cells[exchanging[index].variant]
      // Both leave the same leads out.
      if after == cells[0] || desks.isExcluded[0] { continue }
      let account = after[accountCell]
      if account == LeadLayout.absent { return }
      exchanging[index].roll._withUnsafeGuaranteedRef {
        $0.exchange(cells[0], for: after, account: account)
      }
    }
  }

  func takeCounts() -> [JudgingCounts] { desks.takeCounts() }
}
