import Definition
import Engine
import Notation
import Trials
import Upkeep

/// A row for each value: how many leads each list has, and how many change their persona.
func sweepLines(_ report: SweepReport, _ ink: Ink) -> [String] {
  var lines = ["\(report.definition) as of \(report.asOf)"]
  for setting in report.set {
    lines.append("set       \(visibleText(setting.path)): \(visibleText(setting.after))")
  }
  lines += report.paths.enumerated().map { index, path in
    padded("vary" + (report.paths.count > 1 ? " \(index + 1)" : ""), 10) + visibleText(path)
  }
  let groups = report.base.personas.map(\.name)
  let hasReady = report.base.readyAccounts != nil
  let measured = measuredScores(report)
  let header =
    report.paths.indices.map { report.paths.count > 1 ? "value \($0 + 1)" : "value" }
    + report.base.lists.map(\.name) + (hasReady ? ["ready accounts"] : [])
    + report.base.accountLists.map { "accounts.\($0.name)" } + ["moved"]
    + groups.map { "persona \($0)" } + measured.map { "AUC \($0)" }
  func row(_ row: SweepReport.Row, values: [String]) -> [String] {
    let personas = row.personas.map { grouped($0.moved) }
    return values + row.lists.map { grouped($0.leads) }
      + (hasReady ? [grouped(row.readyAccounts ?? 0)] : [])
      + row.accountLists.map { grouped($0.leads) } + [grouped(row.moved)] + personas
      + measured.map { name in
        row.auc?.first { $0.score == name }.map { roundedDecimal($0.auc, places: 4) } ?? ""
      }
  }
  let base = row(report.base, values: report.base.values.map { visibleText($0 ?? "nothing") })
  let rows = report.rows.map { row($0, values: $0.values.map { $0 ?? "" }) }
  let table = aligned([header, base] + rows, rightColumns: Set(header.indices))
  lines += ["", ink.heading(table[0]), table[1] + "  as it is"] + table.dropFirst(2)
  if report.paths.count == 1 { lines += listBars(report, ink) }
  lines += ["", "moved: leads of which anything differs from the definition as it is"]
  if let outcome = report.outcome, !measured.isEmpty {
    lines.append(
      "AUC: how well a score just before its outcome foretells '\(visibleText(outcome))'")
  }
  return lines
}

/// The scores that foretell the outcome better by some values than by others.
private func measuredScores(_ report: SweepReport) -> [String] {
  let all = ([report.base] + report.rows).map { $0.auc ?? [] }
  return all[0].map(\.score).filter { name in
    Set(all.map { areas in areas.first { $0.score == name }?.auc }).count > 1
  }
}

/// Of each list whose size changes, a bar for each value.
private func listBars(_ report: SweepReport, _ ink: Ink) -> [String] {
  report.base.lists.indices.flatMap { index -> [String] in
    let sizes = report.rows.map { $0.lists[index].leads }
    guard Set(sizes).count > 1 else { return [] }
    let names = report.rows.map { row in row.values.map { $0 ?? "" }.joined(separator: ", ") }
    return ["", ink.heading(report.base.lists[index].name)]
      + bars(zip(names, sizes).map { ($0, $1) })
  }
}

/// A row for each number: the values, what it is about, how many, and who came and went.
func sweepRows(_ report: SweepReport) -> [[String]] {
  let header = report.paths + ["what", "name", "count", "in", "out"]
  return [header]
    + report.rows.flatMap { row -> [[String]] in
      let values = row.values.map { $0 ?? "" }
      var rows = [values + ["leads", "moved", "\(row.moved)", "", ""]]
      rows += row.lists.map {
        values + ["list", $0.name, "\($0.leads)", "\($0.entering)", "\($0.leaving)"]
      }
      for migration in row.personas {
        for (index, value) in migration.values.enumerated() {
          let (stay, before) = (migration.leads[index][index], migration.leads[index].reduce(0, +))
          let after = migration.leads.reduce(0) { $0 + $1[index] }
          rows.append(
            values + [
              "persona", "\(migration.name).\(value)", "\(after)", "\(after - stay)",
              "\(before - stay)",
            ])
        }
      }
      if let ready = row.readyAccounts {
        rows.append(values + ["accounts", "ready", "\(ready)", "", ""])
      }
      rows += row.accountLists.map {
        values + ["account list", $0.name, "\($0.leads)", "\($0.entering)", "\($0.leaving)"]
      }
      rows += (row.auc ?? []).map {
        values + ["auc", $0.score, roundedDecimal($0.auc, places: 4), "", ""]
      }
      return rows
    }
}
