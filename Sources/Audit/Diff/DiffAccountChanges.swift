import Judging
import Workers

extension DiffInputs {
  /// The accounts' own scores on both sides, by account, then by name; none where there are none.
  typealias OwnScores = (from: [Int64?], to: [Int64?])

  /// How many accounts have another total or score of their own, and what changed in those that changed most.
  func changedAccounts(
    _ tally: DiffTally, _ ownScores: OwnScores, shownMax: Int?
  ) throws -> (count: Int, shown: [DiffReport.AccountChange]) {
    var largest = Largest<SizedAccount>(shownMax) { [accounts] a, b in
      a.size != b.size
        ? a.size > b.size
        : accounts.name(a.account).lexicographicallyPrecedes(accounts.name(b.account))
    }
    var changedCount = 0
    let scoreCount = names.scores.count
    for account in 0..<accounts.count {
      let totals = tally.totals[account * scoreCount..<(account + 1) * scoreCount]
      let own = changes(of: account, ownScores)
      let size =
        totals.reduce(Int64(0)) { $0 + abs(heldTotal($1.to) - heldTotal($1.from)) }
        + own.reduce(0) { $0 + abs(($1.to ?? 0) - ($1.from ?? 0)) }
      if size == 0, own.isEmpty { continue }
      changedCount += 1
      largest.add(SizedAccount(account: account, size: size))
    }
    return (changedCount, try tell(largest.all.map(\.account), tally, ownScores))
  }

  /// The scores of its own that are others now.
  private func changes(of account: Int, _ scores: OwnScores) -> [DiffReport.OwnScoreChange] {
    if scores.from.isEmpty { return [] }
    return accountScores.names.enumerated().compactMap { number, name in
      let place = account * accountScores.names.count + number
      let (from, to) = (scores.from[place], scores.to[place])
      return from == to ? nil : DiffReport.OwnScoreChange(score: name, from: from, to: to)
    }
  }

  private struct SizedAccount {
    var account: Int
    var size: Int64
  }

  /// Tells what changed in some accounts, from their leads, which are judged once more.
  private func tell(
    _ shown: [Int], _ tally: DiffTally, _ ownScores: OwnScores
  ) throws -> [DiffReport.AccountChange] {
    var places = [Int32](repeating: -1, count: accounts.count)
    for (place, account) in shown.enumerated() { places[account] = Int32(place) }
    let leads = tally.accountLeads.lazy.filter { places[Int($0.account)] >= 0 }.map(\.lead)
    // One that moved from one of them to another is asked once.
    let distinct = Set(leads)
    let workers = try walk(
      DiffTasks(distinct), makeTally: { [places] in AccountCauses(places, names.scores.count) }
    ) { $0.count($1, $2) }
    var causes: [Int: AccountCauses.Sums] = [:]
    for worker in workers { causes.merge(worker.tally.sums, uniquingKeysWith: +) }
    return shown.enumerated().map { place, account in
      DiffReport.AccountChange(
        account: accounts.text(account),
        totals: names.scores.indices.compactMap { score in
          totalChange(
            tally.totals[account * names.scores.count + score],
            causes[place * names.scores.count + score] ?? AccountCauses.Sums(), score)
        }, scores: changes(of: account, ownScores))
    }
  }

  private func totalChange(
    _ total: DiffTally.AccountTotal, _ sums: AccountCauses.Sums, _ score: Int
  ) -> DiffReport.TotalChange? {
    let (from, to) = (heldTotal(total.from), heldTotal(total.to))
    if from == to { return nil }
    let causes = sums.causes.filter { $0.value != 0 }
    precondition(
      causes.reduce((sums.movedIn + sums.movedOut) * 1_000_000) { $0 + $1.value }
        == (total.to - total.from) * 1_000_000,
      "the causes of an account's change add up to it")
    return DiffReport.TotalChange(
      score: names.scores[score], from: from, to: to, movedIn: sums.movedIn,
      movedOut: sums.movedOut, held: Int128(to - from) - (total.to - total.from),
      causes: names.sorted(causes))
  }
}

/// What made the totals of some accounts others, as one worker has met it.
private final class AccountCauses: @unchecked Sendable {
  struct Sums {
    var movedIn: Int128 = 0
    var movedOut: Int128 = 0
    var causes: [CauseKey: Int128] = [:]

    static func + (one: Sums, other: Sums) -> Sums {
      Sums(
        movedIn: one.movedIn + other.movedIn, movedOut: one.movedOut + other.movedOut,
        causes: one.causes.merging(other.causes, uniquingKeysWith: +))
    }
  }

  /// By the place of an account among those that are told, then by score.
  private(set) var sums: [Int: Sums] = [:]
  /// By account, its place among those, or -1.
  private let places: [Int32]
  private let scoreCount: Int

  init(_ places: [Int32], _ scoreCount: Int) {
    self.places = places
    self.scoreCount = scoreCount
  }

  /// Counts a lead: what changed its score for the account that it is of now, or was of until it went.
  func count(_ lead: ComparedLead, _ causes: CauseTally) {
    let (first, last) = (lead.first, lead.last)
    let (before, after) = (first.account, last.account)
    // A lead that is gone takes its score along by its causes; one that moved leaves it behind.
    let hasMoved = first.isKnown && last.isKnown && before != after
    if hasMoved {
      first.forEachScore { score, points, _ in
        if let place = place(before, score) {
          sums[place, default: Sums()].movedOut -= Int128(points)
        }
        if let place = place(after, score) {
          sums[place, default: Sums()].movedIn += Int128(points)
        }
      }
    }
    let account = last.isKnown ? after : before
    causes.forEach { cause, points in
      guard let place = place(account, cause.score) else { return }
      sums[place, default: Sums()].causes[cause, default: 0] += points
    }
  }

  private func place(_ account: Int?, _ score: Int) -> Int? {
    guard let account, places[account] >= 0 else { return nil }
    return Int(places[account]) * scoreCount + score
  }
}
