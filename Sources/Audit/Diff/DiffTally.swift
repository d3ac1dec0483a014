import Engine
import Judging
import Snapshots

/// What one worker of a comparison has counted so far: sums over its leads, and the leads that changed most.
final class DiffTally: @unchecked Sendable {
  private(set) var leads = DiffReport.Leads()
  private(set) var changes: Largest<LeadChange>
  /// By account and score, what the leads' scores come to on either side.
  private(set) var totals: [AccountTotal]
  /// The leads that changed something, with their accounts.
  private(set) var accountLeads: [AccountLead] = []
  /// By side, what accounts add up to for their own scores; by worker, once these are added.
  private(set) var accountRolls: [[PartialRoll]]
  /// By side, of what is known there.
  private(set) var published: [LeadSums]
  private let isPublished: (a: Bool, b: Bool)
  private let inputs: DiffInputs
  private let scoreText: ScoreText
  private let scores: ScorePair

  struct LeadChange: Sendable {
    var size: Int128
    var key: [UInt8]
    var report: DiffReport.LeadChange

    static func precedes(_ a: LeadChange, _ b: LeadChange) -> Bool {
      a.size != b.size ? a.size > b.size : a.key.lexicographicallyPrecedes(b.key)
    }
  }

  struct AccountTotal: BitwiseCopyable, Sendable {
    var from: Int128 = 0
    var to: Int128 = 0
  }

  struct AccountLead: BitwiseCopyable, Sendable {
    var account: UInt32
    var lead: LeadReference
  }

  init(_ inputs: DiffInputs, shownMax: Int?) {
    self.inputs = inputs
    changes = Largest(shownMax, by: LeadChange.precedes)
    let scoreCount = inputs.names.scores.count
    totals = [AccountTotal](repeating: AccountTotal(), count: inputs.accounts.count * scoreCount)
    accountRolls = [inputs.accountScores.makeRolls()]
    published = [LeadSums(), LeadSums()]
    isPublished = (inputs.published[0].isThere, inputs.published[1].isThere)
    scoreText = ScoreText(scoreCount: scoreCount)
    scores = ScorePair(count: scoreCount)
  }

  /// Takes note of one lead.
  func count(_ lead: ComparedLead, _ causes: inout CauseTally) {
    let (first, last) = (lead.first, lead.last)
    scores.take(first, last)
    scores.check(causes)
    countPublished(lead)
    causes.countLead()
    countAccounts(lead, hasCauses: !causes.isEmpty)
    let change: LeadChange.Kind
    switch (first.isKnown, last.isKnown) {
    case (false, _): (change, leads.came) = (.came, leads.came + 1)
    case (_, false): (change, leads.gone) = (.gone, leads.gone + 1)
    default:
      if first === last || !scores.differ && !inputs.hasMoved(first, last) {
        leads.unchanged += 1
        return
      }
      (change, leads.changed) = (.changed, leads.changed + 1)
    }
    let size = scores.change
    let isHopeless = { (last: LeadChange) in
      last.size != size ? last.size > size : last.key.lexicographicallyPrecedes(lead.key)
    }
    if changes.mayHave(unless: isHopeless) {
      changes.add(
        LeadChange(
          size: size, key: Array(lead.key),
          report: inputs.tell(lead, change, scores, causes)))
    }
  }

  private func countPublished(_ lead: ComparedLead) {
    let hash = LeadHash(lead.key)
    if isPublished.a, lead.first.isKnown { published[0].add(hash, scoreText.scores(lead.first)) }
    if isPublished.b, lead.last.isKnown { published[1].add(hash, scoreText.scores(lead.last)) }
  }

  private func countAccounts(_ lead: ComparedLead, hasCauses: Bool) {
    let (before, after) = (lead.first.account, lead.last.account)
    let scoreCount = inputs.names.scores.count
    if let before {
      lead.first.forEachScore { score, points, _ in
        totals[before * scoreCount + score].from += Int128(points)
      }
    }
    if let after {
      lead.last.forEachScore { score, points, _ in
        totals[after * scoreCount + score].to += Int128(points)
      }
    }
    if !accountRolls[0].isEmpty {
      for (roll, desk) in zip(accountRolls[0], [lead.first, lead.last]) where desk.account != nil {
        roll.add(desk.cells, count: 1)
      }
    }
    guard hasCauses || before != after else { return }
    let reference = LeadReference(lead.lead)
    if let before { accountLeads.append(AccountLead(account: UInt32(before), lead: reference)) }
    if let after, after != before {
      accountLeads.append(AccountLead(account: UInt32(after), lead: reference))
    }
  }

  /// Adds what another worker has counted.
  func add(_ other: DiffTally) {
    leads.came += other.leads.came
    leads.gone += other.leads.gone
    leads.changed += other.leads.changed
    leads.unchanged += other.leads.unchanged
    changes += other.changes
    for index in totals.indices {
      totals[index].from += other.totals[index].from
      totals[index].to += other.totals[index].to
    }
    accountLeads += other.accountLeads
    accountRolls += other.accountRolls
    for side in published.indices { published[side] += other.published[side] }
  }
}

extension DiffTally.LeadChange {
  enum Kind: String { case came, gone, changed }
}

/// The scores of the lead at hand on both sides, by their numbers; what is absent is 0.
final class ScorePair {
  private(set) var from: [Int64?]
  private(set) var to: [Int64?]
  private(set) var rawFrom: [Int64?]
  private(set) var rawTo: [Int64?]
  private var sums: [Int128]

  init(count: Int) {
    from = Array(repeating: nil, count: count)
    (to, rawFrom, rawTo) = (from, from, from)
    sums = Array(repeating: 0, count: count)
  }

  func take(_ first: StateDesk, _ last: StateDesk) {
    for index in from.indices {
      (from[index], to[index], rawFrom[index], rawTo[index]) = (nil, nil, nil, nil)
    }
    first.forEachScore { (from[$0], rawFrom[$0]) = ($1, $2) }
    last.forEachScore { (to[$0], rawTo[$0]) = ($1, $2) }
  }

  /// By how much a score changes.
  func change(of score: Int) -> Int128 { Int128(to[score] ?? 0) - Int128(from[score] ?? 0) }

  var differ: Bool { from != to }

  /// By how much all scores change, up and down.
  var change: Int128 { from.indices.reduce(0) { $0 + Int128(change(of: $1).magnitude) } }

  func check(_ causes: CauseTally) {
    for score in sums.indices { sums[score] = change(of: score) * -1_000_000 }
    causes.forEach { sums[$0.score] += $1 }
    precondition(sums.allSatisfy { $0 == 0 }, "the causes of a lead's change add up to it")
  }
}

extension DiffInputs {
  /// Whether a lead's account, or any grade or persona, is another one.
  fileprivate func hasMoved(_ first: StateDesk, _ last: StateDesk) -> Bool {
    if first.account != last.account { return true }
    let (before, after) = (first.readRow(), last.readRow())
    return (shape.firstChoice..<shape.firstList).contains { before[$0] != after[$0] }
  }

  /// Tells what is other about a lead.
  fileprivate func tell(
    _ lead: ComparedLead, _ change: DiffTally.LeadChange.Kind, _ scores: ScorePair,
    _ causes: CauseTally
  ) -> DiffReport.LeadChange {
    var byScore: [Int: [CauseKey: Int128]] = [:]
    causes.forEach { byScore[$0.score, default: [:]][$0] = $1 }
    let changes = names.scores.indices.compactMap { score -> DiffReport.ScoreChange? in
      let causes = byScore[score] ?? [:]
      if scores.from[score] == scores.to[score], causes.isEmpty { return nil }
      return DiffReport.ScoreChange(
        score: names.scores[score], from: scores.from[score], to: scores.to[score],
        rawFrom: scores.rawFrom[score], rawTo: scores.rawTo[score],
        causes: names.sorted(causes))
    }
    return DiffReport.LeadChange(
      lead: String(decoding: lead.key, as: UTF8.self), change: change.rawValue, scores: changes,
      moves: moves(lead.first, lead.last))
  }

  /// The account, grades and personas that are others now.
  private func moves(_ first: StateDesk, _ last: StateDesk) -> [DiffReport.Move] {
    var moves: [DiffReport.Move] = []
    if first.account != last.account {
      moves.append(
        .init(
          what: "account", from: first.account.map(accounts.text),
          to: last.account.map(accounts.text)))
    }
    if first === last { return moves }
    shape.forEachChange(first.readRow(), last.readRow()) { change in
      switch change {
      case .grade(let index, let before, let after, _):
        moves.append(.init(what: "grade.\(shape.grades[index].name)", from: before, to: after))
      case .persona(let index, let before, let after):
        moves.append(.init(what: "persona.\(shape.personas[index].name)", from: before, to: after))
      case .new, .gone, .score, .list: break
      }
    }
    return moves.sorted { $0.what < $1.what }
  }
}
