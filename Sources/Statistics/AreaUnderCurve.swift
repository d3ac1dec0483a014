/// How well a ranking tells the leads that reached the outcome from the rest.
///
/// The area under the ROC curve: the chance that, of one lead of each kind drawn at random, the one that
/// reached the outcome has the higher value; a tie counts half. 0.5 is what a coin would do.
package struct AreaUnderCurve: Sendable, Equatable {
  package let area: Double
  /// Its variance by DeLong, DeLong and Clarke-Pearson (1988); nil with fewer than two leads of a
  /// kind.
  package let variance: Double?

  /// Returns nil where one of the two kinds of leads is missing: then there is nothing to tell apart.
  package init?(_ table: OutcomeTable) {
    guard table.won > 0, table.rest > 0 else { return nil }
    let placements = Placements(table)
    // In halves: whole numbers, so that the area is the exact quotient, rounded once.
    area =
      Double(placements.wonHalves) / (2 * Double(table.won) * Double(table.rest))
    guard table.won > 1, table.rest > 1 else {
      variance = nil
      return
    }
    var wonSquares = 0.0
    var restSquares = 0.0
    for (index, row) in table.rows.enumerated() {
      let won = placements.ofWon(index) - area
      let rest = placements.ofRest(index) - area
      wonSquares += Double(row.won) * won * won
      restSquares += Double(row.rest) * rest * rest
    }
    variance =
      wonSquares / Double(table.won - 1) / Double(table.won)
      + restSquares / Double(table.rest - 1) / Double(table.rest)
  }

  /// The interval that holds the true area with a probability of 95%, by the normal distribution and
  /// held within 0 and 1; nil where the variance is unknown.
  package var interval: Interval? {
    variance.map { Interval(area, deviation: $0.squareRoot(), within: 0...1) }
  }
}

/// Where each lead stands among those of the other kind, as a share: what DeLong's variance is made of.
struct Placements: Sendable {
  private let table: OutcomeTable
  /// For each row, the rest below it, and those that reached the outcome below it.
  private let restBelow: [Int]
  private let wonBelow: [Int]
  /// Twice the pairs that are in the right order, ties counting half.
  let wonHalves: Int

  init(_ table: OutcomeTable) {
    self.table = table
    var restBelow: [Int] = []
    var wonBelow: [Int] = []
    var (won, rest, halves) = (0, 0, 0)
    for row in table.rows {
      restBelow.append(rest)
      wonBelow.append(won)
      halves += row.won * (2 * rest + row.rest)
      won += row.won
      rest += row.rest
    }
    self.restBelow = restBelow
    self.wonBelow = wonBelow
    wonHalves = halves
  }

  /// The share of the rest that a lead of a row that reached the outcome stands above.
  func ofWon(_ row: Int) -> Double {
    Double(2 * restBelow[row] + table.rows[row].rest) / (2 * Double(table.rest))
  }

  /// The share of those that reached the outcome that stand above a lead of a row that did not.
  func ofRest(_ row: Int) -> Double {
    let above = table.won - wonBelow[row] - table.rows[row].won
    return Double(2 * above + table.rows[row].won) / (2 * Double(table.won))
  }
}
