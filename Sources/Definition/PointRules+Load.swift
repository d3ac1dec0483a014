import Notation
import Vocabulary

extension PointRule {
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
      return PointRule(interaction: interaction, points: .fixed(points), aging: aging)
    case .mapping(let entries):
      if reportMisplaced(entries, of: entry.key, scope) { return nil }
    default:
      return entry.value.wrongKind(
        "the points of '\(entry.key)'", "a number or a mapping", scope.faults)
    }
    guard
      let fields = MappingReader(
        entry.value, "a rule of score '\(score)'", .rule, scope.faults)
    else { return nil }
    let points = fields["points"].flatMap { RulePoints.load($0, scope) }
    let oncePer = fields["once_per"].flatMap { EventSubject.load($0, "'once_per'", scope) }
    let limit = Limit.load(fields, scope)
    let cap = fields["cap"].flatMap { loadCap($0, "'cap'", scope) }
    let own = Aging(fields, scope)
    guard let interaction, let points else { return nil }
    return PointRule(
      interaction: interaction, points: points, oncePer: oncePer, limit: limit, cap: cap,
      aging: own.orElse(aging))
  }
}

/// Reports a rule that says of what its points are made where its own settings stand.
private func reportMisplaced(
  _ entries: [YAMLNode.Entry], of interaction: String, _ scope: Scope
) -> Bool {
  guard let property = entries.first(where: { $0.key == "of" }),
    !entries.contains(where: { $0.key == "points" })
  else { return false }
  scope.report(
    property.place, "'of' belongs inside 'points'",
    hint: "write \(interaction): { points: { of: \(property.value.inOneLine) } }")
  return true
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
      guard let fields = MappingReader(item, "a cap of score '\(score)'", .cap, scope.faults)
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
