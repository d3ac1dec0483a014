// The events and values that the later features bring into a log.

extension RandomLog {
  /// Spellings of few keys: by case, white space, what has no width, and what follows a `+`.
  static let spellings = [
    "ANN", " ann", "ann\u{200B}", "\u{FEFF}Bob\u{2060}", "bob\u{3000}\t", "CYD ", "Ann@E.com",
    "ann+x@e.com", "ann@e.com", " ann+y+z@E.com", "+ann@e.com", "ann@e.com+x", "ann@b+c@e.com",
    "\u{3000}\u{200D}", "\u{212A}ey", "key", "é", "É", "ΣΊΣΥΦΟΣ", "σίσυφος", "a+b",
  ]
  static let accountSpellings = [" Acme", "acme\u{200C}", "\u{2060}", "x@+y", "ÜBER ", "acme.com"]

  /// Keys that give a domain, and some that only just do not.
  static let addresses = [
    "x@acme.com", "y@Sub.Acme.com. ", "z@gmail.com", "w@uni.edu", "v@no-dot", "u@bad_domain.com",
    "t@über.de", "s@@ACME.com", "@acme.com.", "r@\u{3000}..acme.com\u{200B}.", "q@acme.com@", "p@.",
    "o@Yahoo.COM",
  ]

  mutating func accountMerge(_ dice: inout Dice) -> RandomLine {
    var line = base("account_merge", &dice)
    line["account"] = account(&dice)
    line["from"] = dice.chance(90) ? account(&dice) : #""only-merged""#
    if dice.chance(15) { line["lead"] = lead(&dice) }
    if dice.chance(15) { addFields(&line, &dice) }
    if dice.chance(3) { line[dice.pick(["account", "from"])] = dice.pick([#""""#, "5", "null"]) }
    return line
  }

  /// More merges that keep-first tells apart: several names for few keys.
  mutating func rivalMerges(_ dice: inout Dice) -> [RandomLine] {
    let few = dice.some(3, of: leads)
    return (0..<dice.pick([0, 2, 3, 5])).map { _ in
      var line = merge(&dice)
      line["from"] = jsonString(dice.pick(few), &dice)
      if dice.chance(70) { line["lead"] = jsonString(dice.pick(few), &dice) }
      if world.uses(.selfMerges, &dice, 15) { line["lead"] = line["from"] }
      return line
    }
  }

  /// A withdraw of what some line says, or of nothing.
  mutating func withdraw(_ dice: inout Dice) -> RandomLine {
    var line = base("withdraw", &dice)
    // Ids of their own, of which some come twice; and ids that events have.
    if dice.chance(60) { line["id"] = jsonString("withdraw-" + String(dice.below(4)), &dice) }
    let merges = lines.filter { ($0["type"] ?? "").hasSuffix(#"merge""#) }
    let corrections = lines.filter { [#""forget""#, #""withdraw""#].contains($0["type"]) }
    var named = dice.pick(lines)
    if !merges.isEmpty && dice.chance(40) { named = dice.pick(merges) }
    if !corrections.isEmpty && dice.chance(15) { named = dice.pick(corrections) }
    line["event"] = dice.chance(90) ? named["id"] : #""unknown""#
    switch named["type"] {
    case #""account_profile""#, #""account_merge""#: line["account"] = named["account"]
    default: line["lead"] = named["lead"]
    }
    switch dice.below(20) {
    case 0: line["lead"] = lead(&dice)
    case 1: line["account"] = account(&dice)
    case 2: line["lead"] = dice.pick([#""""#, "5", "null"])
    case 3: line["lead"] = nil
    case 4:
      line["event"] = dice.pick([
        #""""#, "5", nil, "\"" + String(repeating: "e", count: 129) + "\"",
      ])
    default: break
    }
    return line
  }

  /// Attributes that the later features read.
  func addLaterFields(_ fields: inout RandomLine, _ dice: inout Dice) {
    if world.uses(.instants, &dice, 30) { fields["renewal"] = world.renewal(&dice) }
    if world.uses(.fromDomain, &dice, 35) {
      fields["email"] = jsonString(dice.pick(RandomLog.addresses), &dice)
    }
    if world.uses(.blanks, &dice, 25) {
      fields[dice.pick(World.attributes)] = dice.pick([#""""#, #"" ""#, "\"\u{200B}\\t\""])
    }
  }

  /// Properties with which the later features deal otherwise.
  func addLaterProperties(_ line: inout RandomLine, _ dice: inout Dice) {
    if world.uses(.paths, &dice, 20) {
      line["path"] = dice.pick([
        #""/Pricing//""#, #""//""#, #""/""#, #""/blog/""#, #""/BLOG/Ä/""#, #""/pricing/ ""#,
        #"" /""#,
      ])
    }
    if world.uses(.blanks, &dice, 20) {
      let name = dice.pick(["path", "asset", "url", "campaign", "channel", "query", "account"])
      line[name] = dice.pick([#""""#, #"" ""#, "\"\u{FEFF}\\u2060\"", #""x: ?q""#])
    }
    if world.uses(.values, &dice, 25) {
      line["n"] = dice.pick([
        "0.0000005", "1.0000005", #""2.5e-7""#, "1e308", "-1e308", "1e15", "2.0000015",
        "-0.0000005",
        "4.35", "1000000000.0000004", "5e-324",
      ])
    }
    if world.uses(.ignore, &dice, 10) { line["flag"] = "true" }
  }
}
