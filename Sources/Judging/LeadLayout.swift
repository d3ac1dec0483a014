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
  /// By aggregate, what the lead gives it: an exact number of micro-points in two cells.
  package let aggregates: Int
  /// By window, 1 for an activity in it, 0 for none.
  let active: Int
  let activeWindows: [Milliseconds]
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
  /// By stage, the time of the first activity in it.
  package let entered: Int
  package let touches: Int
  /// What files show beside results: copies of cells that stand behind those of rows, and reasons.
  let shown: Int
  let shownSubjects: [LeadSubject]
  let reasons: Int
  /// The scores whose reasons are shown.
  let shownReasons: [Int]
  package let storedCount: Int

  let daysSinceLast: Int
  let daysSinceFirst: Int
  /// When the latest valid answer was given.
  let answered: Int
  let daysInStage: Int
  /// By stage.
  let daysSinceEntered: Int
  let stageCount: Int
  let outcome: Int
  /// 1 for a lead that is left out of all results, where the definition leaves any out.
  package let excluded: Int
  let attributes: Int
  /// The lead's key as a time, and the answers to what is asked of it as text.
  let keyInstant: Int
  let keyAnswers: Int
  let keyPredicates: [Predicate]
  /// The subjects that are asked how long ago they are, and where that stands.
  let agedSubjects: [LeadSubject]
  let ages: Int
  /// Whether any condition asks for days since a stage was entered.
  let asksStageDays: Bool
  /// The windows that conditions ask about, and where their counts stand.
  let windows: [Window]
  /// Of which time the busiest hour is asked for, nil being all of life, and where it stands.
  let busiestHours: [BusiestHour]
  package let cellCount: Int

  struct BusiestHour: Sendable, Equatable {
    let window: Milliseconds?
    let cell: Int
  }

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
    aggregates = personas + definition.personas.count
    active = aggregates + 2 * definition.leadAggregates.count
    activeWindows = definition.activeWindows
    lastSeen = active + activeWindows.count
    rolledUpCount = definition.accountSubjects.contains(.daysSinceLast) ? lastSeen + 1 : lastSeen
    stage = lastSeen + 1
    nps = stage + 1
    lifetime = measures(at: nps + 1)
    raws = lifetime.end
    letters = raws + definition.scores.count
    percents = letters + definition.grades.count
    coverages = percents + definition.grades.count
    lists = coverages + definition.grades.count
    stageCount = definition.journey.count
    entered = lists + definition.lists.count
    touches = entered + stageCount
    shown = touches + definition.touches.count
    shownSubjects = definition.shownSubjects.filter { !$0.isInTable }
    reasons = shown + shownSubjects.count
    shownReasons = definition.shownReasons
    storedCount = reasons + shownReasons.count * ReasonCells.cellCount

    daysSinceLast = storedCount
    daysSinceFirst = storedCount + 1
    daysInStage = storedCount + 2
    outcome = storedCount + 3
    excluded = storedCount + 4
    answered = storedCount + 5
    daysSinceEntered = storedCount + 6
    asksStageDays = subjects.contains {
      switch $0 {
      case .daysInStage, .daysSinceEntered: true
      default: false
      }
    }
    attributes = daysSinceEntered + stageCount
    keyInstant = attributes + attributeCount
    keyPredicates = LeadLayout.keyPredicates(in: definition)
    keyAnswers = keyInstant + 1
    agedSubjects = definition.leadConditions.flatMap(\.agedSubjects).uniqued()
    ages = keyAnswers + keyPredicates.count
    var end = ages + agedSubjects.count
    var windows: [Window] = []
    for length in Set(subjects.compactMap(\.measuredWindow)).sorted() {
      windows.append(Window(length: length, measures: measures(at: end)))
      end = measures(at: end).end
    }
    self.windows = windows
    var busiestHours: [BusiestHour] = []
    for case .busiestHour(let window) in subjects.uniqued() {
      busiestHours.append(BusiestHour(window: window, cell: end))
      end += 1
    }
    self.busiestHours = busiestHours
    cellCount = end
  }

  /// What is asked of leads' keys, whatever the as-of.
  private static func keyPredicates(in definition: Definition) -> [Predicate] {
    var predicates: [Predicate] = []
    for condition in definition.leadConditions {
      condition.visitTests { subject, predicate in
        guard subject == .lead, let asked = predicate.parts(countingFromAsOf: false) else { return }
        predicates.append(asked)
      }
    }
    return predicates.uniqued()
  }

  /// The counts over a window, or over all of a lead's life.
  func measures(_ window: Milliseconds?) -> Measures {
    guard let window else { return lifetime }
    return windows.first { $0.length == window }?.measures ?? lifetime
  }
}

extension LeadSubject {
  /// The window over which all counts are taken for its sake.
  fileprivate var measuredWindow: Milliseconds? {
    if case .busiestHour = self { nil } else { window }
  }
}
