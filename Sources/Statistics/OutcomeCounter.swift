/// Counts leads by value and by whether they reached the outcome; the values that scores mostly have
/// without a look-up.
package struct OutcomeCounter: Sendable {
  private var won = [Int](repeating: 0, count: smallCount)
  private var rest = [Int](repeating: 0, count: smallCount)
  private var others: [Int64: OutcomeTable.Row] = [:]

  private static let smallCount = 128

  package init() {}

  /// `leads`: how many it counts for; below 0 what was counted is taken back.
  package mutating func count(_ value: Int64, isWon: Bool, leads: Int = 1) {
    if value >= 0, value < Int64(OutcomeCounter.smallCount) {
      if isWon { won[Int(value)] += leads } else { rest[Int(value)] += leads }
    } else {
      var row = others[value] ?? .init(value: value, won: 0, rest: 0)
      if isWon { row.won += leads } else { row.rest += leads }
      others[value] = row
    }
  }

  package static func += (sum: inout OutcomeCounter, part: OutcomeCounter) {
    for value in 0..<smallCount {
      sum.won[value] += part.won[value]
      sum.rest[value] += part.rest[value]
    }
    sum.others.merge(part.others) { one, other in
      .init(value: one.value, won: one.won + other.won, rest: one.rest + other.rest)
    }
  }

  package var table: OutcomeTable {
    let small = (0..<OutcomeCounter.smallCount).map {
      OutcomeTable.Row(value: Int64($0), won: won[$0], rest: rest[$0])
    }
    return OutcomeTable(small + others.values)
  }
}
