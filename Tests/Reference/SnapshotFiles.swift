/// The CSV files of a snapshot, by their path in it.
func snapshotFiles(
  definition: Definition, leads: [Lead], accounts: [Account]
) -> [String: String] {
  var files: [String: String] = [:]
  files["leads.csv"] = leadsFile(definition, leads)
  files["tallies.csv"] = talliesFile(definition, leads)
  files["accounts.csv"] = accountsFile(definition, accounts)
  // "Every persona and every entry of `lists` is a list of its leads."
  for (group, members) in definition.personas {
    for persona in members {
      let members = leads.filter { $0.personas[group] == persona.name }
      files["lists/" + group + "." + persona.name + ".csv"] = listFile(definition, members)
    }
  }
  for list in definition.lists {
    let members = leads.filter { list.condition.holds($0.subject) }
    files["lists/" + list.name + ".csv"] = listFile(definition, members)
  }
  return files
}

private func leadsFile(_ definition: Definition, _ leads: [Lead]) -> String {
  var header = [
    "lead", "account", "first_seen", "last_seen", "activities", "active_days", "visits",
    "deepest_visit", "time_on_site", "stage",
  ]
  header += definition.journey.map { "tally." + $0 }
  header += definition.scores.flatMap { ["score." + $0.name, "raw." + $0.name] }
  header += definition.grades.flatMap {
    ["grade." + $0.name, "percent." + $0.name, "coverage." + $0.name]
  }
  header += ["nps", "nps_group"]
  header += definition.personas.map { "persona." + $0.group }
  return csv([header] + leads.map { leadRow(definition, $0) })
}

private func leadRow(_ definition: Definition, _ lead: Lead) -> [String] {
  let tallying = lead.tallying
  var row = [
    lead.name.description,
    shown(lead.account),
    lead.firstSeen.map { rfc3339($0) } ?? "",
    lead.lastSeen.map { rfc3339($0) } ?? "",
    String(tallying.activities.count),
    String(tallying.activeDays),
    String(tallying.visits.count),
    String(tallying.deepestVisit),
    decimalText(tallying.timeOnSite, places: 3),
    tallying.stage ?? "",
  ]
  row += definition.journey.map { String(tallying.tally($0)) }
  for rule in definition.scores {
    let score = lead.scores[rule.name] ?? Score()
    // "raw: exact, up to six decimals"
    row += [String(score.value), decimalText(score.raw, places: 6)]
  }
  for rule in definition.grades {
    let grade = lead.grades[rule.name] ?? Grade()
    row += [grade.letter ?? "", shown(grade.percent), String(grade.coverage)]
  }
  row += [shown(lead.answer?.value), lead.answer?.group ?? ""]
  row += definition.personas.map { lead.personas[$0.group] ?? "" }
  return row
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
  header += ["nps", "ready"]
  let rows = accounts.map { account in
    var row = [account.name.description, String(account.leads.count), String(account.engaged)]
    for score in definition.scores {
      row.append(String(account.total(score.name)))
      row.append(shown(account.max(score.name)))
      row.append(account.mean(score.name).map { decimalText($0, places: 2) } ?? "")
    }
    row += personas.map { String(account.personas($0.group, $0.name)) }
    row.append(shown(account.nps))
    // "`ready` is `true` or `false`, empty where the definition has none."
    row.append(definition.ready.map { $0.holds(account.subject) ? "true" : "false" } ?? "")
    return row
  }
  return csv([header] + rows)
}

// "`lead,account` and the scores"
private func listFile(_ definition: Definition, _ members: [Lead]) -> String {
  let header = ["lead", "account"] + definition.scores.map { "score." + $0.name }
  let rows = members.map { lead in
    [lead.name.description, shown(lead.account)]
      + definition.scores.map { String(lead.scores[$0.name]?.value ?? 0) }
  }
  return csv([header] + rows)
}

// "empty = absent"
private func shown(_ value: Int?) -> String { value.map { String($0) } ?? "" }

private func shown(_ value: Text?) -> String { value?.description ?? "" }

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
