// Tests on the subjects that the later features bring.

/// A test on a subject of leads that a feature brings; mostly none.
func laterLeadTest(
  _ dice: inout Dice, _ world: World, _ subjects: LeadSubjects, window: String
) -> RandomTest? {
  if world.features.isEmpty || !dice.chance(40) { return nil }
  var tests: [RandomTest] = []
  if world.features.contains(.leadSubjects) {
    tests += [
      RandomTest("lead", dice.pick([#"["a*", "é"]"#, #""*@*""#, #""BOB""#])),
      RandomTest("account", dice.pick([#""*acme*""#, "{ exists: false }", #""*.*""#])),
      RandomTest("busiest_hour" + window, dice.pick(["{ min: 2 }", "{ max: 1 }", "0", "3"])),
    ]
    if subjects == .list {
      tests.append(RandomTest("outcome", dice.pick(["won", "[lost, open]", "{ exists: false }"])))
    }
    if world.features.contains(.instants) {
      let name = dice.pick(["first_seen", "last_seen"])
      tests.append(RandomTest(name, instantPredicate(&dice, world)))
    }
  }
  if world.features.contains(.entered), !world.stages.isEmpty {
    let stage = dice.pick(world.stages)
    tests += [
      RandomTest("days_since_entered." + stage, dice.pick(["{ max: 13 }", "{ min: 14 }"])),
      RandomTest("days_in_stage", dice.pick(["{ min: 1 }", "{ below: 30 }", "{ exists: false }"])),
      RandomTest("entered." + stage, "{ exists: false }"),
    ]
    if world.features.contains(.instants) {
      tests.append(RandomTest("entered." + stage, instantPredicate(&dice, world)))
    }
  }
  if !world.touches.isEmpty {
    let predicates = ["[no, spring]", "{ exists: true }", #""*a*""#, "{ min: 1 }"]
    tests.append(RandomTest("touch." + dice.pick(world.touches), dice.pick(predicates)))
  }
  if world.features.contains(.instants) {
    tests.append(RandomTest("attribute.renewal", instantPredicate(&dice, world)))
  }
  return tests.isEmpty ? nil : dice.pick(tests)
}

private func instantPredicate(_ dice: inout Dice, _ world: World) -> String {
  dice.chance(50) ? between(&dice, world) : distance(&dice)
}

/// A test on a subject of accounts that a feature brings; mostly none.
func laterAccountTest(_ dice: inout Dice, _ world: World) -> RandomTest? {
  if world.features.isEmpty || !dice.chance(45) { return nil }
  var tests: [RandomTest] = []
  if !world.accountScores.isEmpty {
    let score = dice.pick(world.accountScores)
    let side = dice.pick(["min", "min", "above", "below", "max"])
    let name = dice.pick(["score.", "raw."]) + score.name
    tests.append(RandomTest(name, "{ " + side + ": " + dice.pick(score.thresholds) + " }"))
    tests.append(RandomTest(name, "{ exists: " + dice.pick(["true", "false"]) + " }"))
  }
  if world.features.contains(.accountSubjects) {
    tests += [
      RandomTest("active@30d", dice.pick(["{ min: 1 }", "{ min: 2 }", "0"])),
      RandomTest("active@90m", "{ min: 1 }"),
      RandomTest("days_since_last", dice.pick(["{ max: 13 }", "{ exists: false }", "0"])),
      RandomTest("account", dice.pick([#""*.*""#, #"["ACME", "ü*"]"#])),
    ]
  }
  if world.features.contains(.instants) {
    tests.append(RandomTest("attribute.renewal", instantPredicate(&dice, world)))
  }
  return tests.isEmpty ? nil : dice.pick(tests)
}
