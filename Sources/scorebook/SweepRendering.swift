import Definition
import Engine

/// A row for each value: how many leads each list has, and how many change their persona.
func sweepLines(_ report: SweepReport, _ ink: Ink) -> [String] {
  var lines = ["\(report.definition) as of \(report.asOf)"]
  for setting in report.set {
    lines.append("set       \(shown(setting.path)): \(shown(setting.after))")
  }
  lines += report.paths.enumerated().map { index, path in
    padded("vary" + (report.paths.count > 1 ? " \(index + 1)" : ""), 10) + shown(path)
  }
  let groups = report.base.personas.map(\.name)
  let hasReady = report.base.readyAccounts != nil
  let header =
    report.paths.indices.map { report.paths.count > 1 ? "value \($0 + 1)" : "value" }
    + report.base.lists.map(\.name) + (hasReady ? ["ready accounts"] : []) + ["moved"]
    + groups.map { "persona \($0)" }
  func row(_ row: SweepReport.Row, values: [String]) -> [String] {
    let personas = row.personas.map { grouped($0.moved) }
    return values + row.lists.map { grouped($0.leads) }
      + (hasReady ? [grouped(row.readyAccounts ?? 0)] : []) + [grouped(row.moved)] + personas
  }
  let base = row(report.base, values: report.base.values.map { shown($0 ?? "nothing") })
  let rows = report.rows.map { row($0, values: $0.values.map { $0 ?? "" }) }
  let table = aligned([header, base] + rows, rightColumns: Set(header.indices))
  lines += ["", ink.heading(table[0]), table[1] + "  as it is"] + table.dropFirst(2)
  if report.paths.count == 1 { lines += listBars(report, ink) }
  return lines
    + ["", "moved: leads of which anything differs from the definition as it is"]
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
      return rows
    }
}
