// What the later features bring into the reading half, and into the rules.

/// `keys`, `identity`, `paths`, `blanks`, `week_starts` and `ignore`.
func readingLines(_ dice: inout Dice, _ world: World) -> [String] {
  var lines: [String] = []
  if world.uses(.keys, &dice, 65) {
    let modes = ["exact", "fold-case", "email", "email"]
    lines.append("keys: { leads: " + dice.pick(modes) + ", accounts: " + dice.pick(modes) + " }")
  }
  if world.uses(.identity, &dice, 65) { lines.append(identityLine(&dice)) }
  if world.uses(.paths, &dice, 50) {
    let settings = dice.some(dice.within(1...2), of: ["trailing_slash: drop", "case: fold"])
    lines.append("paths: { " + settings.joined(separator: ", ") + " }")
  }
  if world.uses(.blanks, &dice, 50) { lines.append("blanks: ignore") }
  if world.uses(.weekStarts, &dice, 50) {
    lines.append("week_starts: " + dice.pick(["sunday", "sunday", "monday"]))
  }
  if world.uses(.ignore, &dice, 50) {
    let narrow = [
      #"{ lead: ["dee*", "*@e.com"] }"#, #"{ account: acme, type: page_view }"#,
      #"{ fields.job_title: "*student*" }"#, #"{ path: "/blog/*" }"#, "{ flag: true }",
      #"{ any: [ { id: "1?" }, { duration: { min: 1800 } } ] }"#, "{ account: { exists: true } }",
    ]
    lines.append("ignore: " + (dice.chance(85) ? dice.pick(narrow) : randomEventCondition(&dice)))
  }
  return lines
}

private func identityLine(_ dice: inout Dice) -> String {
  let patterns = [
    #""ann""#, #""bob*""#, #"" CYD ""#, #""é""#, #""never-s??n""#, #""*@gmail.com""#,
    #""ann+x@e.com""#, #""q*""#,
  ]
  var settings: [String] = []
  if dice.chance(75) { settings.append("merges: keep-first") }
  if settings.isEmpty || dice.chance(50) {
    let chosen = dice.some(dice.within(1...2), of: patterns).joined(separator: ", ")
    settings.append("never: [" + chosen + "]")
  }
  return "identity: { " + settings.joined(separator: ", ") + " }"
}

/// The touches of a definition.
func touchLines(_ dice: inout Dice, _ world: inout World) -> [String] {
  guard world.uses(.touches, &dice, 70) else { return [] }
  var lines = ["touches:"]
  for name in ["source", "a_2"].prefix(dice.within(1...2)) {
    let properties = [
      "campaign", "asset", "channel", "n", "path", "fields.job_title", "query", "time",
    ]
    lines.append(
      "  " + name + ": { " + dice.pick(["first", "last"]) + ": " + dice.pick(world.interactions)
        + ", property: " + dice.pick(properties) + " }")
    world.touches.append(name)
  }
  return lines
}

/// What a rule offers by a value.
func offeredValue(_ dice: inout Dice, _ world: World) -> String {
  let properties = ["n", "n", "duration", "duration", "fields.company_size", "answer", "asset"]
  var settings = ["of: " + dice.pick(properties)]
  if dice.chance(70) {
    let times = world.pick(
      &dice, ["0.5", "1.5", "-2", "0.000001", "0.333333", "0.1", "1"],
      large: ["1000000000", "-999999999.999999", "0.000001"])
    settings.append("times: " + times)
  }
  if dice.chance(35) { settings.append("min: " + dice.pick(["0", "-3", "0.5", "-0.000001"])) }
  if dice.chance(35) { settings.append("max: " + dice.pick(["20", "1.000001", "100"])) }
  return "{ " + settings.joined(separator: ", ") + " }"
}

// MARK: - Times in conditions

/// `from`, `before` or both, as a mapping.
func between(_ dice: inout Dice, _ world: World) -> String {
  let early = world.instant(&dice)
  let late = early + dice.pick([2, 3, 10, 60]) * millisecondsPerDay
  // Forms of one instant may differ by a day, which the two are more than apart.
  let from = "from: \"" + world.instantText(early, &dice) + "\""
  let before = "before: \"" + world.instantText(late, &dice) + "\""
  return dice.pick(["{ " + from + " }", "{ " + before + " }", "{ " + from + ", " + before + " }"])
}

/// `ago` or `ahead`, as a mapping.
func distance(_ dice: inout Dice) -> String {
  let side = dice.pick(["ago", "ahead"])
  return "{ " + side + ": "
    + dice.pick(["{ max: 60d }", "{ min: 12h }", "{ min: 1d, max: 14d }", "{ max: 90m }"]) + " }"
}

extension World {
  /// An instant at which something may change.
  func instant(_ dice: inout Dice) -> Int {
    let days = dice.pick([0, 1, 2, 7, 14, 30, 60, -7, -30, -60]) * millisecondsPerDay
    var time = asOfMilliseconds - days
    if let autumn, dice.chance(40) { time = autumn }
    if dice.chance(30), let change = World.clockChange(in: zone, after: time) { time = change }
    return max(millisecondsPerDay, time + dice.pick([0, 0, 1, -1, 1_800_000, -3_600_000]))
  }

  /// An instant in one of the forms that conditions take, by its date at least.
  func instantText(_ time: Int, _ dice: inout Dice) -> String {
    let offset = dice.pick([0, 0, 120, -300, 345])
    let text = rfc3339(time + offset * 60_000)
    var written = String(text.prefix(10))
    if dice.chance(35) { return written }
    written += dice.pick(["T", "T", "t", " "]) + text.dropFirst(11).prefix(5)
    if dice.chance(70) {
      written += text.dropFirst(16).prefix(3)
      // ".123" of "2026-03-01T00:00:00.123Z"
      if dice.chance(70) {
        written += text.dropFirst(19).prefix(4) + dice.pick(["", "9", "999999"])
      }
    }
    // Without one, in the definition's time zone.
    if dice.chance(40) { return written }
    if offset == 0 { return written + dice.pick(["Z", "z", "+00:00", "-00:00"]) }
    return written + (offset < 0 ? "-" : "+")
      + String(rfc3339(abs(offset) * 60_000).dropFirst(11).prefix(5))
  }

  /// A text that is an instant, or only just not, as JSON.
  func renewal(_ dice: inout Dice) -> String {
    let odd = [
      #""2026-02-30""#, #""2026-03-01T24:00""#, #""2026-03-01 12:30 ""#, #""0000-01-01""#,
      #""2026-3-1""#, "20260301", #""2026-03-01T12:30:60""#, #""2026-03-01  12:30""#, "true",
      #""2026-03-01T12:30:15.1234567890""#, #""2026-03-01T12:30+2:00""#, #""2026-03-01T""#,
      #""2026-03-01T12:30:15.""#, #""9999-12-31T23:59:59.999999999-23:59""#,
      #""0001-01-01T00:00Z""#, #""2011-12-30""#, #""2026-03-01T12""#, #""2026-03-01T12:30.5""#,
      #""2026-03-01T12:30Zz""#,
    ]
    return dice.chance(25) ? dice.pick(odd) : "\"" + instantText(instant(&dice), &dice) + "\""
  }
}
