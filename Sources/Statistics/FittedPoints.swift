#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Points by what sets those that reached the outcome apart: proportional to the logarithm of how much
/// more often they did something than the rest, scaled so that the average one of them is ready.
///
/// Both rates are drawn towards that of all leads, as if each kind had `priorLeads` more leads that
/// behave like all of them. That is the mean of a gamma-Poisson model (Gelman et al., Bayesian Data
/// Analysis, 2.7): what is known from few leads moves little. What those that reached the outcome
/// did no more often than the rest gets no points.
package struct FittedPoints: Sendable, Equatable {
  /// How often something was done.
  package struct Habit: Sendable, Equatable {
    package var won: Int
    package var rest: Int

    package init(won: Int, rest: Int) {
      self.won = won
      self.rest = rest
    }
  }

  /// A guess: with ten times as many leads of a kind the rates hardly move, with as many they move
  /// half-way.
  static let priorLeads = 20.0

  /// For each habit, how many times as often those that reached the outcome had it, drawn towards 1.
  package let ratios: [Double]
  /// For each habit, millionths of a point; nil where nothing sets the two kinds apart.
  package let points: [Int64]?

  /// Returns nil where one of the two kinds of leads is missing.
  ///
  /// `ready`, `step`: millionths of a point.
  package init?(_ habits: [Habit], wonLeads: Int, restLeads: Int, ready: Int64, step: Int64) {
    guard wonLeads > 0, restLeads > 0 else { return nil }
    let prior = FittedPoints.priorLeads
    ratios = habits.map { habit in
      let all = Double(habit.won + habit.rest) / Double(wonLeads + restLeads)
      guard all > 0 else { return 1 }
      return (Double(habit.won) + prior * all) / (Double(wonLeads) + prior)
        / ((Double(habit.rest) + prior * all) / (Double(restLeads) + prior))
    }
    let weights = ratios.map { max(0, log($0)) }
    let sum = zip(habits, weights).reduce(0.0) { $0 + Double($1.0.won) * $1.1 } / Double(wonLeads)
    points =
      sum > 0
      ? weights.map { roundedPoints($0 * Double(ready) / 1e6 / sum, step: step) } : nil
  }
}
