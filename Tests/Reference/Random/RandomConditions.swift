/// One test of a condition, as YAML.
struct RandomTest {
  var subject: String
  var predicate: String

  init(_ subject: String, _ predicate: String) {
    self.subject = subject
    self.predicate = predicate
  }

  var yaml: String {
    let plain = subject.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
        || [0x2D, 0x2E, 0x5F, 0x40].contains(byte)
    }
    return (plain ? subject : yamlText(subject)) + ": " + predicate
  }
}

/// Tests as one flow mapping; a subject stands in it once.
private func mapping(_ tests: [RandomTest]) -> String {
  var seen: Set<String> = []
  let distinct = tests.filter { seen.insert($0.subject).inserted }
  return "{ " + distinct.map(\.yaml).joined(separator: ", ") + " }"
}

/// A random condition of some tests, now and then nested.
private func condition(
  _ dice: inout Dice, depth: Int = 0, _ test: (inout Dice) -> RandomTest
) -> String {
  var tests = (0..<dice.pick([1, 1, 1, 2, 2, 3])).map { _ in test(&dice) }
  if depth < 2 && dice.chance(25) {
    let inner = (0..<dice.within(1...3)).map { _ in condition(&dice, depth: depth + 1, test) }
    let name = dice.pick(["any", "any", "all"])
    tests.append(RandomTest(name, "[ " + inner.joined(separator: ", ") + " ]"))
    if dice.chance(40) { tests = tests.suffix(1) }
  }
  if depth < 2 && dice.chance(12) {
    tests.append(RandomTest("not", condition(&dice, depth: depth + 1, test)))
    if dice.chance(30) { tests = tests.suffix(1) }
  }
  return mapping(tests)
}

// MARK: - Conditions on events

private let eventTests: [RandomTest] = [
  RandomTest("type", "page_view"),
  RandomTest("type", "Page_View"),
  RandomTest("type", #""*_view""#),
  RandomTest("type", "[download, search, email_click]"),
  RandomTest("type", "{ is: [form_fill, campaign_touch] }"),
  RandomTest("path", #""/blog/*""#),
  RandomTest("path", #"["/pricing", "/pricing/*"]"#),
  RandomTest("path", #""/p?icing""#),
  RandomTest("path", #"{ is: "*/" }"#),
  RandomTest("path", #""*Ä*""#),
  RandomTest("path", "{ exists: false }"),
  RandomTest("url", #""*example*""#),
  RandomTest("url", "{ exists: true }"),
  RandomTest("asset", #""*whitepaper*""#),
  RandomTest("asset", #"["*guide*", "STRA?E"]"#),
  RandomTest("asset", #""""#),
  RandomTest("duration", "{ min: 120 }"),
  RandomTest("duration", "{ above: 0, below: 1800 }"),
  RandomTest("duration", "{ max: 12.3456 }"),
  RandomTest("duration", "1800"),
  RandomTest("duration", #""12*""#),
  RandomTest("fields.satisfaction", "{ exists: true }"),
  RandomTest("fields.satisfaction", "{ min: 7 }"),
  RandomTest("fields.job_title", #""*director*""#),
  RandomTest("fields.größe", "groß"),
  RandomTest("flag", "true"),
  RandomTest("flag", "{ is: [false, 5] }"),
  RandomTest("flag", #""tr*""#),
  RandomTest("n", "100"),
  RandomTest("n", #""1*""#),
  RandomTest("n", #"{ is: [0, 2.5, "3*", "-0"] }"#),
  RandomTest("n", "{ max: -1 }"),
  RandomTest("query", "{ exists: false }"),
  RandomTest("campaign", "no"),
  RandomTest("campaign", "NO"),
  RandomTest("channel", #""ΣΊΣΥΦΟς""#),
  RandomTest("channel", #"["STRASSE", "stra?e", "kelvin*", "ſ*"]"#),
  RandomTest("channel", #"["привет", "İ*", "μ"]"#),
  RandomTest("channel", #""????""#),
  RandomTest("lead", #"["a*", "é"]"#),
  RandomTest("account", "acme"),
  RandomTest("id", #""*1""#),
  RandomTest("from", "{ exists: true }"),
  RandomTest("Weird Key", "{ exists: true }"),
]

/// A random condition on an event.
func randomEventCondition(_ dice: inout Dice) -> String {
  condition(&dice) { $0.pick(eventTests) }
}

// MARK: - Conditions on leads

/// Which subjects a condition on a lead may have.
enum LeadSubjects {
  /// "anything but `score`, `raw` and personas"
  case bonus
  case all
  /// Outcomes too.
  case list
}

/// A random condition on a lead.
func randomLeadCondition(
  _ dice: inout Dice, _ world: inout World, _ subjects: LeadSubjects
) -> String {
  let windows = ["", "", "", "@7d", "@14d", "@90m", "@12h", "@2w", "@30d"]
  let window = dice.pick(windows)
  if !window.isEmpty { _ = world.age(String(window.dropFirst())) }
  let known = world
  return condition(&dice) { dice in
    leadTest(&dice, known, subjects, window: dice.chance(60) ? window : "")
  }
}

private func leadTest(
  _ dice: inout Dice, _ world: World, _ subjects: LeadSubjects, window: String
) -> RandomTest {
  if let test = laterLeadTest(&dice, world, subjects, window: window) { return test }
  let interaction = world.interactions.isEmpty ? "" : dice.pick(world.interactions)
  switch dice.below(subjects == .bonus ? 10 : 15) {
  case 0, 1: return attributeTest(&dice)
  case 2: return RandomTest("count." + interaction + window, countPredicate(&dice))
  case 3 where !world.stages.isEmpty:
    return RandomTest("tally." + dice.pick(world.stages) + window, countPredicate(&dice))
  case 4 where !world.stages.isEmpty:
    return RandomTest("stage", dice.pick([yamlText(dice.pick(world.stages)), "{ exists: false }"]))
  case 5:
    let name = dice.pick(["activities", "visits", "deepest_visit", "active_days"])
    return RandomTest(name + window, countPredicate(&dice))
  case 6:
    return RandomTest(
      "time_on_site" + window, dice.pick(["{ min: 1800 }", "{ above: 12.346 }", "{ max: 0.001 }"]))
  case 7:
    let name = dice.pick(["days_since_last", "days_since_first"])
    return RandomTest(
      name, dice.pick(["{ max: 13 }", "{ min: 14 }", "{ exists: false }", "{ below: 30 }", "0"]))
  case 8 where world.hasAnswers: return answerTest(&dice, world)
  case 9 where !world.grades.isEmpty: return gradeTest(&dice, world)
  case 10...12 where !world.scores.isEmpty:
    let score = dice.pick(world.scores)
    let name = dice.pick(["score.", "score.", "raw."]) + score.name
    let side = dice.pick(["min", "min", "above", "below", "max"])
    return RandomTest(name, "{ " + side + ": " + dice.pick(score.thresholds) + " }")
  case 13...14 where !world.personas.isEmpty:
    let personas = dice.pick(world.personas)
    return RandomTest(
      "persona." + personas.group,
      dice.pick([yamlText(dice.pick(personas.names)), "{ exists: true }", "{ exists: false }"]))
  default: return RandomTest("activities" + window, countPredicate(&dice))
  }
}

private func countPredicate(_ dice: inout Dice) -> String {
  dice.pick(["{ min: 1 }", "{ min: 2 }", "{ min: 4 }", "{ above: 2 }", "{ max: 3 }", "2", "0"])
}

private func answerTest(_ dice: inout Dice, _ world: World) -> RandomTest {
  dice.pick([
    RandomTest("nps", "{ min: 7 }"), RandomTest("nps", "{ exists: false }"),
    RandomTest("nps_group", "promoter"), RandomTest("nps_group", "[passive, detractor]"),
  ])
}

private func gradeTest(_ dice: inout Dice, _ world: World) -> RandomTest {
  let grade = dice.pick(world.grades)
  if !grade.isLadder && dice.chance(35) {
    let predicates = ["{ min: 40 }", "{ above: 66 }", "{ max: 80 }", "{ exists: true }"]
    return RandomTest("percent." + grade.name, dice.pick(predicates))
  }
  // Not the last: nothing is below it.
  let letter = yamlText(grade.letters[dice.below(grade.letters.count - 1)])
  let other = yamlText(dice.pick(grade.letters))
  let list = letter == other ? letter : "[" + letter + ", " + other + "]"
  return RandomTest(
    "grade." + grade.name,
    dice.pick(["{ at_least: " + letter + " }", list, letter, "{ exists: false }"]))
}

// MARK: - Conditions on attributes

/// A predicate that suits an attribute, as the inside of a flow mapping.
func attributePredicate(_ attribute: String, _ dice: inout Dice) -> String {
  switch attribute {
  case "job_title":
    return dice.pick([#"is: ["VP*", "*Director*"]"#, #"is: "*student*""#, #"is: "*analyst*""#])
  case "company_size":
    return dice.pick(["min: 50", "above: 10, below: 1000", "is: 1000", "is: true"])
  case "industry": return dice.pick(["is: [retail, wholesale]", "is: Retail", #"is: """#])
  case "country": return dice.pick(["is: NO", "is: [ee, no]", "is: false"])
  case "Company Size": return dice.pick(["max: 5", #"is: "1""#, "is: 1.0"])
  case "größe": return dice.pick(["is: groß", #"is: "GROß""#, "exists: true"])
  case "active": return dice.pick(["is: true", "is: [true, yes]", #"is: "f*""#])
  default: return dice.pick([#"is: "*ΣΥΦΟΣ""#, #"is: "ω?*""#, "is: X"])
  }
}

private func attributeTest(_ dice: inout Dice) -> RandomTest {
  let attribute = dice.pick(World.attributes)
  let predicate = "{ " + attributePredicate(attribute, &dice) + " }"
  return RandomTest(
    "attribute." + attribute, dice.chance(12) ? "{ exists: false }" : predicate)
}

// MARK: - Conditions on accounts

/// A random condition on an account.
func randomAccountCondition(_ dice: inout Dice, _ world: World) -> String {
  condition(&dice) { accountTest(&$0, world) }
}

private func accountTest(_ dice: inout Dice, _ world: World) -> RandomTest {
  if let test = laterAccountTest(&dice, world) { return test }
  switch dice.below(8) {
  case 0: return attributeTest(&dice)
  case 1 where !world.scores.isEmpty:
    let bound = world.isLarge ? "1000000000" : "20"
    return RandomTest("total." + dice.pick(world.scores).name, "{ min: \(bound) }")
  case 2 where !world.scores.isEmpty:
    let score = dice.pick(world.scores)
    return RandomTest("max." + score.name, "{ min: " + dice.pick(score.thresholds) + " }")
  case 3 where !world.scores.isEmpty:
    let predicates = ["{ above: 3.33 }", "{ below: 10 }", "{ exists: true }", "{ min: 6.67 }"]
    return RandomTest("mean." + dice.pick(world.scores).name, dice.pick(predicates))
  case 4: return RandomTest("leads", dice.pick(["{ min: 2 }", "{ max: 3 }", "{ above: 0 }", "1"]))
  case 5: return RandomTest("engaged", dice.pick(["{ min: 2 }", "{ below: 3 }", "{ min: 1 }"]))
  case 6 where !world.personas.isEmpty:
    let personas = dice.pick(world.personas)
    let name = "personas." + personas.group + "." + dice.pick(personas.names)
    return RandomTest(name, dice.pick(["{ min: 1 }", "0", "{ min: 2 }"]))
  case 7 where world.hasAnswers:
    return RandomTest("nps", dice.pick(["{ min: 0 }", "{ above: -34 }", "{ exists: false }"]))
  default: return RandomTest("engaged", "{ min: 1 }")
  }
}
