import Judging
import Statistics

/// What the leads that points are made for did, and what the rest did.
struct InteractionCounts {
  private(set) var chosen = 0
  private(set) var rest = 0
  /// By interaction, the occurrences of both kinds of leads.
  private(set) var habits: [FittedPoints.Habit]
  /// By stage, how many of the chosen leads have each tally.
  private(set) var tallies: [[Int: Int]]

  init(_ moments: LeadMoments, isChosen: (UnsafePointer<Int64>) -> Bool) {
    let definition = moments.judge.definition
    let measures = moments.judge.layout.lifetime
    var habits = [FittedPoints.Habit](
      repeating: .init(won: 0, rest: 0), count: definition.interactions.count)
    var tallies = [[Int: Int]](repeating: [:], count: definition.journey.count)
    var (chosen, rest) = (0, 0)
    moments.forEach { cells in
      let isChosen = isChosen(cells)
      if isChosen { chosen += 1 } else { rest += 1 }
      for index in habits.indices {
        let count = Int(cells[measures.counts + index])
        if isChosen { habits[index].won += count } else { habits[index].rest += count }
      }
      guard isChosen else { return }
      for stage in tallies.indices {
        tallies[stage][Int(cells[measures.tallies + stage]), default: 0] += 1
      }
    }
    self.chosen = chosen
    self.rest = rest
    self.habits = habits
    self.tallies = tallies
  }

  /// Interactions of all stages that the chosen leads had; one of two stages' interactions counts twice.
  var interactionCount: Int {
    tallies.joined().reduce(0) { $0 + $1.key * $1.value }
  }
}
