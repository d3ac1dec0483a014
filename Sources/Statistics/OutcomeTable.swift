/// Leads by the value they were ranked by: of each value, how many reached the outcome and how many
/// did not.
///
/// All that is asked of a ranking can be counted from this: no order of leads reaches a result, and
/// a million leads of a hundred scores cost what a hundred do.
package struct OutcomeTable: Sendable, Equatable {
  package struct Row: Sendable, Equatable {
    package var value: Int64
    package var won: Int
    package var rest: Int

    package init(value: Int64, won: Int, rest: Int) {
      self.value = value
      self.won = won
      self.rest = rest
    }

    package var leads: Int { won + rest }
  }

  /// One row for each value met, the lowest first.
  package let rows: [Row]
  package let won: Int
  package let rest: Int

  /// Rows of the same value are added up.
  package init(_ rows: some Sequence<Row>) {
    var merged: [Row] = []
    for row in rows.sorted(by: { $0.value < $1.value }) where row.leads > 0 {
      if let last = merged.last, last.value == row.value {
        merged[merged.count - 1].won += row.won
        merged[merged.count - 1].rest += row.rest
      } else {
        merged.append(row)
      }
    }
    self.rows = merged
    won = merged.reduce(0) { $0 + $1.won }
    rest = merged.reduce(0) { $0 + $1.rest }
  }

  package var leads: Int { won + rest }

  /// The share of all leads that reached the outcome; nil without leads.
  package var share: Double? { ratio(won, leads) }
}

/// Returns a quotient of counts; nil where there is nothing to divide by.
func ratio(_ part: Int, _ whole: Int) -> Double? {
  whole == 0 ? nil : Double(part) / Double(whole)
}
