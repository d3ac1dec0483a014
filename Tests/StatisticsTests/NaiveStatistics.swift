import Chance
import Foundation

@testable import Statistics

/// The same statistics lead by lead and pair by pair, as a textbook writes them down: slow, and nothing of
/// it shared with what is tested.
struct NaiveRanking {
  var won: [Double]
  var rest: [Double]

  /// What one pair counts.
  private func order(_ won: Double, _ rest: Double) -> Double {
    won > rest ? 1 : won == rest ? 0.5 : 0
  }

  var area: Double {
    var sum = 0.0
    for x in won { for y in rest { sum += order(x, y) } }
    return sum / Double(won.count * rest.count)
  }

  /// DeLong's components: of each lead the mean over all leads of the other kind.
  var wonComponents: [Double] {
    won.map { x in rest.map { order(x, $0) }.reduce(0, +) / Double(rest.count) }
  }
  var restComponents: [Double] {
    rest.map { y in won.map { order($0, y) }.reduce(0, +) / Double(won.count) }
  }

  static func covariance(_ one: [Double], _ other: [Double]) -> Double {
    let (a, b) = (one.reduce(0, +) / Double(one.count), other.reduce(0, +) / Double(other.count))
    return zip(one, other).map { ($0 - a) * ($1 - b) }.reduce(0, +) / Double(one.count - 1)
  }

  /// The covariance of two areas over the same leads; of one with itself its variance.
  static func covariance(_ one: NaiveRanking, _ other: NaiveRanking) -> Double {
    covariance(one.wonComponents, other.wonComponents) / Double(one.won.count)
      + covariance(one.restComponents, other.restComponents) / Double(one.rest.count)
  }
}

/// Leads of a draw: a value of each by two rankings, and whether it reached the outcome.
struct DrawnLeads {
  struct Lead {
    var first: Int64
    var second: Int64
    var isWon: Bool
  }

  var leads: [Lead]

  /// The second ranking knows more; few values make many ties.
  init(_ count: Int, values: Int64, seed: UInt64) {
    var dice = SeededDice(seed: seed)
    leads = (0..<count).map { index in
      let isWon = index < 2 || (index > 3 && dice.next() % 3 == 0)
      let noise = Int64(dice.next() % UInt64(values))
      let other = Int64(dice.next() % UInt64(values))
      return Lead(
        first: noise - values / 2, second: other + (isWon ? values / 3 : 0), isWon: isWon)
    }
  }

  func naive(_ value: KeyPath<Lead, Int64>) -> NaiveRanking {
    NaiveRanking(
      won: leads.filter(\.isWon).map { Double($0[keyPath: value]) },
      rest: leads.filter { !$0.isWon }.map { Double($0[keyPath: value]) })
  }

  func table(_ value: KeyPath<Lead, Int64>) -> OutcomeTable {
    var counter = OutcomeCounter()
    for lead in leads { counter.count(lead[keyPath: value], isWon: lead.isWon) }
    return counter.table
  }

  /// One row for each lead: rows that say the same are counted each.
  var pairs: [PairedComparison.Row] {
    leads.map {
      .init(first: $0.first, second: $0.second, won: $0.isWon ? 1 : 0, rest: $0.isWon ? 0 : 1)
    }
  }
}

func isNear(_ one: Double?, _ other: Double?, within bound: Double = 1e-9) -> Bool {
  guard let one, let other else { return one == nil && other == nil }
  return abs(one - other) <= bound
}
