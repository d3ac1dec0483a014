import Definition
import Notation
import Trials
import Upkeep

/// A row for each rule, by score: how it is used, and what a little more or less of it does.
func sensitivityLines(_ report: SensitivityReport, _ ink: Ink) -> [String] {
  var lines = ["\(report.definition) as of \(report.asOf)"]
  for setting in report.set {
    lines.append("set       \(visibleText(setting.path)): \(visibleText(setting.after))")
  }
  let by = shortestDecimal(report.by)
  var scores: [String] = []
  for rule in report.rules where !scores.contains(rule.score) { scores.append(rule.score) }
  for score in scores {
    let rules = report.rules.filter { $0.score == score }
    let header = [
      "rule", "points", "occurrences", "counted", "leads", "at cap", "+\(by)", "-\(by)",
    ]
    let rows = rules.map { rule in
      [
        rule.interaction, points(of: rule), grouped(rule.occurrences),
        grouped(rule.counted), grouped(rule.leads), grouped(rule.leadsAtCap),
        words(rule.more), words(rule.less),
      ]
    }
    let table = aligned([header] + rows, rightColumns: [1, 2, 3, 4, 5])
    lines += ["", ink.heading("score \(score)")] + table.map { "  \($0)" }
  }
  let notes: [(String, (SensitivityReport.Rule) -> Bool)] = [
    ("never match", \.neverMatches), ("are always capped", \.alwaysCapped),
    ("change nothing", { $0.changesNothing && !$0.neverMatches }),
  ]
  lines.append("")
  for (words, holds) in notes {
    let names = report.rules.filter(holds).map { "\($0.score).\($0.interaction)" }
    lines.append("rules that \(words): \(names.isEmpty ? "none" : names.joined(separator: ", "))")
  }
  return lines
}

/// `3`, or `amount x 0.5`.
private func points(of rule: SensitivityReport.Rule) -> String {
  if let made = rule.made { return "\(visibleText(made.of)) x \(shortestDecimal(made.times))" }
  return rule.points.map { shortestDecimal($0) } ?? ""
}

/// What a change does to the lists; how many leads it moves where no list has others.
private func words(_ effect: SensitivityReport.Effect) -> String {
  if effect.moved == 0 { return "nothing" }
  let lists = effect.lists.filter { $0.entering + $0.leaving > 0 }.map { list in
    let entering = list.entering > 0 ? " +\(grouped(list.entering))" : ""
    let leaving = list.leaving > 0 ? " -\(grouped(list.leaving))" : ""
    return list.name + entering + leaving
  }
  return lists.isEmpty ? "\(counted(effect.moved, "lead")), no list" : lists.joined(separator: ", ")
}

/// A row for each rule, change and list.
func sensitivityRows(_ report: SensitivityReport) -> [[String]] {
  let header = [
    "score", "rule", "points", "occurrences", "counted", "leads", "leads_at_cap", "never_matches",
    "always_capped", "changes_nothing", "by", "moved", "list", "in", "out",
  ]
  return [header]
    + report.rules.flatMap { rule in
      [(report.by, rule.more), (-report.by, rule.less)].flatMap { by, effect in
        // A definition without lists still has a row for each change.
        let lists = effect.lists.map { [$0.name, "\($0.entering)", "\($0.leaving)"] }
        return (lists.isEmpty ? [["", "", ""]] : lists).map { list in
          [
            rule.score, rule.interaction, points(of: rule), "\(rule.occurrences)",
            "\(rule.counted)", "\(rule.leads)", "\(rule.leadsAtCap)", "\(rule.neverMatches)",
            "\(rule.alwaysCapped)", "\(rule.changesNothing)", shortestDecimal(by),
            "\(effect.moved)",
          ] + list
        }
      }
    }
}
