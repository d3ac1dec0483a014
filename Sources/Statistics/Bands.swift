/// Leads of neighbouring values, and how many of them reached the outcome.
package struct Band: Sendable, Equatable {
  /// The lowest value it holds; nil for the band that is open below.
  package var from: Int64?
  /// The value the band above begins with; nil for the highest band.
  package var below: Int64?
  package var won: Int
  package var rest: Int
  /// The share of its leads that reached the outcome; nil without leads.
  package var share: Double?
  /// How many times the share of all leads that is; nil where either is nothing to divide by.
  package var lift: Double?
  /// Of all that reached the outcome, the share in this band and those above.
  package var captured: Double?

  package var leads: Int { won + rest }
}

extension OutcomeTable {
  /// The bands that some lowest values make, the highest first.
  ///
  /// The last band is what is below all of them; where nothing is, it is left out.
  package func bands(from bounds: [Int64]) -> [Band] {
    var bands: [Band] = []
    var above: Int64?
    var captured = 0
    for bound in Set(bounds).sorted(by: >).map(Optional.some) + [nil] {
      let inside = rows.filter { row in
        (bound.map { row.value >= $0 } ?? true) && (above.map { row.value < $0 } ?? true)
      }
      let (won, rest) = inside.reduce((0, 0)) { ($0.0 + $1.won, $0.1 + $1.rest) }
      if bound != nil || won + rest > 0 {
        captured += won
        let share = ratio(won, won + rest)
        bands.append(
          Band(
            from: bound, below: above, won: won, rest: rest, share: share,
            lift: share.flatMap { share in self.share.flatMap { $0 == 0 ? nil : share / $0 } },
            captured: ratio(captured, self.won)))
      }
      above = bound
    }
    return bands
  }

  /// The lowest values of bands with about as many leads each.
  ///
  /// The bound of the k-th band of N from above is the value of the lead at rank k/N, rounded up. Leads
  /// of one value are never parted, so bands may be larger, and fewer.
  package func evenBounds(_ count: Int) -> [Int64] {
    guard leads > 0 else { return [] }
    var bounds: [Int64] = []
    var rank = 0
    var next = 1
    for row in rows.reversed() {
      rank += row.leads
      // The lead at rank ceil(next * leads / count) is in this row.
      while next <= count, rank * count >= next * leads {
        if bounds.last != row.value { bounds.append(row.value) }
        next += 1
      }
    }
    return bounds.reversed()
  }
}
