/// Random events that are about a world, all of them valid.
struct RandomLog {
  let world: World
  private var times: RandomTimes
  let leads: [String]
  private let accounts: [String]
  private let ids: Int
  private(set) var lines: [RandomLine] = []

  private static let leadNames = [
    "ann", "bob", "cyd", "Ann", "dee", "é", "e\u{301}", "a,b", "q\"x", "line\nbreak", "cr\rx",
    " sp", "nul\u{0}", "ключ", "😀", "crlf\r\nx",
  ]

  init(_ world: World, calendar: LocalCalendar?, size: Int, _ dice: inout Dice) {
    self.world = world
    times = RandomTimes(world, calendar: calendar)
    var names = ["ann", "bob", "cyd"]
    names += dice.some(dice.within(1...7), of: RandomLog.leadNames)
    if dice.chance(15) { names.append(String(repeating: "l", count: 256)) }
    if world.features.contains(.keys) {
      names += dice.some(dice.within(2...6), of: RandomLog.spellings)
    }
    if world.features.contains(.fromDomain) {
      names += dice.some(dice.within(2...5), of: RandomLog.addresses)
    }
    if !world.features.contains(.keys) {
      // Most suites take keys for text, and then two spellings that Unicode has for one `é` are one.
      var seen: Set<String> = []
      names = names.filter { seen.insert($0).inserted }
    }
    leads = names
    var owners = dice.some(
      dice.within(2...4), of: ["ACME", "acme", "x,\"y\"", "über", "two\nlines"])
    if !world.features.isDisjoint(with: [.keys, .fromDomain]) {
      owners += dice.some(dice.within(1...3), of: RandomLog.accountSpellings)
    }
    accounts = owners
    ids = max(4, size * dice.pick([1, 2, 4]))
    // Few of what joins and erases, or there would soon be one lead, or none.
    for _ in 0..<dice.pick([0, 0, 1, 2, 2, 3, 5]) { lines.append(merge(&dice)) }
    if world.features.contains(.identity) { lines += rivalMerges(&dice) }
    if world.features.contains(.accountMerge) {
      for _ in 0..<dice.pick([0, 1, 2, 3, 5]) { lines.append(accountMerge(&dice)) }
    }
    for _ in 0..<size { lines.append(next(&dice)) }
    if dice.chance(50) { lines += laterCopiesOfMerges(&dice) }
    if let change = world.autumn { lines += viewsAround(change, &dice) }
    for _ in 0..<dice.pick([0, 0, 1, 1, 2, 4]) { lines.append(forget(&dice)) }
    if world.features.contains(.withdraw) {
      for _ in 0..<dice.pick([0, 1, 3, 5, 8]) { lines.append(withdraw(&dice)) }
    }
    lines = dice.shuffled(lines)
  }

  private mutating func next(_ dice: inout Dice) -> RandomLine {
    switch dice.below(100) {
    case ..<66: return ordinary(&dice)
    case ..<75: return profile(&dice)
    case ..<81: return accountProfile(&dice)
    case ..<84: return outcome(&dice)
    default: return lines.isEmpty ? ordinary(&dice) : copy(&dice)
    }
  }

  /// Copies of merges with other times: they count as the first ones.
  private mutating func laterCopiesOfMerges(_ dice: inout Dice) -> [RandomLine] {
    let merges = lines.filter { $0["type"] == #""merge""# }
    return merges.map { merge in
      var copy = merge
      copy["time"] = jsonString(timeText(times.next(&dice), &dice), &dice)
      return copy
    }
  }

  /// Page views of one lead through the hours in which the clock goes back.
  private mutating func viewsAround(_ change: Int, _ dice: inout Dice) -> [RandomLine] {
    let lead = jsonString(dice.pick(leads), &dice)
    return (0..<12).map { index in
      var line = base("page_view", &dice)
      let minutes = dice.within(-8...7) * 15 + dice.pick([0, 0, 1, 14])
      line["time"] = jsonString(timeText(max(0, change + minutes * 60_000), &dice), &dice)
      line["id"] = "\"autumn-\(index)\""
      line["lead"] = lead
      return line
    }
  }

  // MARK: - Parts

  mutating func base(_ type: String, _ dice: inout Dice) -> RandomLine {
    var line = RandomLine()
    line["id"] = jsonString(id(&dice), &dice)
    line["time"] = jsonString(timeText(times.next(&dice), &dice), &dice)
    line["type"] = jsonString(type, &dice)
    return line
  }

  private func id(_ dice: inout Dice) -> String {
    switch dice.below(60) {
    case 0: return String(repeating: "i", count: 128)
    case 1: return dice.pick(["é", "e\u{301}", "Id", "id", "1 ", "\u{0}"])
    default: return String(dice.below(ids))
    }
  }

  func lead(_ dice: inout Dice) -> String {
    // The first ones have most of the events.
    jsonString(dice.chance(45) ? leads[dice.below(2)] : dice.pick(leads), &dice)
  }

  func account(_ dice: inout Dice) -> String { jsonString(dice.pick(accounts), &dice) }

  /// What a member can be that is not wanted: as if absent, or no text.
  private func oddValue(_ dice: inout Dice) -> String {
    dice.pick([
      "null", "[1, {\"a\": [\"]\"]}]", "{\"path\": \"/blog/x\"}", "1e400", "-1e999", #""""#,
    ])
  }

  // MARK: - Events

  private mutating func ordinary(_ dice: inout Dice) -> RandomLine {
    let type = dice.pick([
      "page_view", "page_view", "page_view", "page_view", "download", "download", "form_fill",
      "form_fill", "email_click", "search", "campaign_touch", "Page_View", "custom", "Merge",
    ])
    var line = base(type, &dice)
    line["lead"] = lead(&dice)
    for (name, values) in RandomLog.properties where dice.chance(chance(of: name, in: type)) {
      line[name] = dice.chance(7) ? oddValue(&dice) : written(dice.pick(values), &dice)
      // "Of a member given twice the last counts."
      if dice.chance(3) { line.members.append((name, written(dice.pick(values), &dice))) }
      if dice.chance(2) { line.members.append((name, "null")) }
    }
    if type == "page_view" && dice.chance(25) { pathOfURLAlone(&line, &dice) }
    if type == "form_fill" || dice.chance(10) { answer(&line, &dice) }
    if dice.chance(20) { addAccount(&line, &dice) }
    if dice.chance(12) { addFields(&line, &dice) }
    addLaterProperties(&line, &dice)
    return line
  }

  /// A URL, and a path that is absent, or as if absent.
  private func pathOfURLAlone(_ line: inout RandomLine, _ dice: inout Dice) {
    guard let urls = RandomLog.properties.first(where: { $0.name == "url" })?.values else { return }
    line["url"] = written(dice.pick(urls), &dice)
    line["path"] = dice.pick([nil, "null", "[]", "1e400", "{}"])
  }

  private func chance(of property: String, in type: String) -> Int {
    switch (property, type) {
    case ("path", "page_view"), ("asset", "download"), ("duration", "page_view"): 60
    case ("form", _): type == "form_fill" ? 40 : 3
    default: 12
    }
  }

  /// The values of properties, as JSON; a text is written anew each time.
  private static let properties: [(name: String, values: [String])] = [
    (
      "path",
      [#""/""#, #""/blog/a""#, #""/Blog/ä""#, #""/pricing""#, #""/PRICING/eu""#, #""""#, "5"]
    ),
    (
      "url",
      [
        #""https://example.com""#, #""https://example.com/pricing?x=/blog/""#, #""//host/blog/b""#,
        #""foo:pricing""#, #""/blog/a:b#c""#, #""?q""#, ##""#/pricing""##, #""http:///pricing""#,
        #""https://e.com/%2Fblog/../x/""#, #""""#, #""a/b:c""#, #"":/pricing""#,
      ]
    ),
    (
      "asset",
      [
        #""roi-whitepaper""#, #""ROI-Whitepaper""#, #""Guide 1""#, #""Straße""#, #""STRAẞE""#,
        #""""#, "1", "1.0", #""1""#, "true", #""true""#,
      ]
    ),
    (
      "duration",
      [
        "-1", "0", "1800", "1801", "12.3456", #""12.5""#, #""abc""#, "true", "120", "12.3455",
        "0.0005", #""1e2""#, #"" 5""#, "1e400", "-0", "119.9999", "1.7999e3", #""0x10""#,
      ]
    ),
    ("form", [#""nps""#, #""NPS""#, #""demo-request""#]),
    ("flag", ["true", "false", #""true""#, #""TRUE""#, #""False""#, "5", "1"]),
    (
      "n",
      [
        "100", "1e2", "100.0", #""100""#, #""1E+2""#, "-0", "0", "2.5", "0.1", #""+1""#, "-1",
        "1e16",
      ]
    ),
    ("query", [#""x""#, #""""#]),
    ("campaign", [#""no""#, #""NO""#, "false", #""spring""#, "null"]),
    (
      "channel",
      [
        #""Σίσυφος""#, #""ΣΊΣΥΦΟΣ""#, #""strasse""#, #""Straße""#, #""KELVIN\#u{212A}""#, #""ſ""#,
        #""S""#, #""ПРИВЕТ""#, #""İx""#, #""i\#u{307}x""#, #""µ""#, #""Μ""#, #""😀😀ab""#,
        #""caf\#u{E9}""#,
        #""cafe\#u{301}""#,
      ]
    ),
    ("from", [#""bob""#, "7"]),
    ("Weird Key", ["1", #""\#u{1F600}""#]),
    ("fields.satisfaction", ["10"]),
  ]

  /// A value as it is, or a text of it with other escapes.
  private func written(_ value: String, _ dice: inout Dice) -> String {
    guard value.hasPrefix("\""), !value.contains("\\") else { return value }
    return jsonString(String(value.dropFirst().dropLast()), &dice)
  }

  private func answer(_ line: inout RandomLine, _ dice: inout Dice) {
    if dice.chance(60) { line["form"] = dice.pick([#""nps""#, #""NPS""#]) }
    let value = dice.pick([
      "0", "1", "3", "6", "7", "8", "9", "10", "11", #""9""#, #""9.0""#, "9.5", #""nine""#, "true",
      "null", "1e1", #""10 ""#, "-0", "10", "9", "7", "[9]",
    ])
    if dice.chance(85) {
      line["fields"] = "{\"satisfaction\":" + value + "}"
      line["answer"] = value
    }
  }

  private func addAccount(_ line: inout RandomLine, _ dice: inout Dice) {
    line["account"] = dice.chance(85) ? account(&dice) : dice.pick([#""""#, "5", "null", "[]"])
  }

  func addFields(_ line: inout RandomLine, _ dice: inout Dice) {
    if dice.chance(4) {
      line["fields"] = dice.pick(["null", "[]", "5", #""job_title""#])
      return
    }
    var fields = RandomLine()
    for attribute in dice.some(dice.within(1...4), of: World.attributes) {
      let values = World.attributeValues[attribute] ?? ["1"]
      fields.members.append((attribute, dice.pick(values)))
      if dice.chance(12) { fields[attribute] = dice.pick(["null", "null", "1e400", "[1]", "{}"]) }
      if dice.chance(4) { fields.members.append((attribute, dice.pick(values))) }
    }
    addLaterFields(&fields, &dice)
    line["fields"] = fields.json(&dice)
  }

  private mutating func profile(_ dice: inout Dice) -> RandomLine {
    var line = base("profile", &dice)
    line["lead"] = lead(&dice)
    addFields(&line, &dice)
    if dice.chance(40) { addAccount(&line, &dice) }
    // A profile is never an interaction, whatever else it has.
    if dice.chance(10) { line["path"] = #""/pricing""# }
    if dice.chance(20) { answer(&line, &dice) }
    return line
  }

  private mutating func accountProfile(_ dice: inout Dice) -> RandomLine {
    var line = base("account_profile", &dice)
    line["account"] = account(&dice)
    addFields(&line, &dice)
    // "a `lead` in it is ignored"
    if dice.chance(20) { line["lead"] = dice.pick([#""ann""#, "5", #""""#, "null"]) }
    return line
  }

  mutating func merge(_ dice: inout Dice) -> RandomLine {
    var line = base("merge", &dice)
    line["lead"] = dice.chance(85) ? jsonString(dice.pick(leads), &dice) : #""only-here""#
    line["from"] = dice.chance(90) ? jsonString(dice.pick(leads), &dice) : #""never-seen""#
    if dice.chance(15) { addAccount(&line, &dice) }
    if dice.chance(15) { addFields(&line, &dice) }
    return line
  }

  private mutating func outcome(_ dice: inout Dice) -> RandomLine {
    var line = base("outcome", &dice)
    line["lead"] = lead(&dice)
    line["outcome"] = dice.pick([#""won""#, #""lost""#, #""open""#])
    if dice.chance(50) { line["value"] = "1e3" }
    if dice.chance(40) { addAccount(&line, &dice) }
    if dice.chance(40) { addFields(&line, &dice) }
    return line
  }

  private mutating func forget(_ dice: inout Dice) -> RandomLine {
    var line = base("forget", &dice)
    // Ids of their own, of which some come twice.
    line["id"] = jsonString("forget-" + String(dice.below(3)), &dice)
    line["lead"] = jsonString(dice.pick(leads), &dice)
    if dice.chance(10) { line["lead"] = #""never-seen""# }
    if dice.chance(40) {
      let age = dice.within(5...60) * millisecondsPerDay
      line["time"] = jsonString(timeText(world.asOfMilliseconds - age, &dice), &dice)
    }
    return line
  }

  /// A copy of an earlier line: exact, or with another time, lead, type or property.
  private mutating func copy(_ dice: inout Dice) -> RandomLine {
    var line = dice.pick(lines)
    // A copy of a merge with another name is another merge.
    if line["type"] == #""merge""# && dice.chance(70) { return line }
    switch dice.below(8) {
    case 0, 1: break
    case 2, 3, 4: line["time"] = jsonString(timeText(times.next(&dice), &dice), &dice)
    case 5:
      if line["type"] != #""account_profile""# {
        line["lead"] = jsonString(dice.pick(leads), &dice)
      }
    case 6: line["path"] = #""/pricing""#
    default:
      // Another type with all that any type asks for.
      line["type"] = dice.pick([
        #""page_view""#, #""download""#, #""profile""#, #""outcome""#, #""account_profile""#,
        #""search""#, #""search""#, #""download""#, dice.chance(10) ? #""merge""# : #""profile""#,
      ])
      for (name, value) in [("outcome", #""won""#), ("from", #""bob""#), ("lead", #""ann""#)]
      where isNoText(line[name]) {
        line[name] = value
      }
      if line["type"] == #""account_profile""# { line["account"] = account(&dice) }
    }
    return line
  }

  private func isNoText(_ value: String?) -> Bool {
    guard let value else { return true }
    return !value.hasPrefix("\"") || value == #""""#
  }
}
