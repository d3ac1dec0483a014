import Definition

/// Finds where a subject of a lead stands among the cells, and how it is read there.
struct CellFinder {
  let definition: Definition
  let layout: LeadLayout
  let attributeValues: [[Scalar]]
  private let attributes: [String: Int]

  init(
    definition: Definition, layout: LeadLayout, attributes: [String], attributeValues: [[Scalar]]
  ) {
    self.definition = definition
    self.layout = layout
    self.attributeValues = attributeValues
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
    }
  }

  func attribute(_ name: String) -> (Int, CellReading) {
    guard let index = attributes[name] else { return (layout.stage, .oneOf([])) }
    return (layout.attributes + index, .oneOf(attributeValues[index]))
  }

  private func names(_ names: [String]) -> CellReading { .oneOf(names.map(Scalar.text)) }
}
