import Definition
import Notation

extension SentenceWriter {
  func grade(_ grade: Grade) -> [String] {
    switch grade.method {
    case .weighted(let letters, let criteria):
      let bounds = letters.map { "\($0.name) from \(shortestDecimal($0.bound)) percent" }
      return ["It is \(listed(bounds)). What is not known is left out."] + criteria.map(weighted)
    case .ladder(let start, let criteria):
      return ["It begins at \(Grade.ladder[start]). What is not known is left out."]
        + criteria.map(step)
    }
  }

  private func weighted(_ criterion: WeightedCriterion) -> String {
    let values = criterion.values.map {
      "\(pointsText($0.value)) if it \(conditions.words($0.predicate))"
    }
    return "The \(criterion.attribute) weighs \(pointsText(criterion.weight)): "
      + "\(values.joined(separator: ", else ")), else \(pointsText(criterion.otherwise))."
  }

  private func step(_ criterion: LadderCriterion) -> String {
    "Up by \(counted("\(criterion.thirds)", "third")) of a letter if the \(criterion.attribute) "
      + "\(conditions.words(criterion.predicate)), else down by as much."
  }

  var personas: [String] {
    definition.personas.map { group in
      if let highest = group.highest { return words(highest, of: group) }
      let personas = group.personas.map { persona in
        persona.condition.map { "\(persona.name) if \(conditions.words($0))" }
          ?? "\(persona.name) otherwise"
      }
      return "In the group \(group.name) a lead is \(personas.joined(separator: "; or "))."
    }
  }

  private func words(_ highest: Highest, of group: PersonaGroup) -> String {
    let measures = zip(group.personas, highest.subjects).map {
      "\($0.name) by the \(conditions.noun($1))"
    }
    let min = highest.min.map { "at least \(pointsText($0))" } ?? "above 0"
    let gap = highest.gap == 0 ? "" : " and at least \(pointsText(highest.gap)) above every other"
    return "In the group \(group.name) a lead is what it has most of, if that is \(min)\(gap): "
      + "\(listed(measures, "or"))."
  }

  var exclusion: [String] {
    definition.exclude.map { ["In no result is a lead where \(conditions.words($0))."] } ?? []
  }

  var columns: [String] {
    definition.columns.isEmpty
      ? [] : ["The file of all leads also has \(listed(definition.columns.map(noun)))."]
  }

  var examples: [String] {
    definition.examples.map { example in
      let expectations = example.expectations.map(words)
      return "\(example.name): \(counted("\(example.events.count)", "event")), and as of "
        + "\(timeText(milliseconds: example.asOf)) \(listed(expectations))."
    }
  }

  private func words(_ expectation: Expectation) -> String {
    switch expectation.target {
    case .lead(let lead, let subject, let predicate):
      "the \(conditions.noun(subject)) of \(lead) \(conditions.words(predicate))"
    case .account(let account, let subject, let predicate):
      "the \(conditions.noun(subject)) of the account \(account) \(conditions.words(predicate))"
    case .list(let list, let lead, let isMember):
      "\(lead) is \(isMember ? "" : "not ")on \(definition.lists[list].name)"
    case .accountList(let list, let account, let isMember):
      "the account \(account) is \(isMember ? "" : "not ")on \(definition.accountLists[list].name)"
    case .excluded(let lead, let isExcluded): "\(lead) is \(isExcluded ? "" : "not ")left out"
    case .ready(let account, let isReady): "the account \(account) is \(isReady ? "" : "not ")ready"
    }
  }
}
