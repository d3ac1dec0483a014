/// Returns Spearman's rank correlation of two values that leads have, ties sharing their mean rank.
///
/// ρ = Σ (r − r̄)(s − s̄) / √(Σ (r − r̄)² × Σ (s − s̄)²), r and s being a lead's rank by the one value
/// and by the other, and r̄ = s̄ = (n + 1) / 2. Ranks are doubled so that all sums are whole numbers.
///
/// `pairs`: how many leads have each pair of values.
///
/// Nil where one of the two is the same for all leads.
package func rankCorrelation(_ pairs: [(first: Int64, second: Int64, count: Int)]) -> Double? {
  let firsts = centredRanks(pairs.map { ($0.first, $0.count) })
  let seconds = centredRanks(pairs.map { ($0.second, $0.count) })
  var (product, firstSquare, secondSquare): (Int128, Int128, Int128) = (0, 0, 0)
  for pair in pairs {
    let (r, s) = (firsts[pair.first] ?? 0, seconds[pair.second] ?? 0)
    product += r * s * Int128(pair.count)
    firstSquare += r * r * Int128(pair.count)
    secondSquare += s * s * Int128(pair.count)
  }
  if firstSquare == 0 || secondSquare == 0 { return nil }
  return Double(product) / (Double(firstSquare) * Double(secondSquare)).squareRoot()
}

/// Of each value twice the distance of its mean rank from the middle of all.
private func centredRanks(_ values: [(value: Int64, count: Int)]) -> [Int64: Int128] {
  var counts: [Int64: Int] = [:]
  for (value, count) in values { counts[value, default: 0] += count }
  let all = counts.values.reduce(0, +)
  var ranks: [Int64: Int128] = [:]
  var below = 0
  for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
    ranks[value] = Int128(2 * below + count - all)
    below += count
  }
  return ranks
}
