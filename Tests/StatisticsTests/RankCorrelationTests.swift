import Statistics
import Testing

@Suite("rank correlation") struct RankCorrelationTests {
  private typealias Pair = (first: Int64, second: Int64, count: Int)

  /// By the definition: the rank of a value is the mean of the places it takes.
  private func byDefinition(_ pairs: [Pair]) -> Double {
    let all = pairs.flatMap { pair in
      [(Int64, Int64)](repeating: (pair.first, pair.second), count: pair.count)
    }
    func ranks(_ values: [Int64]) -> [Double] {
      values.map { value in
        let below = values.count { $0 < value }
        let same = values.count { $0 == value }
        return Double(below) + Double(same + 1) / 2
      }
    }
    let (r, s) = (ranks(all.map(\.0)), ranks(all.map(\.1)))
    let mean = Double(all.count + 1) / 2
    let product = zip(r, s).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    func squares(_ ranks: [Double]) -> Double {
      ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    return product / (squares(r) * squares(s)).squareRoot()
  }

  @Test("it is that of the definition, ties sharing their mean rank")
  func definition() throws {
    let pairs: [Pair] = [
      (0, 0, 7), (0, 5, 2), (3, 1, 4), (10, -8, 1), (10, 12, 3), (11, 12, 1), (90, 4, 2),
    ]
    let found = try #require(rankCorrelation(pairs))
    #expect(abs(found - byDefinition(pairs)) < 1e-12)
  }

  @Test("the same order is 1, the opposite -1, and what does not differ has none")
  func bounds() {
    #expect(rankCorrelation([(1, 10, 1), (2, 20, 1), (3, 30, 1)]) == 1)
    #expect(rankCorrelation([(1, 30, 1), (2, 20, 1), (3, 10, 1)]) == -1)
    #expect(rankCorrelation([(1, 30, 1), (1, 20, 1)]) == nil)
    #expect(rankCorrelation([]) == nil)
  }

  @Test("a published example: hours of television and IQ, ten people, no ties, -29/165")
  func published() throws {
    let pairs: [Pair] = [
      (106, 7, 1), (100, 27, 1), (86, 2, 1), (101, 50, 1), (99, 28, 1), (103, 29, 1), (97, 20, 1),
      (113, 12, 1), (112, 6, 1), (110, 17, 1),
    ]
    let found = try #require(rankCorrelation(pairs))
    #expect(abs(found + 29.0 / 165) < 1e-12)
  }
}
