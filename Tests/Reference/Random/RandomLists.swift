// What the later features bring into personas, lists, columns and accounts.

/// A group of personas by points.
func highestLines(_ names: [String], _ dice: inout Dice, _ world: World) -> [String] {
  var subjects = world.scores.flatMap { ["score." + $0.name, "raw." + $0.name] }
  subjects += world.grades.filter { !$0.isLadder }.map { "percent." + $0.name }
  subjects += [
    "attribute.company_size", "attribute.active", "activities@30d", "time_on_site",
    "days_since_last", "count." + dice.pick(world.interactions) + "@14d",
  ]
  let chosen = dice.some(names.count, of: subjects)
  let entries = zip(names, chosen).map { yamlText($0) + ": " + $1 }
  var lines = ["    highest: { " + entries.joined(separator: ", ") + " }"]
  if dice.chance(50) { lines.append("    min: " + dice.pick(["3", "0", "-5", "0.5", "10"])) }
  if dice.chance(50) { lines.append("    gap: " + dice.pick(["1", "0", "0.000001", "5"])) }
  return lines
}

/// Whom a definition excludes.
func excludeLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  guard world.uses(.exclude, &dice, 65) else { return [] }
  var narrow = [
    #"{ attribute.job_title: "*student*" }"#, "{ activities: { max: 0 } }",
    "{ activities@14d: { max: 0 }, visits: { min: 2 } }",
  ]
  if world.features.contains(.leadSubjects) {
    narrow += [#"{ lead: "b*" }"#, #"{ account: "acme" }"#, "{ outcome: [lost, open] }"]
  }
  let condition =
    dice.chance(80) ? dice.pick(narrow) : randomLeadCondition(&dice, &world, .list)
  return ["exclude: " + condition]
}

/// The further columns of `leads.csv`.
func columnLines(_ dice: inout Dice, _ world: World) -> [String] {
  guard world.uses(.columns, &dice, 60) else { return [] }
  let columns = dice.some(dice.within(1...5), of: freeColumns(&dice, world))
  return ["columns: [" + columns.joined(separator: ", ") + "]"]
}

/// Columns that neither `leads.csv` nor a list has by itself.
private func freeColumns(_ dice: inout Dice, _ world: World) -> [String] {
  var columns = [
    "attribute.job_title", "attribute.company_size", "attribute.active",
    #""attribute.Company Size""#, "activities@7d", "time_on_site@30d", "days_since_last",
    "days_since_first", "count." + dice.pick(world.interactions) + "@14d",
    "count." + dice.pick(world.interactions),
  ]
  if world.features.contains(.leadSubjects) { columns += ["busiest_hour", "outcome"] }
  if world.features.contains(.entered), !world.stages.isEmpty {
    columns += ["days_in_stage"] + world.stages.map { "days_since_entered." + $0 }
  }
  if world.features.contains(.reasons) {
    columns += ["reasons"] + world.scores.map { "reasons." + $0.name }
  }
  return columns
}

/// A list with all that can be said about one.
func writtenOut(_ condition: String, _ dice: inout Dice, _ world: World) -> String {
  let stage = world.stages.isEmpty ? [] : ["stage"]
  var columns = freeColumns(&dice, world) + stage + ["last_seen", "activities", "time_on_site"]
  columns += world.scores.map { "raw." + $0.name } + world.grades.map { "grade." + $0.name }
  columns += world.personas.map { "persona." + $0.group } + world.touches.map { "touch." + $0 }
  if world.hasAnswers { columns += ["nps", "nps_group"] }
  var order = world.scores.flatMap { ["score." + $0.name, "raw." + $0.name, "score." + $0.name] }
  order += world.grades.map { "grade." + $0.name } + world.personas.map { "persona." + $0.group }
  order += world.touches.map { "touch." + $0 }
  order += stage
  order += [
    "attribute.company_size", "attribute.job_title", "attribute.active", "last_seen",
    "time_on_site",
    "days_since_last", #"attribute.industry"#, "activities@30d",
  ]
  if world.features.contains(.leadSubjects) { order += ["account", "lead", "busiest_hour"] }
  if world.features.contains(.entered) { order += world.stages.map { "entered." + $0 } }
  return listText(condition, columns: columns, order: order, &dice)
}

private func listText(
  _ condition: String, columns: [String], order: [String], _ dice: inout Dice
) -> String {
  var settings = dice.chance(85) ? ["when: " + condition] : []
  if settings.isEmpty || dice.chance(70) {
    let chosen = dice.some(dice.within(1...4), of: columns)
    settings.append("columns: [" + chosen.joined(separator: ", ") + "]")
  }
  if dice.chance(80) {
    var seen: Set<String> = []
    let chosen = dice.some(dice.within(1...3), of: order).filter { seen.insert($0).inserted }
      .map { dice.chance(60) ? "-" + $0 : $0 }
    let several = "[" + chosen.joined(separator: ", ") + "]"
    settings.append("order_by: " + (chosen.count == 1 && dice.chance(60) ? chosen[0] : several))
    if dice.chance(60) { settings.append("first: " + String(dice.within(1...5))) }
  }
  return "{ " + settings.joined(separator: ", ") + " }"
}

// MARK: - Accounts

/// How leads get accounts by their domain.
func domainLines(_ dice: inout Dice, _ world: World) -> [String] {
  guard world.uses(.fromDomain, &dice, 65) else { return [] }
  let subjects = dice.pick(["attribute.email, lead", "lead", "lead, attribute.email"])
  let patterns = dice.some(dice.within(1...2), of: ["free-mail", #""*.EDU""#, #""sub.*""#])
  let except = dice.chance(75) ? ", except: [" + patterns.joined(separator: ", ") + "]" : ""
  return ["  from_domain: { of: [" + subjects + "]" + except + " }"]
}

/// The scores of accounts.
func accountScoreLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  guard world.uses(.accountScores, &dice, 75) else { return [] }
  var lines = ["  scores:"]
  for name in ["reach", "depth", "x-1"].prefix(dice.within(1...3)) {
    let range = randomRange(&dice, world)
    lines.append("    " + name + ": " + gathered(range, &dice, &world))
    world.accountScores.append((name, thresholds(range, world)))
  }
  for name in ["overall", "all"].prefix(dice.below(3)) {
    let range = randomRange(&dice, world)
    lines.append("    " + name + ": " + blended(range, &dice, world))
    world.accountScores.append((name, thresholds(range, world)))
  }
  return lines
}

private func mapping(_ settings: [String], _ range: ClosedRange<Int>?) -> String {
  let ranges = range.map { ["range: [\($0.lowerBound), \($0.upperBound)]"] } ?? []
  return "{ " + (settings + ranges).joined(separator: ", ") + " }"
}

private func gathered(
  _ range: ClosedRange<Int>?, _ dice: inout Dice, _ world: inout World
) -> String {
  var subjects = world.scores.flatMap { ["score." + $0.name, "raw." + $0.name] }
  subjects += world.stages.map { "tally." + $0 } + ["activities", "activities@30d"]
  subjects.append("count." + dice.pick(world.interactions) + dice.pick(["", "@14d"]))
  var settings = [dice.pick(["sum", "sum", "mean", "max"]) + ": " + dice.pick(subjects)]
  if dice.chance(50) { settings.append("of: " + randomLeadCondition(&dice, &world, .all)) }
  if dice.chance(50) { settings.append("best: " + String(dice.within(1...3))) }
  if dice.chance(60) {
    let weights = (0..<dice.within(1...2)).map { _ in
      "{ when: " + randomLeadCondition(&dice, &world, .all) + ", weight: "
        + world.pick(
          &dice, ["0", "2", "0.5", "0.333333", "0.000001"], large: ["1000000000", "0.000001", "0"])
        + " }"
    }
    settings.append("weights: [ " + weights.joined(separator: ", ") + " ]")
    if dice.chance(50) { settings.append("otherwise: " + dice.pick(["0", "0.1", "3"])) }
  }
  return mapping(settings, range)
}

private func blended(
  _ range: ClosedRange<Int>?, _ dice: inout Dice, _ world: World
) -> String {
  var parts = world.accountScores.map { "score." + $0.name }
  for score in world.scores.map(\.name) { parts += ["total.", "max.", "mean."].map { $0 + score } }
  let weighted = dice.some(dice.within(1...4), of: parts).map { part in
    part + ": "
      + world.pick(
        &dice, ["0.4", "0.6", "1", "2.5", "0.333333", "0.000001"],
        large: ["1000000000", "999999999.999999", "1", "0.000001"])
  }
  return mapping(["blend: { " + weighted.joined(separator: ", ") + " }"], range)
}

/// The columns and lists of accounts.
func accountListLines(_ dice: inout Dice, _ world: World) -> [String] {
  var columns = ["attribute.industry", "attribute.company_size", #""attribute.a.b""#]
  if world.features.contains(.accountSubjects) {
    columns += ["active@30d", "active@2w", "days_since_last"]
  }
  var lines: [String] = []
  if world.uses(.accountColumns, &dice, 60) {
    let chosen = dice.some(dice.within(1...3), of: columns)
    lines.append("  columns: [" + chosen.joined(separator: ", ") + "]")
  }
  guard world.uses(.accountLists, &dice, 70) else { return lines }
  var order = ["leads", "engaged", "attribute.industry", "attribute.company_size"]
  order += world.scores.flatMap { ["total." + $0.name, "mean." + $0.name, "max." + $0.name] }
  order += world.accountScores.flatMap { ["score." + $0.name, "raw." + $0.name] }
  lines.append("  lists:")
  let more = ["leads", "engaged"] + world.accountScores.map { "raw." + $0.name }
  for name in ["hot", "no", "c_3"].prefix(dice.within(1...3)) {
    let condition = randomAccountCondition(&dice, world)
    let isWrittenOut = dice.chance(60)
    lines.append(
      "    " + name + ": "
        + (isWrittenOut
          ? listText(condition, columns: columns + more, order: order, &dice) : condition))
  }
  return lines
}
