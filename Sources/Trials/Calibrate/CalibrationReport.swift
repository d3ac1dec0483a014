import Definition
import Engine
import Statistics

/// Points from what leads did, and what they come to.
///
/// Points, averages and the ready score are in points.
package struct CalibrationReport: Codable, Sendable {
  /// Raised whenever a key changes its meaning or goes away.
  package static let schemaVersion = 1

  package var schema = CalibrationReport.schemaVersion
  package var definition: String
  package var asOf: String
  package var score: String
  package var lines: BacktestReport.Lines
  /// Whom the averages are of, as it was asked for: an outcome, `all`, or a list.
  package var leads: String
  package var leadCount: Int
  /// All other leads, which the fitted points compare with.
  package var restCount: Int
  package var stages: [Stage]
  /// Interactions of all stages that a lead has on average.
  package var average: Double
  package var ready: Double
  /// What each interaction is worth by the simple method, and rounded.
  package var exact: Double
  package var rounded: Double
  /// What the average lead comes to with rounded points, and how much of ready that leaves.
  package var reached: Double
  package var remainder: Double
  /// How many interactions make a lead ready; absent where points have been rounded away.
  package var interactionsToReady: Int?
  /// The method of the points in `points`.
  package var method: CalibrationMethod
  package var interactions: [Interaction]
  /// What the average lead comes to with the points in `points`, limits and decay left out.
  package var reachedWithPoints: Double
  /// The definition that was written; absent where none was.
  package var saved: Saved?

  package struct Stage: Codable, Sendable {
    package var name: String
    package var average: Double
    /// The standard deviation among the leads; absent with a single one.
    package var deviation: Double?
    package var least: Int
    package var median: Double
    package var most: Int
  }

  package struct Interaction: Codable, Sendable {
    package var name: String
    /// Absent where it is in none; it then keeps its points.
    package var stage: String?
    /// How many of them a lead has on average, and how many one of the rest.
    package var average: Double
    package var averageOfRest: Double?
    /// How many times as often, drawn towards 1 where few leads tell.
    package var ratio: Double?
    /// What the definition gives now; absent where the score has no rule for it.
    package var now: Double?
    /// The property that they are made of now, and stay made of.
    package var of: String?
    package var simple: Double?
    package var fitted: Double?
    /// What was adjusted by hand; absent where nothing was.
    package var adjusted: Double?
    /// The points in the end; absent where they are made of a value.
    package var points: Double?
  }

  package struct Saved: Codable, Sendable {
    package var file: String
    /// Rules whose points are others than before.
    package var changed: [String]
    /// Interactions that the score had no rule for.
    package var added: [String]
    /// Examples in it that no longer come out.
    package var failingExamples: [String]
  }
}

/// How points are made of tallies.
package enum CalibrationMethod: String, Codable, Sendable, CaseIterable {
  /// Each interaction is worth the same.
  case simple
  /// In proportion to how much more often those leads did it than the rest.
  case fitted
}
