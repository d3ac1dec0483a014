/// The CSV files of a snapshot, by their path in it.
func snapshotFiles(
  definition: Definition, leads: [Lead], accounts: [Account], features: Set<Feature>
) -> [String: String] {
  var files: [String: String] = [:]
  files["leads.csv"] = csv(leadColumns(definition, features), leads)
  files["tallies.csv"] = talliesFile(definition, leads)
  files["accounts.csv"] = accountsFile(definition, accounts)
  // "Every persona and every entry of `lists` is a list of its leads."
  for (group, members) in definition.personas {
    for persona in members {
      let members = leads.filter { $0.personas[group] == persona.name }
      files["lists/" + group + "." + persona.name + ".csv"] = csv(listColumns(definition), members)
    }
  }
  for list in definition.lists {
    let members = leads.filter { list.condition.holds($0.subject) }
    let columns = list.columns.map { name in
      Column<Lead>(name) { $0.cell(name, in: list) }
    }
    files["lists/" + list.name + ".csv"] = csv(
      listColumns(definition) + columns, list.inFile(members) { $0.rank($1) })
  }
  for list in definition.accountLists {
    let members = accounts.filter { list.condition.holds($0.subject) }
    let scores = definition.accountScores.map { "score." + $0.name }
    files["lists/accounts." + list.name + ".csv"] = csv(
      (["account"] + scores + list.columns).map { name in
        Column<Account>(name) { $0.cell(name) }
      },
      list.inFile(members) { $0.rank($1) })
  }
  if features.contains(.memberships) {
    files["memberships.csv"] = membershipsFile(definition, leads)
  }
  return files
}

/// A column of a file with a row for each of something.
private struct Column<Row> {
  var name: String
  var cell: (Row) -> String

  init(_ name: String, _ cell: @escaping (Row) -> String) {
    self.name = name
    self.cell = cell
  }
}

private func csv<Row>(_ columns: [Column<Row>], _ rows: [Row]) -> String {
  csv([columns.map(\.name)] + rows.map { row in columns.map { $0.cell(row) } })
}

// "Columns of `leads.csv` in order: those up to `stage`, `tally.S`, `entered.S`, scores, grades,
// `nps,nps_group`, `persona.G`, `touch.N`, `columns`"
private func leadColumns(_ definition: Definition, _ features: Set<Feature>) -> [Column<Lead>] {
  func subjects(_ names: [String]) -> [Column<Lead>] {
    names.map { name in Column<Lead>(name) { $0.cell(name) } }
  }
  var columns = subjects([
    "lead", "account", "first_seen", "last_seen", "activities", "active_days", "visits",
    "deepest_visit", "time_on_site", "stage",
  ])
  columns += subjects(definition.journey.map { "tally." + $0 })
  if features.contains(.entered) { columns += subjects(definition.journey.map { "entered." + $0 }) }
  // "raw: exact, up to six decimals"
  columns += subjects(definition.scores.flatMap { ["score." + $0.name, "raw." + $0.name] })
  for rule in definition.grades {
    columns += subjects(["grade." + rule.name])
    // "A ladder has no `percent` column any more."
    if rule.start == nil || !features.contains(.ladderWithoutPercent) {
      columns += subjects(["percent." + rule.name])
    }
    columns.append(
      Column("coverage." + rule.name) { String($0.grades[rule.name]?.coverage ?? 0) })
  }
  columns += subjects(["nps", "nps_group"])
  columns += subjects(definition.personas.map { "persona." + $0.group })
  columns += subjects(definition.touches.map { "touch." + $0.name })
  return columns + subjects(definition.columns)
}

// "`lead,interaction,count`, counts above 0"
private func talliesFile(_ definition: Definition, _ leads: [Lead]) -> String {
  let names = definition.interactions.map(\.name).sorted { Text($0) < Text($1) }
  var rows = [["lead", "interaction", "count"]]
  for lead in leads {
    for name in names {
      let count = lead.tallying.count(name)
      if count > 0 { rows.append([lead.name.description, name, String(count)]) }
    }
  }
  return csv(rows)
}

private func accountsFile(_ definition: Definition, _ accounts: [Account]) -> String {
  let personas = definition.personas.flatMap { group, members in
    members.map { (group: group, name: $0.name) }
  }
  var header = ["account", "leads", "engaged"]
  header += definition.scores.flatMap { ["total." + $0.name, "max." + $0.name, "mean." + $0.name] }
  header += personas.map { "personas." + $0.group + "." + $0.name }
  header += definition.accountScores.flatMap { ["score." + $0.name, "raw." + $0.name] }
  header += ["nps", "ready"] + definition.accountColumns
  let rows = accounts.map { account in
    var row = [account.name.description, String(account.leads.count), String(account.engaged)]
    for score in definition.scores {
      row.append(String(account.total(score.name)))
      row.append(shown(account.max(score.name)))
      row.append(account.mean(score.name).map { decimalText($0, places: 2) } ?? "")
    }
    row += personas.map { String(account.personas($0.group, $0.name)) }
    for rule in definition.accountScores {
      row += [account.cell("score." + rule.name), account.cell("raw." + rule.name)]
    }
    row.append(shown(account.nps))
    // "`ready` is `true` or `false`, empty where the definition has none."
    row.append(definition.ready.map { $0.holds(account.subject) ? "true" : "false" } ?? "")
    row += definition.accountColumns.map { account.cell($0) }
    return row
  }
  return csv([header] + rows)
}

// "`lead,account` and the scores"
private func listColumns(_ definition: Definition) -> [Column<Lead>] {
  (["lead", "account"] + definition.scores.map { "score." + $0.name })
    .map { name in Column<Lead>(name) { $0.cell(name) } }
}

// "`lead,list`, by lead, then list; a persona as `role.champion`."
private func membershipsFile(_ definition: Definition, _ leads: [Lead]) -> String {
  var rows = [["lead", "list"]]
  for lead in leads {
    let personas = lead.personas.map { $0.key + "." + $0.value }
    let lists = definition.lists.filter { $0.condition.holds(lead.subject) }.map(\.name)
    rows += (personas + lists).sorted { Text($0) < Text($1) }.map { [lead.name.description, $0] }
  }
  return csv(rows)
}

// "empty = absent"
private func shown(_ value: Int?) -> String { value.map { String($0) } ?? "" }

// "CSV with RFC 4180 quoting where needed and LF line ends"
private func csv(_ rows: [[String]]) -> String {
  rows.map { row in row.map(quoted).joined(separator: ",") + "\n" }.joined()
}

private func quoted(_ cell: String) -> String {
  // By scalars: CR LF is one character to Swift.
  let scalars = cell.unicodeScalars
  guard scalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return cell }
  var text = "\""
  for scalar in scalars {
    if scalar == "\"" { text += "\"" }
    text.unicodeScalars.append(scalar)
  }
  return text + "\""
}
