/// What comes of calling every lead with at least this value.
package struct Threshold: Sendable, Equatable {
  package var value: Int64
  /// Those called that reached the outcome, and those called in vain.
  package var won: Int
  package var rest: Int
  /// The share of those called that reached the outcome; nil where nobody is called.
  package var precision: Double?
  /// The share of those that reached the outcome that is called; nil where nobody did.
  package var recall: Double?

  package var leads: Int { won + rest }
}

extension OutcomeTable {
  package func threshold(_ value: Int64) -> Threshold {
    let (won, rest) = rows.reduce((0, 0)) { sum, row in
      row.value < value ? sum : (sum.0 + row.won, sum.1 + row.rest)
    }
    return threshold(value, won: won, rest: rest)
  }

  /// One for each value met, the highest first: there are no others that differ.
  package var thresholds: [Threshold] {
    var (won, rest) = (0, 0)
    return rows.reversed().map { row in
      won += row.won
      rest += row.rest
      return threshold(row.value, won: won, rest: rest)
    }
  }

  private func threshold(_ value: Int64, won: Int, rest: Int) -> Threshold {
    Threshold(
      value: value, won: won, rest: rest, precision: ratio(won, won + rest),
      recall: ratio(won, self.won))
  }
}
