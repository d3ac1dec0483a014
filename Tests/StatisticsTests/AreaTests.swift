import Testing

@testable import Statistics

@Suite("the area under the curve")
struct AreaTests {
  @Test("it is the share of pairs in the right order, ties counting half")
  func byHand() throws {
    // Won 3, 2, 2; rest 2, 1: of six pairs four are right and two are ties.
    let table = OutcomeTable([
      .init(value: 3, won: 1, rest: 0), .init(value: 2, won: 2, rest: 1),
      .init(value: 1, won: 0, rest: 1),
    ])
    let area = try #require(AreaUnderCurve(table))
    #expect(area.area == 5.0 / 6)
  }

  @Test("area and variance are those of counting pair by pair", arguments: [2, 5, 40, 1000])
  func againstPairs(_ values: Int64) throws {
    for seed in 0..<8 as Range<UInt64> {
      let leads = DrawnLeads(20 + Int(seed) * 23, values: values, seed: seed)
      for ranking in [\.first, \.second] as [KeyPath<DrawnLeads.Lead, Int64>] {
        let area = try #require(AreaUnderCurve(leads.table(ranking)))
        let naive = leads.naive(ranking)
        #expect(isNear(area.area, naive.area))
        #expect(isNear(area.variance, NaiveRanking.covariance(naive, naive)))
      }
    }
  }

  @Test("leads in another order, and rows in another order, change no bit")
  func order() {
    let leads = DrawnLeads(200, values: 30, seed: 5)
    var turned = leads
    turned.leads.reverse()
    #expect(
      AreaUnderCurve(leads.table(\.second)) == AreaUnderCurve(turned.table(\.second)))
    #expect(PairedComparison(leads.pairs) == PairedComparison(turned.pairs))
  }

  @Test("with one kind of leads only there is no area, with one lead of a kind no interval")
  func tooFew() throws {
    #expect(AreaUnderCurve(OutcomeTable([.init(value: 1, won: 5, rest: 0)])) == nil)
    #expect(AreaUnderCurve(OutcomeTable([.init(value: 1, won: 0, rest: 5)])) == nil)
    #expect(AreaUnderCurve(OutcomeTable([])) == nil)
    let single = try #require(
      AreaUnderCurve(
        OutcomeTable([.init(value: 2, won: 1, rest: 0), .init(value: 1, won: 0, rest: 4)])))
    #expect(single.area == 1)
    #expect(single.interval == nil)
  }

  @Test("an interval reaches 1.96 standard deviations to both sides and stays within 0 and 1")
  func intervals() throws {
    let leads = DrawnLeads(300, values: 50, seed: 1)
    let area = try #require(AreaUnderCurve(leads.table(\.first)))
    let deviation = try #require(area.variance).squareRoot()
    #expect(isNear(area.interval?.low, area.area - 1.959964 * deviation, within: 1e-7))
    #expect(isNear(area.interval?.high, area.area + 1.959964 * deviation, within: 1e-7))
    let steep = try #require(
      AreaUnderCurve(
        OutcomeTable([
          .init(value: 3, won: 3, rest: 0), .init(value: 2, won: 1, rest: 1),
          .init(value: 1, won: 0, rest: 3),
        ])))
    #expect(steep.interval?.high == 1)
  }

  @Test("two rankings of the same leads differ as the covariances of their components say")
  func pairs() throws {
    for seed in 0..<8 as Range<UInt64> {
      let leads = DrawnLeads(30 + Int(seed) * 20, values: 12, seed: seed)
      let comparison = try #require(PairedComparison(leads.pairs))
      let (first, second) = (leads.naive(\.first), leads.naive(\.second))
      let variance =
        NaiveRanking.covariance(first, first) + NaiveRanking.covariance(second, second)
        - 2 * NaiveRanking.covariance(first, second)
      #expect(isNear(comparison.difference, second.area - first.area))
      #expect(isNear(comparison.variance, variance))
      #expect(isNear(comparison.z, (second.area - first.area) / variance.squareRoot()))
    }
  }

  @Test("a ranking differs from itself by nothing, and from its square by nothing either")
  func sameOrder() throws {
    let leads = DrawnLeads(100, values: 40, seed: 3)
    let same = leads.leads.map {
      PairedComparison.Row(
        first: $0.second, second: 7 * $0.second + 3, won: $0.isWon ? 1 : 0,
        rest: $0.isWon ? 0 : 1)
    }
    let comparison = try #require(PairedComparison(same))
    #expect(comparison.difference == 0)
    #expect(comparison.z == nil)
    #expect(comparison.chance == 1)
  }

  @Test("the chance of a z is that of tables of the normal distribution")
  func chances() {
    // From printed tables: two-sided.
    for (z, chance) in [(0, 1), (1, 0.317311), (1.959964, 0.05), (2.575829, 0.01), (3.29, 0.001)] {
      #expect(isNear(twoSidedChance(z), chance, within: 2e-6))
      #expect(isNear(twoSidedChance(-z), chance, within: 2e-6))
    }
  }
}
