import Files
import Judging
import Notation
import Reading
import Workers

extension DiffInputs {
  /// Compares all leads, or the one that is wanted, and tells what differs.
  func report(_ plan: DiffPlan) throws -> DiffReport {
    let leads = plan.lead.map { lead in
      Set([plan.from, plan.to].map { $0.definition.leadKey(lead) })
    }
    let tasks =
      leads.map { DiffTasks(leadsNamed: $0, self) }
      ?? DiffTasks(partitions: Array(0..<Sheet.partitionCount), names: leadNames)
    // Before anything else: a snapshot is not kept from being pruned.
    let published = try published.map { try plan.lead == nil ? $0.sums(jobs: jobs) : nil }
    let workers = try walk(tasks, makeTally: { DiffTally(self, shownMax: plan.shownMax) }) {
      $0.count($1, &$2)
    }
    let tally = workers[0].tally
    for worker in workers.dropFirst() { tally.add(worker.tally) }

    var report = DiffReport(from: .init(plan.from), to: .init(plan.to))
    report.leads = tally.leads
    report.causes = names.sorted(
      workers.reduce(into: [:]) { sums, worker in
        sums.merge(worker.causes.all) {
          CauseTally.Sum(leads: $0.leads + $1.leads, points: $0.points + $1.points)
        }
      })
    report.changes = tally.changes.all.map(\.report)
    // One lead alone is no account.
    let ownScores =
      try leads == nil
      ? accountScores.values(tally.accountRolls, of: accounts, jobs: jobs) : ([], [])
    (report.accountsChanged, report.accounts) = try changedAccounts(
      tally, ownScores, shownMax: plan.shownMax)
    report.unreproduced = try unreproducedLeads(
      tasks, among: suspects(published, tally.published, leads: leads))
    return report
  }

  /// By partition, whether a snapshot may say something else of a lead of it.
  private func suspects(
    _ published: [LeadSums?], _ own: [LeadSums], leads: Set<[UInt8]>?
  ) -> [Bool] {
    (0..<Sheet.partitionCount).map { partition in
      if let leads {
        // Of one lead there are no sums of all: it is looked for.
        return leads.contains { key in
          key.withUnsafeBufferPointer { LeadHash($0).partition == partition }
        }
      }
      return zip(published, own).contains { published, own in
        published.map { $0.differs(from: own, partition) } ?? false
      }
    }
  }

  /// The leads of which a snapshot says something else than what they were judged to.
  ///
  /// `isWanted`: by partition, whether there may be any.
  private func unreproducedLeads(
    _ tasks: DiffTasks, among isWanted: [Bool]
  ) throws -> [String] {
    guard isWanted.contains(true) else { return [] }
    let published = try published.map { try $0.hashes(ofPartitions: isWanted) }
    let scoreCount = names.scores.count
    let workers = try walk(
      tasks.filtered {
        isWanted[$0]
      } names: { key in
        affected.name(key).withUnsafeBufferPointer { isWanted[LeadHash($0).partition] }
      }, makeTally: { UnreproducedLeads(scoreCount: scoreCount) }
    ) { leads, lead, _ in leads.check(lead, published) }
    return workers.flatMap(\.tally.leads)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// The leads of which a snapshot says something else, as one worker found them.
private final class UnreproducedLeads: @unchecked Sendable {
  private(set) var leads: [String] = []
  private let scoreText: ScoreText

  init(scoreCount: Int) { scoreText = ScoreText(scoreCount: scoreCount) }

  /// `published`: by side, what a snapshot says of each lead by its hash.
  func check(_ lead: ComparedLead, _ published: [[UInt64: UInt64]?]) {
    let hash = LeadHash(lead.key)
    func isOther(_ desk: StateDesk, _ published: [UInt64: UInt64]?) -> Bool {
      guard let published else { return false }
      return published[hash.value]
        != (desk.isKnown ? hash.hash(with: scoreText.scores(desk)) : nil)
    }
    if isOther(lead.first, published[0]) || isOther(lead.last, published[1]) {
      leads.append(String(decoding: lead.key, as: UTF8.self))
    }
  }
}

extension DiffReport.Side {
  fileprivate init(_ subject: AuditSubject) {
    snapshot = subject.snapshot?.name
    asOf = timeText(milliseconds: subject.asOf)
    knownAt = subject.knownAt.map(timeText)
    definition = subject.definition.name
    definitionSha256 = SHA256Hasher.hex(of: subject.definition.text)
  }
}
