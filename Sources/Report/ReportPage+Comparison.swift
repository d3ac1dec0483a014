import Audit
import Notation
import Pages

extension ReportPage {
  /// With two snapshots: what made each score another one, over all leads, and who moved most.
  func addComparison(to html: inout HTML) {
    guard let diff = facts.diff, let before = facts.before else { return }
    html.add("div", .class("pair")) { pair in
      for score in definition.scores {
        let causes = diff.causes.filter { $0.score == score.name }
        guard let values = before.summary.scores[score.name]?.leadsByScore else { continue }
        card("Why \(score.name) changed", to: &pair) { card in
          let steps = DiffCause.allCases.compactMap { cause -> Waterfall.Step? in
            let parts = causes.filter { $0.cause == cause }
            if parts.isEmpty { return nil }
            return Waterfall.Step(words(cause), parts.reduce(0) { $0 + $1.micropoints })
          }
          card.add(
            figure(
              Waterfall(
                "Points of all leads together, cause by cause.",
                from: (clock.shortDay(before.asOf), total(values)), steps,
                to: clock.shortDay(facts.asOf))))
        }
      }
    }
    addMovers(diff, to: &html)
  }

  /// All leads' points together, in micro-points.
  private func total(_ values: [String: Int]) -> Int128 {
    values.reduce(0) { sum, entry in
      sum + (Int128(entry.key) ?? 0) * Int128(entry.value) * 1_000_000
    }
  }

  private func addMovers(_ diff: DiffReport, to html: inout HTML) {
    let counts = diff.leads
    let sentence =
      "\(countText(counts.changed, "lead")) changed, \(numberText(counts.came)) came, "
      + "\(numberText(counts.gone)) went, \(numberText(counts.unchanged)) are as they were."
    card("Who moved most", sentence, isLong: true, to: &html) { card in
      if facts.plan.isAnonymous { return }
      let movers = diff.changes.filter { facts.people[Array($0.lead.utf8)] != nil }
        .prefix(ReportPage.moversMax)
      if movers.isEmpty { return card.add("p", .class("aside"), text: "Nobody moved.") }
      var table = PageTable(
        "Who moved most",
        [.init("Lead"), .init("Score"), .number("Before"), .number("Now"), .init("Because of")])
      for change in movers {
        for score in change.scores {
          table.add([
            lead(Array(change.lead.utf8)), HTML(score.score),
            HTML(score.from.map { numberText($0) } ?? "–"),
            HTML(score.to.map { numberText($0) } ?? "–"), causes(score.causes),
          ])
        }
      }
      card.add(table.html)
    }
  }

  private static let causesMax = 4

  private func causes(_ causes: [DiffReport.Cause]) -> HTML {
    var html = HTML()
    let sorted = causes.enumerated().sorted {
      let sizes = ($0.element.micropoints.magnitude, $1.element.micropoints.magnitude)
      return sizes.0 == sizes.1 ? $0.offset < $1.offset : sizes.0 > sizes.1
    }.map(\.element)
    for cause in sorted.prefix(ReportPage.causesMax) {
      html.add("span", cause.micropoints < 0 ? .class("tag off") : .class("tag")) { tag in
        tag.add(
          "\(words(cause.cause)): \(cause.part.rawValue)\(cause.rule.map { " of \($0)" } ?? "") ")
        tag.add("b", text: pointsChange(cause.micropoints))
      }
    }
    let rest = sorted.dropFirst(ReportPage.causesMax)
    if !rest.isEmpty {
      let sum = rest.reduce(0) { $0 + $1.micropoints }
      html.add("span", .class("tag")) { tag in
        tag.add("\(numberText(rest.count)) more ")
        tag.add("b", text: pointsChange(sum))
      }
    }
    return html
  }

  private func words(_ cause: DiffCause) -> String {
    switch cause {
    case .mergedIn: "merged in"
    case .mergedOut: "merged out"
    case .erased: "forgotten"
    case .withdrawal: "taken back"
    case .accountMerge: "accounts merged"
    case .lateEvents: "late events"
    case .unknownEvents: "events no longer known"
    case .duplicates: "duplicates"
    case .rules: "other rules"
    case .time: "time passing"
    case .newEvents: "new events"
    case .futureEvents: "events after the day"
    }
  }
}
