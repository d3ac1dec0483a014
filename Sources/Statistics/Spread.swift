/// How many leads have each count of something, and what that comes to.
package struct Spread: Sendable, Equatable {
  package let leads: Int
  package let sum: Int
  package let least: Int
  package let most: Int
  package let median: Double
  /// The sample's standard deviation, by n - 1; nil with fewer than two leads.
  package let deviation: Double?

  /// Returns nil without leads.
  ///
  /// `leadsByCount`: how many leads have each count.
  package init?(_ leadsByCount: [Int: Int]) {
    let counts = leadsByCount.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    guard let first = counts.first, let last = counts.last else { return nil }
    leads = counts.reduce(0) { $0 + $1.value }
    sum = counts.reduce(0) { $0 + $1.key * $1.value }
    least = first.key
    most = last.key
    func count(atRank rank: Int) -> Int {
      var rank = rank
      for (count, leads) in counts {
        if rank < leads { return count }
        rank -= leads
      }
      return last.key
    }
    median = Double(count(atRank: (leads - 1) / 2) + count(atRank: leads / 2)) / 2
    guard leads > 1 else {
      deviation = nil
      return
    }
    let mean = Double(sum) / Double(leads)
    let squares = counts.reduce(0.0) {
      $0 + Double($1.value) * (Double($1.key) - mean) * (Double($1.key) - mean)
    }
    deviation = (squares / Double(leads - 1)).squareRoot()
  }

  package var mean: Double { Double(sum) / Double(leads) }
}
