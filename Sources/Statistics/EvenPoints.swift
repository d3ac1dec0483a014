/// Points from tallies, as marketing teaches it: each interaction is worth the same, and as much as makes
/// the average lead ready.
///
/// If leads had 5, 3 and 4 interactions in three stages on average, 12 interactions are worth 100
/// points, and each of them 100 / 12 = 8.33, rounded 8.
package struct EvenPoints: Sendable, Equatable {
  /// Millionths of a point, like all amounts here.
  package let ready: Int64
  /// The average number of interactions of a lead, in all stages.
  package let average: Double
  /// What each is worth, not rounded, in points.
  package let exact: Double
  package let rounded: Int64
  /// The smallest difference that rounding leaves: a point, or less where points are below 1.
  package let step: Int64

  /// Returns nil where there is nothing to divide by.
  ///
  /// `interactionCount`: those of all leads, in all stages.
  package init?(ready: Int64, interactionCount: Int, leadCount: Int) {
    guard ready > 0, interactionCount > 0, leadCount > 0 else { return nil }
    self.ready = ready
    average = Double(interactionCount) / Double(leadCount)
    // Multiplied first: a tie is then met exactly, and rounded away from zero.
    exact = Double(ready) * Double(leadCount) / (Double(interactionCount) * 1e6)
    var step: Int64 = 1_000_000
    while step > 1, exact * 1e6 < Double(step) { step /= 10 }
    self.step = step
    rounded = roundedPoints(exact, step: step)
  }

  /// What the average lead comes to with rounded points.
  package var reached: Double { average * Double(rounded) / 1e6 }

  /// What rounding leaves the average lead short of ready; negative where it has some to spare.
  package var remainder: Double { Double(ready) / 1e6 - reached }

  /// How many interactions make a lead ready; nil where points have been rounded away.
  package var interactionsToReady: Int? {
    rounded > 0 ? Int((ready + rounded - 1) / rounded) : nil
  }
}

/// Returns points as millionths, rounded half away from zero to a multiple of a step, and held within a
/// trillion points: where interactions are rare each would be worth more than 64 bits hold.
func roundedPoints(_ points: Double, step: Int64) -> Int64 {
  let stepsMax = 1e18 / Double(step)
  let steps = (points * 1e6 / Double(step)).rounded()
  return Int64(min(max(steps, -stepsMax), stepsMax)) * step
}
