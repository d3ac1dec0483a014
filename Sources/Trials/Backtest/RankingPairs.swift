import Definition
import Judging
import Statistics
import Tables

/// The same leads as two definitions judge them, each at the same cutoff.
struct RankingPairs: Sendable {
  private struct Values: Hashable {
    var first: Int64
    var second: Int64
  }

  private struct Pair {
    var name: String
    var first: RankedValue
    var second: RankedValue
    var rows: [Values: PairedComparison.Row] = [:]
  }

  private var pairs: [Pair]

  /// Without any leads yet.
  ///
  /// `chosen`: the scores of the two that the report is about, which may have different names.
  init(_ first: Judge, _ second: Judge, chosen: (first: Int, second: Int)) {
    let (firsts, seconds) = (RankedValue.all(first), RankedValue.all(second))
    pairs = firsts.compactMap { ranked in
      seconds.first { $0.name == ranked.name }
        .map { Pair(name: ranked.name, first: ranked, second: $0) }
    }
    let (one, other) = (firsts[chosen.first], seconds[chosen.second])
    if one.name != other.name {
      pairs.insert(Pair(name: one.name, first: one, second: other), at: 0)
    }
  }

  /// With all leads that both have.
  init(
    _ first: LeadsAtCutoff, _ second: LeadsAtCutoff, chosen: (first: Int, second: Int),
    _ sorting: OutcomeSorting, jobs: Int
  ) throws {
    self.init(first.judge, second.judge, chosen: chosen)
    try forEachLead(of: first, and: second, jobs: jobs) { one, other in
      let isWon = sorting.isWon(
        word: one[first.cell(.word)], time: one[first.cell(.outcomeTime)])
      if let isWon { count(one, other, isWon: isWon) }
    }
  }

  /// Counts a lead by its cells under each definition.
  mutating func count(
    _ one: UnsafePointer<Int64>, _ other: UnsafePointer<Int64>, isWon: Bool
  ) {
    for index in pairs.indices {
      // A lead that one of the two does not rank cannot be compared.
      guard let a = pairs[index].first.value(one), let b = pairs[index].second.value(other) else {
        continue
      }
      pairs[index].rows[
        Values(first: a, second: b), default: .init(first: a, second: b, won: 0, rest: 0)
      ].count(isWon)
    }
  }

  static func += (sum: inout RankingPairs, part: RankingPairs) {
    for index in sum.pairs.indices {
      sum.pairs[index].rows.merge(part.pairs[index].rows) { one, other in
        .init(
          first: one.first, second: one.second, won: one.won + other.won,
          rest: one.rest + other.rest)
      }
    }
  }

  var differences: [BacktestReport.Against.Difference] {
    pairs.compactMap { pair in
      let rows = Array(pair.rows.values)
      guard let comparison = PairedComparison(rows) else { return nil }
      return .init(
        name: pair.name, other: pair.second.name,
        leads: rows.reduce(0) { $0 + $1.won + $1.rest },
        auc: comparison.first.area.reported, aucAgainst: comparison.second.area.reported,
        difference: comparison.difference.reported,
        low: (comparison.interval?.low).reported, high: (comparison.interval?.high).reported,
        z: comparison.z.reported, p: comparison.chance.reported)
    }
  }
}

extension PairedComparison.Row {
  fileprivate mutating func count(_ isWon: Bool) {
    if isWon { won += 1 } else { rest += 1 }
  }
}

/// Calls back with the cells of every lead that both have, side by side.
private func forEachLead(
  of first: LeadsAtCutoff, and second: LeadsAtCutoff, jobs: Int,
  _ body: (UnsafePointer<Int64>, UnsafePointer<Int64>) -> Void
) throws {
  let one = try LeadWalk(first, jobs: jobs)
  let other = try LeadWalk(second, jobs: jobs)
  while let a = one.key, let b = other.key {
    if precedes(a, b) {
      one.step()
    } else if precedes(b, a) {
      other.step()
    } else {
      body(one.cells, other.cells)
      one.step()
      other.step()
    }
  }
}
