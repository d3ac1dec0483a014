import Chance
import Definition
import Notation

extension Definition {
  /// The definition with points made of values, limits that slide or count apart, personas that leads have most
  /// of, weeks that begin on Sunday and answers that grow old, as a seed draws them.
  ///
  /// Its text says nothing of them.
  package func enriched(seed: UInt64) -> Definition {
    var dice = SeededDice(seed: seed)
    var copy = self
    if dice.below(3) == 0 { copy.weekStart = .sunday }
    copy.nps?.within = Milliseconds(1 + dice.below(40)) * 86_400_000
    for (index, score) in scores.enumerated() {
      guard case .points(let rules, let caps) = score.source else { continue }
      copy.scores[index].source = .points(
        rules: rules.map { $0.enriched(&dice) }, caps: caps)
    }
    var subjects: [LeadSubject] = [.activities(window: nil), .timeOnSite(window: nil)]
    subjects += scores.indices.flatMap { [.score($0), .raw($0)] }
    subjects += attributes.map { .attribute($0) }
    if nps != nil { subjects.append(.nps) }
    let chosen = subjects.shuffled(using: &dice).prefix(4)
    copy.personas.append(
      PersonaGroup(
        name: "most",
        personas: chosen.indices.map { Persona(name: "p\($0)", condition: nil) },
        highest: Highest(
          subjects: Array(chosen), min: dice.below(2) == 0 ? nil : 1_500_000,
          gap: Int64(dice.below(3)) * 750_000)))
    return copy
  }
}

extension PointRule {
  fileprivate func enriched(_ dice: inout SeededDice) -> PointRule {
    var copy = self
    let properties: [EventSubject] = [
      .member("duration"), .field("satisfaction"), .member("asset"), .member("campaign"),
    ]
    if dice.below(2) == 0 {
      copy.points = .ofValue(
        ValuePoints(
          of: dice.pick(properties), times: Int64(dice.below(400) - 100) * 12_345,
          min: dice.below(3) == 0 ? 0 : nil, max: dice.below(3) == 0 ? 7_000_000 : nil))
    }
    if dice.below(2) == 0 {
      let windows: [LimitWindow] =
        CalendarWindow.allCases.map { .calendar($0) }
        + [1, 24, 250].map { .sliding($0 * 3_600_000) }
      copy.limit = Limit(
        count: 1 + dice.below(3), window: dice.pick(windows),
        each: dice.below(2) == 0 ? dice.pick(properties) : nil)
    }
    return copy
  }
}
