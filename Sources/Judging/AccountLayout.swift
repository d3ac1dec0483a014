import Definition
import Notation

/// Where each value of an account stands among its cells.
package struct AccountLayout: Sendable, Equatable {
  package let leads = 0
  package let engaged = 1
  /// Until the account is closed, a total's cell and that of its mean are the halves of an exact sum.
  package let totals: Int
  package let maxima: Int
  /// Hundredths, rounded.
  package let means: Int
  package let personas: Int
  package let promoters: Int
  package let passives: Int
  package let detractors: Int
  package let nps: Int
  package let ready: Int
  /// By list of accounts, 1 for a member.
  package let lists: Int
  /// The account's own number.
  let number: Int
  /// By window, how many leads have an activity in it.
  let active: Int
  let activeWindows: [Milliseconds]
  let lastSeen: Int
  let daysSinceLast: Int
  /// By aggregate, what leads gave in two cells, and how many gave anything.
  let gathered: Int
  /// Of the account's own scores, micro-points; then whole points.
  package let ownRaws: Int
  package let ownScores: Int
  package let cellCount: Int
  /// Where each group's personas begin among `personas`.
  let firstPersona: [Int]

  package init(_ definition: Definition) {
    let scoreCount = definition.scores.count
    totals = 2
    maxima = totals + scoreCount
    means = maxima + scoreCount
    personas = means + scoreCount
    var firstPersona: [Int] = []
    var end = personas
    for group in definition.personas {
      firstPersona.append(end)
      end += group.personas.count
    }
    self.firstPersona = firstPersona
    promoters = end
    passives = end + 1
    detractors = end + 2
    nps = end + 3
    ready = end + 4
    lists = end + 5
    number = lists + definition.accountLists.count
    lastSeen = number + 1
    daysSinceLast = number + 2
    active = number + 3
    activeWindows = definition.activeWindows
    gathered = active + activeWindows.count
    ownRaws = gathered + 3 * definition.leadAggregates.count
    ownScores = ownRaws + definition.accountScores.count
    cellCount = ownScores + definition.accountScores.count
  }
}

/// Finds where a subject of an account stands among its cells, and how it is read there.
struct AccountCellFinder: SubjectCells {
  let definition: Definition
  let layout: AccountLayout
  let attributes: [String]
  let attributeValues: [[Scalar]]
  let agedSubjects: [AccountSubject]
  let accounts: @Sendable () -> [String]

  func age(of subject: AccountSubject) -> Int {
    layout.cellCount + attributes.count + (agedSubjects.firstIndex(of: subject) ?? 0)
  }

  func answer(to predicate: Predicate, of subject: AccountSubject) -> Int? { nil }

  func callAsFunction(_ subject: AccountSubject) -> (Int, CellReading) {
    let count = CellReading.number(divisor: 1)
    switch subject {
    case .attribute(let name):
      guard let index = attributes.firstIndex(of: name) else { return (layout.leads, .oneOf([])) }
      return (layout.cellCount + index, .oneOf(attributeValues[index]))
    case .total(let score): return (layout.totals + score, count)
    case .max(let score): return (layout.maxima + score, count)
    case .mean(let score): return (layout.means + score, .number(divisor: 100))
    case .leads: return (layout.leads, count)
    case .engaged: return (layout.engaged, count)
    case .persona(let group, let persona): return (layout.firstPersona[group] + persona, count)
    case .nps: return (layout.nps, count)
    case .score(let index): return (layout.ownScores + index, count)
    case .raw(let index): return (layout.ownRaws + index, .number(divisor: 1_000_000))
    case .active(let window):
      return (layout.active + (layout.activeWindows.firstIndex(of: window) ?? 0), count)
    case .daysSinceLast: return (layout.daysSinceLast, count)
    case .account: return (layout.number, .oneOf(accounts().map(Scalar.text)))
    }
  }
}
