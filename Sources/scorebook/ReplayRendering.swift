import Definition
import Notation
import Trials
import Upkeep

/// What moves, for a person: what nothing moves in is told in a word.
func replayLines(_ report: ReplayReport, _ ink: Ink) -> [String] {
  let against = report.against
  var lines = [
    "\(report.definition) as of \(report.asOf), against \(visibleText(against.name))"
      + (against.isSnapshot || report.set.isEmpty ? "" : " as it is")
      + ", by \(against.definition)"
      + (against.asOf == report.asOf ? "" : " as of \(against.asOf)")
  ]
  for setting in report.set {
    lines.append(
      "set       \(visibleText(setting.path)): \(visibleText(setting.before ?? "nothing")) -> "
        + visibleText(setting.after))
  }
  if report.readsAnew {
    lines.append("read      anew: the two definitions read the log in different ways")
  }
  let leads = report.leads
  lines.append(
    "leads     \(grouped(leads.compared)) compared, \(grouped(leads.moved)) moved"
      + (leads.new + leads.gone > 0
        ? ", \(grouped(leads.new)) new, \(grouped(leads.gone)) gone" : ""))
  for (count, words) in [(report.together, "come together as"), (report.apart, "come apart into")] {
    guard let count else { continue }
    lines.append("          \(grouped(count.before)) \(words) \(grouped(count.after))")
  }
  let sections = sections(of: report, ink)
  for section in sections where !section.lines.isEmpty {
    lines += ["", ink.heading(section.name) + section.lines[0]] + section.lines.dropFirst()
  }
  let still = sections.filter(\.lines.isEmpty).map(\.name)
  if !still.isEmpty { lines += ["", "nothing moves in " + still.joined(separator: ", ")] }
  if report.examples.all > 0 {
    let failing = report.examples.failing
    lines += ["", exampleLine(report.examples)] + failing.map { "  \(visibleText($0))" }
  }
  if let out = report.out { lines.append("kept      \(out)") }
  if let save = report.save { lines.append("saved     \(save)") }
  return lines
}

/// A part of the report; without lines where nothing moves.
private typealias Section = (name: String, lines: [String])

private func sections(of report: ReplayReport, _ ink: Ink) -> [Section] {
  var sections: [Section] = report.scores.map { ("score \($0.name)", scoreLines($0, ink)) }
  sections += report.grades.map { ("grade \($0.name)", migrationLines($0)) }
  sections += report.personas.map { ("persona \($0.name)", migrationLines($0)) }
  if !report.lists.isEmpty {
    sections.append(("lists", listLines(report.lists, ink) + placeLines(report)))
  }
  if let accounts = report.accounts {
    sections.append(("accounts ready", accountLines(accounts, ink)))
  }
  if !report.accountLists.isEmpty {
    sections.append(("lists of accounts", listLines(report.accountLists, ink, of: "accounts")))
  }
  return sections
}

private func scoreLines(_ score: ReplayReport.ScoreMoves, _ ink: Ink) -> [String] {
  guard score.up + score.down > 0 else { return [] }
  let correlation =
    score.rankCorrelation.map { "; rank correlation \(roundedDecimal($0, places: 4))" } ?? ""
  return [
    ": \(ink.up("\(grouped(score.up)) up")), \(ink.down("\(grouped(score.down)) down")), "
      + "\(grouped(score.same)) the same\(correlation)"
  ] + changeBars(score.changes) + moverLines(score.movers, ink)
}

/// Leads by how far they move, furthest up first; bands where there are many, none of them both ways.
private func changeBars(_ changes: [ReplayReport.Change]) -> [String] {
  let furthest = changes.map(\.points.magnitude).max() ?? 0
  var width: UInt64 = 1
  for step: UInt64 in [2, 5, 10, 20, 50, 100] where furthest > 8 * width { width = step }
  while furthest > 8 * width { width *= 10 }
  var counts: [Int64: Int] = [:]
  for change in changes {
    let band = Int64((change.points.magnitude - 1) / width) + 1
    counts[change.points < 0 ? -band : band, default: 0] += change.leads
  }
  return bars(
    counts.sorted { $0.key > $1.key }.map { band, count in
      let last = band.magnitude * width
      let first = last - width + 1
      let sign = band < 0 ? "-" : "+"
      return (first == last ? "\(sign)\(last)" : "\(sign)\(first) to \(sign)\(last)", count)
    })
}

private func moverLines(_ movers: [ReplayReport.Mover], _ ink: Ink) -> [String] {
  if movers.isEmpty { return [] }
  let rows = movers.map { mover in
    [
      visibleText(mover.lead), "\(mover.before)", "->", "\(mover.after)",
      mover.parts.prefix(3).map { part in
        "\(part.part) \(roundedDecimal(part.before)) -> \(roundedDecimal(part.after))"
      }.joined(separator: "; ") + (mover.parts.count > 3 ? "; …" : ""),
    ]
  }
  return ["  moving furthest"] + aligned(rows, rightColumns: [1, 3]).map { "    \($0)" }
}

private func migrationLines(_ migration: ReplayReport.Migration) -> [String] {
  guard migration.moved > 0 else { return [] }
  return [": \(counted(migration.moved, "lead")) move\(migration.moved == 1 ? "s" : "")"]
    + matrix(migration) { _ in true }
}

/// A row for each value before that is wanted, a column for each after; those that nobody has are left
/// out.
private func matrix(
  _ migration: ReplayReport.Migration, isWanted: (Int) -> Bool
) -> [String] {
  let rows = migration.values.indices.filter { row in
    isWanted(row) && migration.leads[row].contains { $0 > 0 }
  }
  let columns = migration.values.indices.filter { column in
    rows.contains { migration.leads[$0][column] > 0 }
  }
  let table =
    [["before \\ after"] + columns.map { migration.values[$0] }]
    + rows.map { row in
      [migration.values[row]]
        + columns.map { migration.leads[row][$0] == 0 ? "." : grouped(migration.leads[row][$0]) }
    }
  return aligned(table, rightColumns: Set(1...max(1, columns.count))).map { "  \($0)" }
}

private func listLines(
  _ lists: [ReplayReport.ListMoves], _ ink: Ink, of members: String = "leads"
) -> [String] {
  let moving = lists.filter { $0.entering + $0.leaving > 0 }
  if moving.isEmpty { return [] }
  let table =
    [["", "before", "after", "in", "out"]]
    + moving.map { list in
      [
        list.name, grouped(list.before), grouped(list.after), "+\(grouped(list.entering))",
        "-\(grouped(list.leaving))",
      ]
    }
  var lines =
    [": \(moving.count) of \(lists.count) have other \(members)"]
    + aligned(table, rightColumns: [1, 2, 3, 4]).map { "  \($0)" }
  for list in moving {
    lines += named("  into \(list.name)", list.firstEntering, of: list.entering, ink.up)
    lines += named("  out of \(list.name)", list.firstLeaving, of: list.leaving, ink.down)
  }
  return lines
}

/// Where the leads of lists are after; nothing where none moves.
private func placeLines(_ report: ReplayReport) -> [String] {
  guard let between = report.betweenLists,
    report.lists.contains(where: { $0.entering + $0.leaving > 0 })
  else { return [] }
  let places = matrix(between) { row in
    row < report.lists.count
      ? report.lists[row].leaving > 0 : between.leads[row].dropLast().contains { $0 > 0 }
  }
  return ["  where the leads of lists that lose some, or of none, are now:"]
    + places.map { "  \($0)" }
}

private func accountLines(_ accounts: ReplayReport.AccountMoves, _ ink: Ink) -> [String] {
  if accounts.entering.isEmpty, accounts.leaving.isEmpty { return [] }
  return [": \(grouped(accounts.readyBefore)) -> \(grouped(accounts.readyAfter))"]
    + named("  become ready", accounts.entering, of: accounts.entering.count, ink.up)
    + named("  stop being so", accounts.leaving, of: accounts.leaving.count, ink.down)
}

/// Some names, in as many lines as they take, and how many there are beside.
private func named(
  _ what: String, _ names: [String], of all: Int, _ colour: (String) -> String
) -> [String] {
  if all == 0 { return [] }
  let first = names.prefix(10).map { visibleText($0) }
  let rest = all - first.count
  if first.isEmpty { return [colour(what) + ": " + grouped(all)] }
  return [colour(what) + ":"]
    + wrapped(first + (rest > 0 ? ["and \(grouped(rest)) more"] : [])).map { "      \($0)" }
}

/// Names with commas between, in lines that a narrow terminal holds.
private func wrapped(_ names: [String]) -> [String] {
  let width = 74
  var lines: [String] = []
  for (index, name) in names.enumerated() {
    let name = name + (index + 1 < names.count ? "," : "")
    if let last = lines.last, last.count + 1 + name.count <= width {
      lines[lines.count - 1] = "\(last) \(name)"
    } else {
      lines.append(name)
    }
  }
  return lines
}

private func exampleLine(_ examples: ReplayReport.Examples) -> String {
  examples.failing.isEmpty
    ? "examples  all \(grouped(examples.all)) come out"
    : "examples  \(grouped(examples.failing.count)) of \(grouped(examples.all)) do not come out:"
}
