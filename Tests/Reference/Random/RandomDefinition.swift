/// A random definition as YAML; it is valid, and uses whatever a definition can hold.
func randomDefinition(_ dice: inout Dice, _ world: inout World) -> String {
  var lines = ["name: random-book"]
  if world.zone != "UTC" || dice.chance(50) { lines.append("timezone: " + world.zone) }
  world.stages = Array(["awareness", "no", "consideration", "decision"].prefix(dice.below(5)))
  if !world.stages.isEmpty {
    lines.append("journey: [" + world.stages.joined(separator: ", ") + "]")
  }
  lines += readingLines(&dice, world) + interactionLines(&dice, &world)
  lines += touchLines(&dice, &world)
  // Grades and answers first: scores may ask for them.
  let grades = gradeLines(&dice, &world)
  let answers = dice.chance(70) ? answerLines(&dice, &world) : []
  lines += scoreLines(&dice, &world) + grades + answers
  lines += personaLines(&dice, &world)
  lines += listLines(&dice, &world)
  lines += excludeLines(&dice, &world) + columnLines(&dice, world)
  let scores = accountScoreLines(&dice, &world)
  var accounts = domainLines(&dice, world) + scores
  if dice.chance(75) { accounts.append("  ready: " + randomAccountCondition(&dice, world)) }
  accounts += accountListLines(&dice, world)
  if !accounts.isEmpty { lines += ["accounts:"] + accounts }
  return lines.joined(separator: "\n") + "\n"
}

// MARK: - Interactions

private let pathConditions = [
  #"{ path: ["/pricing", "/pricing/*"] }"#, #"{ type: page_view, path: "/blog/*" }"#,
  #"{ not: { path: { exists: true } } }"#, #"{ path: "/" }"#, #"{ path: ["*:*", "*x*"] }"#,
]

private func interactionLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  let names = [
    "page-view", "download", "pricing", "long-read", "no", "a_b", "7th", "search", "on-site",
  ]
  world.interactions = Array(names.prefix(dice.within(max(3, world.stages.count)...names.count)))
  var lines = ["interactions:"]
  for (index, name) in world.interactions.enumerated() {
    var condition = randomEventCondition(&dice)
    // The first ones are broad, so that a log is never without activities.
    if index == 0 { condition = "{ type: page_view }" }
    if index == 1 { condition = "{ type: [download, form_fill, email_click] }" }
    if index == 2 && dice.chance(70) { condition = dice.pick(pathConditions) }
    if index > 2 && world.uses(.instants, &dice, 25) {
      condition = "{ time: " + between(&dice, world) + " }"
    }
    // Every stage has an interaction.
    let stage = index < world.stages.count ? world.stages[index] : dice.pick(world.stages + [""])
    if !stage.isEmpty {
      condition = String(condition.dropLast(2)) + ", stage: " + stage + " }"
    }
    lines.append("  " + name + ": " + condition)
  }
  return lines
}

// MARK: - Scores

private func scoreLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  var lines = ["scores:"]
  for name in ["engagement", "intent", "x_2"].prefix(dice.within(1...3)) {
    let range = randomRange(&dice, world)
    lines.append("  " + name + ":")
    lines += rangeLine(range) + pointLines(&dice, &world)
    lines += bonusLines(&dice, &world) + inactivityLines(&dice, &world)
    world.scores.append((name, thresholds(range, world)))
  }
  for name in ["priority", "overall"].prefix(dice.pick([0, 1, 1, 2])) {
    let range = randomRange(&dice, world)
    lines.append("  " + name + ":")
    lines += rangeLine(range) + [blendLine(&dice, world)]
    lines += bonusLines(&dice, &world) + inactivityLines(&dice, &world)
    world.scores.append((name, thresholds(range, world)))
  }
  return lines
}

func randomRange(_ dice: inout Dice, _ world: World) -> ClosedRange<Int>? {
  let usual = [nil, 0...100, -50...50, 0...1000, 5...60]
  return dice.pick(world.isLarge ? [nil, nil, nil, nil, -1_000_000_000...1_000_000_000] : usual)
}

private func rangeLine(_ range: ClosedRange<Int>?) -> [String] {
  range.map { ["    range: [\($0.lowerBound), \($0.upperBound)]"] } ?? []
}

/// Bounds to test a score against, strictly inside of its range.
func thresholds(_ range: ClosedRange<Int>?, _ world: World) -> [String] {
  if world.isLarge, range == nil {
    return ["999999999998.5", "-999999999998", "12345678901.234567", "-1000000000", "0"]
  }
  return usualThresholds(range)
}

private func usualThresholds(_ range: ClosedRange<Int>?) -> [String] {
  [3, 8, 10, 20, 31, 45].filter {
    range?.contains($0 + 1) ?? true && range?.contains($0 - 1) ?? true
  }
  .map { String($0) }
}

/// The settings of aging that go together: what expires does so before it has faded.
private func agingSettings(_ dice: inout Dice, _ world: inout World) -> [String] {
  var settings: [String] = []
  if dice.chance(45) {
    settings.append("half_life: " + world.age(dice.pick(["30d", "7d", "12h", "2w", "60d"])))
  }
  if dice.chance(30) {
    settings.append("fade: " + world.age(dice.pick(["60d", "90d", "45d"])))
  }
  if dice.chance(30) {
    settings.append("expires: " + world.age(dice.pick(["20d", "3w", "36h", "30d"])))
  }
  return settings
}

private func pointLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  let own = dice.some(dice.within(2...world.interactions.count), of: world.interactions)
  var lines = agingSettings(&dice, &world).map { "    " + $0 } + ["    points:"]
  for interaction in own {
    var points = rulePoints(&dice, &world)
    // Where there are page views around a change of the clock, their hours matter.
    if interaction == "page-view" && world.autumn != nil && dice.chance(60) {
      points = "{ points: 1.5, limit: " + String(dice.within(1...2)) + ", per: hour }"
    }
    lines.append("      " + interaction + ": " + points)
  }
  return lines + capLines(&dice, own)
}

private func rulePoints(_ dice: inout Dice, _ world: inout World) -> String {
  var points = world.pick(
    &dice,
    ["1", "3", "10", "30", "-10", "0.5", "2.75", "0.333333", "-0.000001", "1000", "8", "1.5"],
    large: ["1000000000", "-1000000000", "999999999.999999", "259717.522849", "-0.000001"])
  if world.uses(.values, &dice, 35) { points = offeredValue(&dice, world) }
  if dice.chance(25) { return points.hasPrefix("{") ? "{ points: " + points + " }" : points }
  var settings = ["points: " + points]
  if dice.chance(35) {
    let properties = ["asset", "path", "fields.job_title", "campaign", "n", "duration", "account"]
    settings.append("once_per: " + dice.pick(properties))
  }
  let hasGate = settings.count > 1
  if dice.chance(45) {
    settings.append("limit: " + String(dice.within(1...3)))
    var per = dice.pick(["", "hour", "day", "week", "month", "lifetime"])
    if world.uses(.slidingLimits, &dice, 40) {
      per = world.age(dice.pick(["24h", "90m", "7d", "30m", "30d"]))
    }
    if world.uses(.each, &dice, hasGate ? 0 : 50) {
      let properties = ["asset", "path", "fields.job_title", "n", "time", "lead", "channel"]
      settings.append("each: " + dice.pick(properties))
    }
    if !per.isEmpty { settings.append("per: " + per) }
  }
  if dice.chance(25) { settings.append("cap: " + dice.pick(["5", "40", "0.5", "12.345678"])) }
  if dice.chance(30) { settings += agingSettings(&dice, &world) }
  return "{ " + settings.joined(separator: ", ") + " }"
}

/// An interaction stands in one group cap only.
private func capLines(_ dice: inout Dice, _ own: [String]) -> [String] {
  guard own.count >= 2, dice.chance(50) else { return [] }
  var groups = [Array(own.prefix(2))]
  if own.count >= 5 { groups.append(Array(own.dropFirst(2).prefix(3))) }
  return ["    caps:"]
    + groups.map { group in
      "      - { interactions: [" + group.joined(separator: ", ") + "], points: "
        + dice.pick(["6", "30", "2.5", "15"]) + " }"
    }
}

private func bonusLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  let names = ["bonus-one", "b2", "again"].prefix(dice.below(3))
  if names.isEmpty { return [] }
  var lines = ["    bonuses:"]
  for name in names {
    let condition = randomLeadCondition(&dice, &world, .bonus)
    let points = world.pick(
      &dice, ["8", "-3", "0.25", "12.5"], large: ["1000000000", "-999999999.999999"])
    lines.append("      - { name: " + name + ", when: " + condition + ", points: " + points + " }")
  }
  return lines
}

private func inactivityLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  guard dice.chance(world.isLarge ? 80 : 40) else { return [] }
  let after = world.age(dice.pick(["7d", "30d", "90m", "1d"]))
  let steps = world.isLarge ? ["1m", "1m", "12h"] : ["30d", "1d", "12h"]
  let every = dice.chance(60) ? ", every: " + world.age(dice.pick(steps)) : ""
  let points = world.pick(
    &dice, ["-5", "-2.5", "3", "-0.000001"],
    large: ["-1000000000", "1000000000", "12345.678901"])
  return ["    inactivity: { after: " + after + ", points: " + points + every + " }"]
}

private func blendLine(_ dice: inout Dice, _ world: World) -> String {
  var parts = world.grades.filter { !$0.isLadder }.map { "percent." + $0.name }
  parts += dice.some(2, of: world.scores.map { "score." + $0.name })
  let weighted = parts.map { part in
    part + ": "
      + world.pick(
        &dice, ["0.4", "0.6", "1", "2.5", "0.333333", "0.000001"],
        large: ["1000000000", "999999999.999999", "1", "0.000001"])
  }
  return "    blend: { " + weighted.joined(separator: ", ") + " }"
}

// MARK: - Grades

private func gradeLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  var lines: [String] = []
  for name in ["fit", "size"].prefix(dice.pick([0, 1, 1, 2])) {
    lines += weightedGrade(name, &dice, &world)
  }
  for name in ["profile", "ladder"].prefix(dice.pick([0, 1, 1, 2])) {
    lines += ladder(name, &dice, &world)
  }
  return lines.isEmpty ? [] : ["grades:"] + lines
}

private func weightedGrade(
  _ name: String, _ dice: inout Dice, _ world: inout World
) -> [String] {
  let bounds = dice.pick([
    [("A", 80), ("B", 60), ("C", 40), ("D", 20), ("F", 0)], [("A", 67), ("B", 33), ("C", 0)],
  ])
  let letters = bounds.map { $0.0 + ": " + String($0.1) }.joined(separator: ", ")
  var lines = ["  " + name + ":", "    letters: { " + letters + " }", "    criteria:"]
  for attribute in dice.some(dice.within(1...4), of: World.attributes) {
    lines.append("      - attribute: " + yamlText(attribute))
    let weight = world.pick(
      &dice, ["1", "2", "3", "0.5", "0.333333"], large: ["1000000000", "3", "0.000001"])
    lines.append("        weight: " + weight)
    lines.append("        values:")
    let entries = valueEntries(attribute, &dice)
    lines += entries.map { "          - { " + $0 + " }" }
    // After `exists: true` nothing is left for `otherwise`.
    if dice.chance(60) && !entries.contains(where: { $0.hasPrefix("exists") }) {
      lines.append("        otherwise: " + dice.pick(["40", "12.5", "0", "100"]))
    }
  }
  world.grades.append((name, bounds.map { $0.0 }, false))
  return lines
}

/// Entries of which none makes a later one unreachable.
private func valueEntries(_ attribute: String, _ dice: inout Dice) -> [String] {
  if attribute == "company_size" {
    return ["min: 1000, value: 100", "min: 50, value: " + dice.pick(["60", "33.3"])]
  }
  if attribute == "job_title" {
    return [#"is: ["VP*", "*Director*", "Chief *"], value: 100"#, #"is: "*Student*", value: 0"#]
  }
  let value = dice.pick(["100", "75", "0", "50", "99.5"])
  return [attributePredicate(attribute, &dice) + ", value: " + value]
}

private func ladder(_ name: String, _ dice: inout Dice, _ world: inout World) -> [String] {
  let start = dice.pick(["D", "C-", "B+", "F", "A+", "C"])
  var lines = ["  " + name + ":", "    start: " + start, "    criteria:"]
  for attribute in dice.some(dice.within(1...4), of: World.attributes) {
    let predicate = attributePredicate(attribute, &dice)
    lines.append(
      "      - { attribute: " + yamlText(attribute) + ", " + predicate + ", thirds: "
        + String(dice.within(1...6)) + " }")
  }
  world.grades.append((name, GradeRule.ladder.reversed(), true))
  return lines
}

// MARK: - Answers, personas and lists

private func answerLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  world.hasAnswers = true
  return [
    "nps:",
    "  answers: " + dice.pick(["{ type: form_fill, form: nps }", "{ form: NPS }"]),
    "  value: " + dice.pick(["fields.satisfaction", "fields.satisfaction", "answer"]),
    "  scale: " + dice.pick(["[1, 10]", "[0, 10]"]),
  ] + (world.uses(.answersWithin, &dice, 60) ? ["  within: " + world.age("30d")] : [])
}

private func personaLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  let groups = ["role", "interest", "g-3"].prefix(dice.below(4))
  if groups.isEmpty { return [] }
  var lines = ["personas:"]
  for group in groups {
    let names = Array(["champion", "high", "medium", "no", "low"].prefix(dice.within(1...5)))
    lines.append("  " + group + ":")
    if world.uses(.personasByPoints, &dice, 50) {
      lines += highestLines(names, &dice, world)
      world.personas.append((group, names))
      continue
    }
    for name in names {
      // Only the last may take all that are left.
      let takesAll = name == names.last && names.count > 1 && dice.chance(40)
      let condition = takesAll ? "" : ", when: " + randomLeadCondition(&dice, &world, .all)
      lines.append("    - { name: " + name + condition + " }")
    }
    world.personas.append((group, names))
  }
  return lines
}

private func listLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  let names = ["sales-ready", "no", "x_y", "last"].prefix(dice.below(5))
  if names.isEmpty { return [] }
  return ["lists:"]
    + names.map { name in
      let condition = randomLeadCondition(&dice, &world, .list)
      let isWrittenOut = world.uses(.lists, &dice, 60)
      return "  " + name + ": "
        + (isWrittenOut ? writtenOut(condition, &dice, world) : condition)
    }
}
