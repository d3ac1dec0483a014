import Notation
import Vocabulary

extension Score {
  /// Returns the section's scores, in its order; the faulty ones are reported and left out.
  static func loadAll(_ node: YAMLNode?, _ scope: Scope) -> [Score] {
    scope.namedEntries(node, "scores", of: "a score").enumerated()
      .compactMap { index, entry in load(entry, index, scope) }
  }

  private static func load(_ entry: YAMLNode.Entry, _ index: Int, _ scope: Scope) -> Score? {
    let what = "score '\(entry.key)'"
    guard let fields = MappingReader(entry.value, what, .score, scope.faults) else { return nil }
    checkSource(fields, scope)
    // Looked at even where a blend takes their place, so that nothing in them stays unsaid.
    let points = loadPoints(fields, of: entry.key, scope)
    let blend = fields["blend"].map { BlendTerm.loadAll($0, of: entry.key, index, scope) }
    return Score(
      name: entry.key, source: blend.map { .blend($0) } ?? points,
      bonuses: Bonus.loadAll(fields["bonuses"], of: entry.key, scope),
      inactivity: fields["inactivity"].flatMap { Inactivity.load($0, of: entry.key, scope) },
      range: fields["range"].flatMap { loadRange($0, scope) })
  }

  /// Reports a score that nothing makes, or that is made in two ways.
  private static func checkSource(_ fields: MappingReader, _ scope: Scope) {
    let hasBlend = fields["blend"] != nil
    if !hasBlend, fields["points"] == nil, fields["bonuses"] == nil {
      scope.report(fields.place, "\(fields.what) needs 'points', 'blend' or 'bonuses'")
    }
    for key in ["points", "caps", "half_life", "fade", "expires"] {
      guard let place = fields.place(of: key) else { continue }
      if hasBlend {
        scope.report(place, "\(fields.what) has a 'blend', which takes the place of '\(key)'")
      } else if fields["points"] == nil {
        scope.report(place, "'\(key)' in \(fields.what) needs 'points'")
      }
    }
  }

  private static func loadPoints(
    _ fields: MappingReader, of score: String, _ scope: Scope
  ) -> Source {
    let aging = Aging(fields, scope)
    var rules: [PointRule] = []
    var named: [String] = []
    if let points = fields["points"],
      let entries = points.mapping("'points' of \(fields.what)", scope.faults)
    {
      if entries.isEmpty { scope.report(points.place, "'points' of \(fields.what) is empty") }
      named = entries.map(\.key)
      rules = entries.compactMap { PointRule.load($0, of: score, aging, scope) }
    }
    return .points(
      rules: rules, caps: GroupCap.loadAll(fields["caps"], of: score, ruled: NameList(named), scope)
    )
  }

  static func loadRange(_ node: YAMLNode, _ scope: Scope) -> ClosedRange<Int64>? {
    guard let items = node.list("'range'", scope.faults) else { return nil }
    guard items.count == 2 else {
      scope.report(node.place, "'range' must be two whole numbers, not \(node.inOneLine)",
        hint: items.first.flatMap { meantRange($0.written) }.map { "write [\($0[0]), \($0[1])]" })
      return nil
    }
    let bounds = items.compactMap {
      $0.wholeNumber("a bound of 'range'", in: -pointsMax...pointsMax, scope.faults)
    }
    guard bounds.count == 2 else { return nil }
    guard bounds[0] < bounds[1] else {
      scope.report(node.place, "'range' must ascend: \(node.inOneLine)")
      return nil
    }
    return bounds[0]...bounds[1]
  }
}

extension Aging {
  /// Reads the three keys of a score or a rule.
  init(_ fields: MappingReader, _ scope: Scope) {
    func length(_ key: String) -> Milliseconds? {
      fields[key].flatMap { $0.duration("'\(key)'", scope.faults) }
    }
    self.init(halfLife: length("half_life"), fade: length("fade"), expires: length("expires"))
  }

  /// The rule's own settings, and the score's where it has none.
  func orElse(_ score: Aging) -> Aging {
    Aging(
      halfLife: halfLife ?? score.halfLife, fade: fade ?? score.fade,
      expires: expires ?? score.expires)
  }
}

extension Inactivity {
  fileprivate static func load(_ node: YAMLNode, of score: String, _ scope: Scope) -> Inactivity? {
    guard
      let fields = MappingReader(
        node, "'inactivity' of score '\(score)'", .inactivity, scope.faults)
    else { return nil }
    let after = fields["after"].flatMap { $0.duration("'after'", scope.faults) }
    let points = fields["points"].flatMap { $0.millionths("'points'", scope.faults) }
    let every = fields["every"].flatMap { $0.duration("'every'", scope.faults) }
    guard let after, let points else { return nil }
    return Inactivity(after: after, points: points, every: every)
  }
}

extension Bonus {
  fileprivate static func loadAll(
    _ node: YAMLNode?, of score: String, _ scope: Scope
  ) -> [Bonus] {
    guard let node, let items = node.list("'bonuses' of score '\(score)'", scope.faults) else {
      return []
    }
    if items.isEmpty { scope.report(node.place, "'bonuses' of score '\(score)' is empty") }
    let bonuses = items.map { (bonus: load($0, of: score, scope), place: $0.place) }
    scope.checkUnique(
      bonuses.compactMap { entry in entry.bonus.map { ($0.name, entry.place) } },
      "bonuses of score '\(score)'")
    return bonuses.compactMap(\.bonus)
  }

  private static func load(_ node: YAMLNode, of score: String, _ scope: Scope) -> Bonus? {
    guard let fields = MappingReader(node, "a bonus of score '\(score)'", .bonus, scope.faults)
    else { return nil }
    let name = fields["name"].flatMap { node -> String? in
      let name = node.text("'name' of a bonus", scope.faults)
      if let name { scope.checkName(name, of: "a bonus", at: node.place) }
      return name
    }
    let condition = fields["when"].flatMap {
      Condition<LeadSubject>.load($0, "'when' of bonus '\(name ?? "")'", in: .bonus, scope)
    }
    let points = fields["points"].flatMap { $0.millionths("'points'", scope.faults) }
    guard let name, let condition, let points else { return nil }
    return Bonus(name: name, condition: condition, points: points)
  }
}
