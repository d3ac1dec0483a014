/// Two rankings of the same leads, and whether one tells better than the other who reaches the outcome.
///
/// Both see the same leads, so their errors go together; the test by DeLong, DeLong and Clarke-Pearson
/// (1988) takes that into account, and finds differences that two separate intervals hide.
package struct PairedComparison: Sendable, Equatable {
  /// Leads that have the same value in both rankings.
  package struct Row: Sendable, Equatable {
    package var first: Int64
    package var second: Int64
    package var won: Int
    package var rest: Int

    package init(first: Int64, second: Int64, won: Int, rest: Int) {
      self.first = first
      self.second = second
      self.won = won
      self.rest = rest
    }
  }

  package let first: AreaUnderCurve
  package let second: AreaUnderCurve
  /// The variance of the difference; nil with fewer than two leads of a kind.
  package let variance: Double?

  /// Returns nil where one of the two kinds of leads is missing.
  package init?(_ rows: [Row]) {
    let firsts = OutcomeTable(rows.map { .init(value: $0.first, won: $0.won, rest: $0.rest) })
    let seconds = OutcomeTable(rows.map { .init(value: $0.second, won: $0.won, rest: $0.rest) })
    guard let first = AreaUnderCurve(firsts), let second = AreaUnderCurve(seconds) else {
      return nil
    }
    self.first = first
    self.second = second
    guard firsts.won > 1, firsts.rest > 1 else {
      variance = nil
      return
    }
    let (firstPlacements, secondPlacements) = (Placements(firsts), Placements(seconds))
    let (firstRow, secondRow) = (firsts.rowOfValue, seconds.rowOfValue)
    let difference = second.area - first.area
    var wonSquares = 0.0
    var restSquares = 0.0
    // In a fixed order: a sum of binary fractions depends on it in the last bit.
    for row in rows.sorted(by: { ($0.first, $0.second) < ($1.first, $1.second) }) {
      guard let a = firstRow[row.first], let b = secondRow[row.second] else { continue }
      let won = secondPlacements.ofWon(b) - firstPlacements.ofWon(a) - difference
      let rest = secondPlacements.ofRest(b) - firstPlacements.ofRest(a) - difference
      wonSquares += Double(row.won) * won * won
      restSquares += Double(row.rest) * rest * rest
    }
    variance =
      wonSquares / Double(firsts.won - 1) / Double(firsts.won)
      + restSquares / Double(firsts.rest - 1) / Double(firsts.rest)
  }

  /// By how much the second area is larger.
  package var difference: Double { second.area - first.area }

  /// The 95% interval of the difference.
  package var interval: Interval? {
    variance.map { Interval(difference, deviation: $0.squareRoot(), within: -1...1) }
  }

  /// The difference in standard deviations; nil where it has none.
  package var z: Double? {
    guard let variance, variance > 0 else { return nil }
    return difference / variance.squareRoot()
  }

  /// How often chance alone makes a difference at least as large; 1 where the two rank all leads
  /// alike, nil where that cannot be said.
  package var chance: Double? {
    if let z { return twoSidedChance(z) }
    return variance == 0 && difference == 0 ? 1 : nil
  }
}

extension OutcomeTable {
  fileprivate var rowOfValue: [Int64: Int] {
    Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1.value, $0) })
  }
}
