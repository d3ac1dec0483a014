import Definition

/// Finds where a subject of a lead stands among the cells, and how it is read there.
struct CellFinder: SubjectCells {
  let definition: Definition
  let layout: LeadLayout
  let values: LogValues
  private let attributes: [String: Int]

  init(definition: Definition, layout: LeadLayout, attributes: [String], values: LogValues) {
    self.definition = definition
    self.layout = layout
    self.values = values
    self.attributes = Dictionary(zip(attributes, attributes.indices)) { first, _ in first }
  }

  func callAsFunction(_ subject: LeadSubject) -> (Int, CellReading) {
    let count = CellReading.number(divisor: 1)
    switch subject {
    case .attribute(let name): return attribute(name)
    case .score(let index): return (layout.scores + index, count)
    case .raw(let index): return (layout.raws + index, .number(divisor: 1_000_000))
    case .grade(let index):
      return (layout.letters + index, names(definition.grades[index].letters))
    case .percent(let index): return (layout.percents + index, count)
    case .tally(let stage, let window): return (layout.measures(window).tallies + stage, count)
    case .count(let interaction, let window):
      return (layout.measures(window).counts + interaction, count)
    case .stage: return (layout.stage, names(definition.journey))
    case .activities(let window): return (layout.measures(window).activities, count)
    case .visits(let window): return (layout.measures(window).visits, count)
    case .deepestVisit(let window): return (layout.measures(window).deepestVisit, count)
    case .activeDays(let window): return (layout.measures(window).activeDays, count)
    case .timeOnSite(let window):
      return (layout.measures(window).timeOnSite, .number(divisor: 1000))
    case .daysSinceLast: return (layout.daysSinceLast, count)
    case .daysSinceFirst: return (layout.daysSinceFirst, count)
    case .nps: return (layout.nps, count)
    case .npsGroup: return (layout.npsGroup, names(NetPromoterGroup.allCases.map(\.rawValue)))
    case .persona(let group):
      return (layout.personas + group, names(definition.personas[group].personas.map(\.name)))
    // What is asked of a key as text has answers; of the time it may be there is one cell.
    case .lead: return (layout.keyInstant, .time)
    case .account: return (layout.account, names(values.accounts()))
    case .busiestHour(let window):
      return (layout.busiestHours.first { $0.window == window }?.cell ?? layout.stage, count)
    case .firstSeen: return (layout.firstSeen, .time)
    case .lastSeen: return (layout.lastSeen, .time)
    case .entered(let stage): return (layout.entered + stage, .time)
    case .daysSinceEntered(let stage): return (layout.daysSinceEntered + stage, count)
    case .daysInStage: return (layout.daysInStage, count)
    case .outcome: return (layout.outcome, names(values.outcomes))
    case .touch(let index):
      let reading = definition.touchReadings.firstIndex(of: definition.touches[index].reading) ?? 0
      let texts = values.touches.indices.contains(reading) ? values.touches[reading] : []
      return (layout.touches + index, names(texts))
    }
  }

  func age(of subject: LeadSubject) -> Int {
    layout.ages + (layout.agedSubjects.firstIndex(of: subject) ?? 0)
  }

  func answer(to predicate: Predicate, of subject: LeadSubject) -> Int? {
    guard subject == .lead else { return nil }
    return layout.keyPredicates.firstIndex(of: predicate).map { layout.keyAnswers + $0 }
  }

  func attribute(_ name: String) -> (Int, CellReading) {
    guard let index = attributes[name] else { return (layout.stage, .oneOf([])) }
    return (layout.attributes + index, .oneOf(values.attributes[index]))
  }

  private func names(_ names: [String]) -> CellReading { .oneOf(names.map(Scalar.text)) }
}

/// The texts and values that a log's facts are numbers of.
package struct LogValues: Sendable {
  /// By attribute.
  let attributes: [[Scalar]]
  /// By what touches read, as text.
  let touches: [[String]]
  let outcomes: [String]
  /// The names of accounts, which are asked for only where somebody tests them: there may be millions.
  let accounts: @Sendable () -> [String]
  /// By domain, the account that it names; of those that may be one for leads without another.
  let domainAccounts: [[UInt8]: Int]

  package init(
    attributes: [[Scalar]] = [], touches: [[String]] = [], outcomes: [String] = [],
    accounts: @escaping @Sendable () -> [String] = { [] }, domainAccounts: [[UInt8]: Int] = [:]
  ) {
    self.attributes = attributes
    self.touches = touches
    self.outcomes = outcomes
    self.accounts = accounts
    self.domainAccounts = domainAccounts
  }
}
