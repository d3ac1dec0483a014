import Definition
import Judging
import Notation
import Reading

extension ScoreExplanation {
  init(_ index: Int, _ words: ContributionWords) {
    let explained = words.explained
    let score = explained.definition.scores[index]
    let layout = explained.judge.layout
    name = score.name
    raw = explained.cells[layout.raws + index]
    rounded = wholePoints(raw)
    range = score.range.map { [$0.lowerBound, $0.upperBound] }
    self.score = explained.cells[layout.scores + index]
    contributions = Contributions(toScore: index, words)
    var sum = contributions.sum
    adjustments = explained.replay.trace.adjustments.compactMap { adjustment in
      guard adjustment.score == index else { return nil }
      sum += adjustment.points
      return Change(adjustment, score, sum: sum, explained)
    }
    missed = score.bonuses.compactMap { bonus in
      let tests = explained.verdicts(bonus.condition)
      return tests.allSatisfy(\.holds) ? nil : Missed(name: bonus.name, tests: tests)
    }
    precondition(sum == Int128(raw), "contributions and adjustments add up to raw")
  }
}

/// An age in days, to the thousandth.
private func days(_ age: Milliseconds) -> String {
  shortestDecimal((Double(age) / 86_400).rounded() / 1000) + "d"
}

extension ScoreExplanation.Change {
  fileprivate init(
    _ adjustment: Adjustment, _ score: Score, sum: Int128, _ explained: ExplainedLead
  ) {
    let definition = explained.definition
    value = adjustment.points
    self.sum = sum
    var groupCaps: [GroupCap] = []
    if case .points(_, let caps) = score.source { groupCaps = caps }
    switch adjustment.kind {
    case .cap(let rule):
      let rule = definition.pointRules[rule].rule
      kind = "cap"
      what =
        "\(definition.interactions[rule.interaction].name) is held within "
        + "\(pointsText(rule.cap ?? 0))"
    case .groupCap(let number):
      kind = "group-cap"
      let names = groupCaps[number].interactions.map { definition.interactions[$0].name }
      what =
        "\(names.joined(separator: ", ")) together are held within "
        + "\(pointsText(groupCaps[number].points))"
    case .blend:
      kind = "blend"
      what = "blend"
      parts = blendParts(score, explained)
    case .bonus(let number):
      kind = "bonus"
      what = score.bonuses[number].name
      tests = explained.verdicts(score.bonuses[number].condition)
    case .inactivity:
      kind = "inactivity"
      let last = explained.cells[explained.judge.layout.lastSeen]
      what = "idle for \(days(explained.judge.asOf - last))" + written(score.inactivity)
    case .hold:
      kind = "hold"
      what = "no number goes beyond \(resultMax) points either way"
    }
  }
}

private func written(_ inactivity: Inactivity?) -> String {
  guard let inactivity else { return "" }
  let every = inactivity.every.map { ", again every \(writtenDuration($0))" } ?? ""
  return ": \(pointsText(inactivity.points)) after \(writtenDuration(inactivity.after))\(every)"
}

private func blendParts(_ score: Score, _ explained: ExplainedLead) -> [ScoreExplanation.Part] {
  guard case .blend(let terms) = score.source else { return [] }
  return terms.map { term in
    let subject: LeadSubject =
      switch term.source {
      case .percent(let grade): .percent(grade)
      case .score(let index): .score(index)
      }
    let cell = explained.cells[explained.judge.reading(of: subject).cell]
    return .init(
      source: name(of: subject, in: explained.definition), weight: term.weight,
      value: cell == LeadLayout.absent ? nil : cell)
  }
}

extension GradeExplanation {
  init(_ index: Int, _ explained: ExplainedLead) {
    let grade = explained.definition.grades[index]
    let layout = explained.judge.layout
    name = grade.name
    let letter = explained.cells[layout.letters + index]
    self.letter = letter == LeadLayout.absent ? nil : grade.letters[Int(letter)]
    let percent = explained.cells[layout.percents + index]
    self.percent = percent == LeadLayout.absent ? nil : percent
    coverage = explained.cells[layout.coverages + index]
    func criterion(
      _ name: String, weight: Int64, _ result: (Scalar) -> Int64
    ) -> Criterion {
      let attribute = explained.attribute(name)
      let (cell, reading) = explained.judge.reading(of: .attribute(name))
      return Criterion(
        attribute: name, value: attribute.value,
        event: attribute.isAccounts ? nil : attribute.event,
        isAccounts: attribute.isAccounts, weight: weight,
        result: reading.scalar(explained.cells[cell]).map(result))
    }
    switch grade.method {
    case .weighted(_, let list):
      criteria = list.map { item in
        criterion(item.attribute, weight: item.weight, item.value(for:))
      }
    case .ladder(_, let list):
      criteria = list.map { item in
        criterion(item.attribute, weight: Int64(item.thirds)) { Int64(item.thirds(for: $0)) }
      }
    }
  }
}

extension PersonaExplanation {
  init(_ index: Int, _ explained: ExplainedLead) {
    let group = explained.definition.personas[index]
    let chosen = explained.cells[explained.judge.layout.personas + index]
    self.group = group.name
    persona = chosen == LeadLayout.absent ? nil : group.personas[Int(chosen)].name
    if let highest = group.highest {
      choice = written(highest)
      asked = zip(group.personas, highest.subjects).enumerated().map { place, entry in
        let (persona, subject) = entry
        let holds = chosen == Int64(place)
        let (cell, reading) = explained.judge.reading(of: subject)
        let test = Verdict(
          test: name(of: subject, in: explained.definition), holds: holds,
          value: reading.scalar(explained.cells[cell])?.asText, parts: nil)
        return Asked(persona: persona.name, holds: holds, tests: [test])
      }
      return
    }
    let askedCount = chosen == LeadLayout.absent ? group.personas.count : Int(chosen) + 1
    asked = group.personas.prefix(askedCount).map { persona in
      let tests = explained.verdicts(persona.condition)
      return Asked(persona: persona.name, holds: tests.allSatisfy(\.holds), tests: tests)
    }
  }
}

/// Says how the persona is found that a lead has most of.
private func written(_ highest: Highest) -> String {
  let least = highest.min.map { "at least \(pointsText($0))" } ?? "above 0"
  return "the highest, \(least)"
    + (highest.gap > 0 ? " and at least \(pointsText(highest.gap)) above every other" : "")
}
