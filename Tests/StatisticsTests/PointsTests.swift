import Foundation
import Testing

@testable import Statistics

@Suite("points from tallies")
struct PointsTests {
  @Test("5 + 3 + 4 interactions on average make 100 / 12 = 8.33, rounded 8")
  func taught() throws {
    let points = try #require(
      EvenPoints(ready: 100_000_000, interactionCount: 12 * 40, leadCount: 40))
    #expect(points.average == 12)
    #expect(isNear(points.exact, 8.333333333333334))
    #expect(points.rounded == 8_000_000)
    #expect(points.reached == 96)
    #expect(points.remainder == 4)
    #expect(points.interactionsToReady == 13)
  }

  @Test("ties round away from zero, and what rounds up leaves something to spare")
  func rounding() throws {
    // 17 / 2 = 8.5.
    let points = try #require(
      EvenPoints(ready: 17_000_000, interactionCount: 2, leadCount: 1))
    #expect(points.rounded == 9_000_000)
    #expect(points.remainder == -1)
    #expect(points.interactionsToReady == 2)
  }

  @Test("points below 1 keep their first digit instead of being rounded away")
  func small() throws {
    let points = try #require(
      EvenPoints(ready: 100_000_000, interactionCount: 700, leadCount: 1))
    #expect(points.rounded == 100_000)
    #expect(points.interactionsToReady == 1000)
    let tiny = try #require(
      EvenPoints(ready: 1_000_000, interactionCount: 300_000_000, leadCount: 1))
    #expect(tiny.rounded == 0)
    #expect(tiny.interactionsToReady == nil)
  }

  @Test("where interactions are rarest, what each would be worth is held within a trillion points")
  func rarest() throws {
    let points = try #require(
      EvenPoints(ready: 1_000_000_000_000, interactionCount: 1, leadCount: 1_000_000_000))
    #expect(points.exact == 1e15)
    #expect(points.rounded == 1_000_000_000_000_000_000)
    #expect(points.interactionsToReady == 1)
    let fitted = try #require(
      FittedPoints(
        [.init(won: 1, rest: 0)], wonLeads: 1_000_000_000, restLeads: 1,
        ready: 1_000_000_000_000_000, step: 1_000_000))
    #expect(fitted.points == [1_000_000_000_000_000_000])
  }

  @Test("without leads or interactions there are no points")
  func nothing() {
    #expect(EvenPoints(ready: 100_000_000, interactionCount: 0, leadCount: 3) == nil)
    #expect(EvenPoints(ready: 100_000_000, interactionCount: 3, leadCount: 0) == nil)
  }

  @Test("fitted points follow the logarithm of the ratio and bring the average lead to ready")
  func fitted() throws {
    let habits = [
      FittedPoints.Habit(won: 300, rest: 300), .init(won: 100, rest: 2700),
      .init(won: 400, rest: 400),
    ]
    let points = try #require(
      FittedPoints(habits, wonLeads: 100, restLeads: 900, ready: 100_000_000, step: 1))
    let expected = habits.map { habit in
      let all = Double(habit.won + habit.rest) / 1000
      return (Double(habit.won) + 20 * all) / 120 / ((Double(habit.rest) + 20 * all) / 920)
    }
    for (ratio, wanted) in zip(points.ratios, expected) { #expect(isNear(ratio, wanted)) }
    let fitted = try #require(points.points)
    #expect(fitted[1] == 0, "what the rest did more often is worth nothing")
    let (first, third) = (Double(fitted[0]), Double(fitted[2]))
    #expect(abs(third / first - log(expected[2]) / log(expected[0])) < 1e-6)
    #expect(abs(3 * first + 4 * third - 100e6) < 10)
  }

  @Test("few leads move a ratio little, many nearly all the way")
  func shrinking() throws {
    func ratio(leads: Int) throws -> Double {
      try #require(
        FittedPoints(
          [.init(won: 4 * leads, rest: 100_000)], wonLeads: leads, restLeads: 100_000,
          ready: 100_000_000, step: 1_000_000)
      ).ratios[0]
    }
    #expect(try ratio(leads: 1) < 1.2)
    #expect(try isNear(ratio(leads: 20), 2.5, within: 0.01))
    #expect(try ratio(leads: 20_000) > 3.9)
  }

  @Test("where nothing sets leads apart there are no fitted points")
  func alike() throws {
    let alike = try #require(
      FittedPoints(
        [.init(won: 10, rest: 20), .init(won: 0, rest: 0)], wonLeads: 5, restLeads: 10,
        ready: 100_000_000, step: 1_000_000))
    #expect(alike.ratios == [1, 1])
    #expect(alike.points == nil)
    #expect(
      FittedPoints([], wonLeads: 5, restLeads: 0, ready: 100_000_000, step: 1_000_000) == nil)
  }

  @Test("a spread has mean, median, extremes and the sample's deviation")
  func spreads() throws {
    let spread = try #require(Spread([2: 1, 4: 3, 5: 2, 7: 1, 9: 1, 3: 0]))
    // 2 4 4 4 5 5 7 9: the textbook's eight, whose deviation is 2 by n and 2.138 by n - 1.
    #expect(spread.leads == 8)
    #expect(spread.mean == 5)
    #expect(spread.median == 4.5)
    #expect(spread.least == 2)
    #expect(spread.most == 9)
    #expect(isNear(spread.deviation, (32.0 / 7).squareRoot()))
    #expect(Spread([:]) == nil)
    #expect(Spread([6: 1])?.deviation == nil)
    #expect(Spread([6: 1])?.median == 6)
  }
}
