import Definition
import Engine
import Notation
import Pages

extension ReportPage {
  /// What each rule of a score did, and what gates and caps held back.
  func addRules(_ index: Int, to html: inout HTML) {
    let score = definition.scores[index]
    guard case .points(let rules, let caps) = score.source,
      let summary = facts.summary.scores[score.name]
    else { return }
    let names = rules.map { definition.interactions[$0.interaction].name }
    let points =
      ruleOffset(of: index).map { first in
        facts.history.map { Array($0.points.rules[first..<first + rules.count]) }
      } ?? nil
    card("What the rules of \(score.name) did", to: &html) { card in
      let bars = names.map { name in
        let rule = summary.rules[name]
        return Bars.Bar(
          name, rule?.counted ?? 0,
          heldBack: (rule?.repeat ?? 0) + (rule?.limit ?? 0) + (rule?.noValue ?? 0))
      }.enumerated().sorted {
        $0.element.value == $1.element.value
          ? $0.offset < $1.offset : $0.element.value > $1.element.value
      }.map(\.element)
      card.add(
        figure(
          Bars(
            "Occurrences that counted, and those that “once per” or a limit held back (dashed).",
            bars,
            heads: ("Rule", "Counted"))))
      if let points {
        let given = zip(names, points).enumerated().sorted {
          $0.element.1 == $1.element.1 ? $0.offset < $1.offset : $0.element.1 > $1.element.1
        }.map { Bars.Bar($0.element.0, wholePoints($0.element.1)) }
        card.add(
          figure(
            Bars(
              "Points that each rule gives today, over all leads, what age and its own cap left of them.",
              given, heads: ("Rule", "Points"))))
      }
      addHeld(index, rules, caps, summary, to: &card)
    }
  }

  /// The place of a score's first rule among those of all scores.
  private func ruleOffset(of index: Int) -> Int? {
    definition.scores[..<index].reduce(0) { sum, score in
      if case .points(let rules, _) = score.source { sum + rules.count } else { sum }
    }
  }

  private func addHeld(
    _ index: Int, _ rules: [PointRule], _ caps: [GroupCap], _ summary: Summary.ScoreSummary,
    to html: inout HTML
  ) {
    let score = definition.scores[index]
    func first(_ count: (Score) -> Int) -> Int {
      definition.scores[..<index].reduce(0) { $0 + count($1) }
    }
    let points = facts.history?.points
    let firstCap = first { if case .points(_, let caps) = $0.source { caps.count } else { 0 } }
    let firstBonus = first { $0.bonuses.count }
    var table = PageTable(
      "What held back, or was added besides",
      [.init("What"), .number("Leads held"), .number("Points")])
    for rule in rules where rule.cap != nil {
      let name = definition.interactions[rule.interaction].name
      table.add([
        "cap of \(name) at \(numberText(decimal: pointsText(rule.cap ?? 0)))",
        numberText(summary.rules[name]?.leadsHeldByCap ?? 0), "–",
      ])
    }
    for (place, cap) in caps.enumerated() {
      let names = cap.interactions.map { definition.interactions[$0].name }
      table.add([
        "cap of \(names.joined(separator: ", ")) at \(numberText(decimal: pointsText(cap.points)))",
        numberText(summary.leadsHeldByGroupCap[place]),
        points.map { pointsWords($0.groupCaps[firstCap + place]) } ?? "–",
      ])
    }
    if let points {
      for (place, bonus) in score.bonuses.enumerated() {
        table.add(["bonus \(bonus.name)", "–", pointsWords(points.bonuses[firstBonus + place])])
      }
      if score.inactivity != nil {
        table.add(["inactivity", "–", pointsWords(points.inactivity[index])])
      }
    }
    if !table.rows.isEmpty { html.add(table.html) }
  }
}

/// Whole points for a picture, halves away from nothing.
func wholePoints(_ points: Int128) -> Int {
  let half: Int128 = points < 0 ? -500_000 : 500_000
  return Int(clamping: (points + half) / 1_000_000)
}
