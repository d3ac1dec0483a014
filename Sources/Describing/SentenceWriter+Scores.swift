import Definition
import Notation

extension SentenceWriter {
  func score(_ index: Int) -> [String] {
    let score = definition.scores[index]
    var sentences: [String]
    switch score.source {
    case .points(let rules, let caps): sentences = rules.map(rule) + caps.map(cap)
    case .blend(let terms): sentences = [blend(terms)]
    }
    sentences += score.bonuses.map(bonus)
    if let silence = score.inactivity { sentences.append(inactivity(silence)) }
    if let range = score.range {
      sentences.append(
        "The score is a whole number, held from \(range.lowerBound) to \(range.upperBound).")
    }
    return sentences
  }

  private func rule(_ rule: PointRule) -> String {
    let noun = interaction(rule.interaction)
    var parts = ["\(capitalised(a(noun))) is worth \(worth(rule.points))"]
    if let property = rule.oncePer {
      parts.append("of those with the same \(conditions.noun(property)) one counts")
    }
    if let limit = rule.limit { parts.append(words(limit)) }
    if let cap = rule.cap {
      let isLoss = if case .fixed(let points) = rule.points { points < 0 } else { false }
      parts.append("\(isLoss ? "no less than -" : "at most ")\(pointsText(cap)) in all")
    }
    let aging = words(rule.aging)
    return parts.joined(separator: ", ") + (aging.isEmpty ? "" : "; \(aging)") + "."
  }

  private func worth(_ points: RulePoints) -> String {
    switch points {
    case .fixed(let points): return spokenPoints(points)
    case .ofValue(let value):
      let noun = conditions.noun(value.property)
      var words =
        value.times == 1_000_000
        ? "its \(noun) in points" : "\(pointsText(value.times)) times its \(noun)"
      if let min = value.min { words += ", no less than \(pointsText(min))" }
      if let max = value.max { words += ", no more than \(pointsText(max))" }
      return words
    }
  }

  private func words(_ limit: Limit) -> String {
    let window =
      switch limit.window {
      case .calendar(.lifetime): "ever"
      case .calendar(.hour): "an hour"
      case .calendar(let window): "a \(window.rawValue)"
      case .sliding(let length): "in any \(spoken(length))"
      }
    let each = limit.each.map { " for each \(conditions.noun($0))" } ?? ""
    return "at most \(limit.count) \(window)\(each)"
  }

  private func words(_ aging: Aging) -> String {
    let parts = [
      aging.halfLife.map { "half of it is gone after \(spoken($0))" },
      aging.fade.map { "it fades to nothing over \(spoken($0))" },
      aging.expires.map { "nothing is left after \(spoken($0))" },
    ]
    return listed(parts.compactMap { $0 })
  }

  private func cap(_ cap: GroupCap) -> String {
    "\(capitalised(listed(cap.interactions.map(interaction)))) together come to no more, up or down, than "
      + "\(spokenPoints(cap.points))."
  }

  private func bonus(_ bonus: Bonus) -> String {
    "\(spokenPoints(abs(bonus.points))) \(bonus.points < 0 ? "less" : "more") while "
      + "\(conditions.words(bonus.condition)) (\(bonus.name))."
  }

  private func inactivity(_ silence: Inactivity) -> String {
    let again = silence.every.map { ", and again after each further \(spoken($0))" } ?? ""
    return "\(capitalised(spoken(silence.after))) without an activity come to "
      + "\(spokenPoints(silence.points))\(again)."
  }

  private func blend(_ terms: [BlendTerm]) -> String {
    let parts = terms.map { term in
      let noun =
        switch term.source {
        case .percent(let grade): "percent of the grade \(definition.grades[grade].name)"
        case .score(let score): "score \(definition.scores[score].name)"
        }
      return "\(pointsText(term.weight)) times the \(noun)"
    }
    let asksGrades = terms.contains { if case .percent = $0.source { true } else { false } }
    return "It is \(listed(parts))"
      + (asksGrades ? "; a percent that is not known leaves its weight to the others." : ".")
  }
}
