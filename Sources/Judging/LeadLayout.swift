import Definition
import Notation

/// Where each value of a lead stands among its cells.
///
/// A lead is a row of whole numbers: counts, times in milliseconds, micro-points, indices of names.
/// The first `storedCount` cells are the lead's result; those behind are needed only while it is
/// judged.
public struct LeadLayout: Sendable, Equatable {
  /// What an absent value looks like.
  public static let absent = Int64.min

  package let account = 0
  package let firstSeen = 1
  package let npsGroup = 2
  package let scores = 3
  package let personas: Int
  /// The cells up to here are all that an account takes of its leads.
  let rolledUpCount: Int
  package let lastSeen: Int
  package let stage: Int
  package let nps: Int
  /// Counts over all of the lead's life.
  package let lifetime: Measures
  package let raws: Int
  package let letters: Int
  package let percents: Int
  package let coverages: Int
  package let lists: Int
  package let storedCount: Int

  let daysSinceLast: Int
  let daysSinceFirst: Int
  /// When the latest valid answer was given.
  let answered: Int
  let attributes: Int
  /// The windows that conditions ask about, and where their counts stand.
  let windows: [Window]
  package let cellCount: Int

  /// The counts that windows take too, one behind the other.
  public struct Measures: Sendable, Equatable {
    package let start: Int
    let stageCount: Int
    package let interactionCount: Int

    public var activities: Int { start }
    public var activeDays: Int { start + 1 }
    public var visits: Int { start + 2 }
    public var deepestVisit: Int { start + 3 }
    public var timeOnSite: Int { start + 4 }
    public var tallies: Int { start + 5 }
    public var counts: Int { tallies + stageCount }
    public var end: Int { counts + interactionCount }
  }

  /// A window that conditions ask about.
  struct Window: Sendable, Equatable {
    let length: Milliseconds
    let measures: Measures
  }

  package init(_ definition: Definition, attributeCount: Int, subjects: [LeadSubject]) {
    func measures(at start: Int) -> Measures {
      Measures(
        start: start, stageCount: definition.journey.count,
        interactionCount: definition.interactions.count)
    }
    personas = scores + definition.scores.count
    rolledUpCount = personas + definition.personas.count
    lastSeen = rolledUpCount
    stage = lastSeen + 1
    nps = stage + 1
    lifetime = measures(at: nps + 1)
    raws = lifetime.end
    letters = raws + definition.scores.count
    percents = letters + definition.grades.count
    coverages = percents + definition.grades.count
    lists = coverages + definition.grades.count
    storedCount = lists + definition.lists.count

    daysSinceLast = storedCount
    daysSinceFirst = storedCount + 1
    answered = storedCount + 2
    attributes = storedCount + 3
    var end = attributes + attributeCount
    var windows: [Window] = []
    for length in Set(subjects.compactMap(\.window)).sorted() {
      windows.append(Window(length: length, measures: measures(at: end)))
      end = measures(at: end).end
    }
    self.windows = windows
    cellCount = end
  }

  /// The counts over a window, or over all of a lead's life.
  func measures(_ window: Milliseconds?) -> Measures {
    guard let window else { return lifetime }
    return windows.first { $0.length == window }?.measures ?? lifetime
  }
}
