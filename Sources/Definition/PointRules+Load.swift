import Notation

extension PointRule {
  private static let keys = [
    "points", "once_per", "limit", "per", "cap", "half_life", "fade", "expires",
  ]

  /// Returns the rule of one interaction: its points, or a mapping with them.
  static func load(
    _ entry: YAMLNode.Entry, of score: String, _ aging: Aging, _ scope: Scope
  ) -> PointRule? {
    let interaction = scope.find(
      entry.key, among: scope.names.interactions, "interaction", at: entry.place)
    switch entry.value.value {
    case .number, .notFinite:
      let points = entry.value.millionths("the points of '\(entry.key)'", scope.faults)
      guard let interaction, let points else { return nil }
      return PointRule(interaction: interaction, points: points, aging: aging)
    case .mapping: break
    default:
      return entry.value.wrongKind(
        "the points of '\(entry.key)'", "a number or a mapping", scope.faults)
    }
    guard
      let fields = MappingReader(
        entry.value, "a rule of score '\(score)'", keys: keys, required: ["points"], scope.faults)
    else { return nil }
    let points = fields["points"].flatMap { $0.millionths("'points'", scope.faults) }
    let oncePer = fields["once_per"].flatMap { node in
      node.text("'once_per'", scope.faults).flatMap {
        EventSubject.load($0, at: node.place, scope)
      }
    }
    let limit = Limit.load(fields, scope)
    let cap = fields["cap"].flatMap { loadCap($0, "'cap'", scope) }
    let own = Aging(fields, scope)
    guard let interaction, let points else { return nil }
    return PointRule(
      interaction: interaction, points: points, oncePer: oncePer, limit: limit, cap: cap,
      aging: own.orElse(aging))
  }
}

/// Returns the points something is held within, either way.
private func loadCap(_ node: YAMLNode, _ what: String, _ scope: Scope) -> Micropoints? {
  guard let cap = node.millionths(what, scope.faults) else { return nil }
  guard cap >= 0 else {
    scope.report(
      node.place, "\(what) must not be below 0: \(node.written)",
      hint: "a cap holds both ways, so \(node.written.dropFirst()) also holds deductions")
    return nil
  }
  return cap
}

extension Limit {
  fileprivate static func load(_ fields: MappingReader, _ scope: Scope) -> Limit? {
    let count = fields["limit"].flatMap {
      $0.wholeNumber("'limit'", in: 1...pointsMax, scope.faults)
    }
    let window = fields["per"].flatMap { loadWindow($0, scope) }
    if fields["limit"] == nil, let place = fields.place(of: "per") {
      scope.report(place, "'per' needs a 'limit'")
    }
    return count.map { Limit(count: Int($0), window: window ?? .lifetime) }
  }

  private static func loadWindow(_ node: YAMLNode, _ scope: Scope) -> CalendarWindow? {
    guard let name = node.text("'per'", scope.faults) else { return nil }
    let names = NameList(CalendarWindow.allCases.map(\.rawValue))
    return scope.find(name, among: names, "window", at: node.place)
      .map { CalendarWindow.allCases[$0] }
  }
}

extension GroupCap {
  /// Returns a score's group caps; `ruled` are the interactions that have a rule in it.
  static func loadAll(
    _ node: YAMLNode?, of score: String, ruled: NameList, _ scope: Scope
  ) -> [GroupCap] {
    guard let node, let items = node.list("'caps' of score '\(score)'", scope.faults) else {
      return []
    }
    if items.isEmpty { scope.report(node.place, "'caps' of score '\(score)' is empty") }
    var lines: [String: Int] = [:]
    return items.compactMap { item -> GroupCap? in
      let keys = ["interactions", "points"]
      guard
        let fields = MappingReader(
          item, "a cap of score '\(score)'", keys: keys, required: keys, scope.faults)
      else { return nil }
      let points = fields["points"].flatMap { loadCap($0, "'points'", scope) }
      let members = fields["interactions"].map {
        loadMembers($0, of: score, ruled: ruled, &lines, scope)
      }
      guard let points, let members else { return nil }
      return GroupCap(interactions: members, points: points)
    }
  }

  private static func loadMembers(
    _ node: YAMLNode, of score: String, ruled: NameList, _ lines: inout [String: Int],
    _ scope: Scope
  ) -> [Int] {
    guard let items = node.list("'interactions' of a cap", scope.faults) else { return [] }
    if items.isEmpty { scope.report(node.place, "a cap of score '\(score)' holds nothing") }
    var members: [Int] = []
    for item in items {
      guard let name = item.text("an interaction of a cap", scope.faults),
        let index = scope.find(
          name, among: scope.names.interactions, "interaction", at: item.place)
      else { continue }
      if let line = lines[name] {
        scope.report(item.place, "interaction '\(name)' is in a cap already, on line \(line)")
      } else if ruled.firstIndex(of: name) == nil {
        scope.report(
          item.place, "interaction '\(name)' has no points in score '\(score)'",
          hint: hint(for: name, among: ruled.all, all: "these have"))
      }
      lines[name] = item.place.line
      members.append(index)
    }
    return members
  }
}
