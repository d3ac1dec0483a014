extension BlendTerm {
  /// Returns the parts of a blend; `index` is its score's, so that only scores above can be part.
  static func loadAll(
    _ node: YAMLNode, of score: String, _ index: Int, _ scope: Scope
  ) -> [BlendTerm] {
    guard let entries = node.mapping("'blend' of score '\(score)'", scope.faults) else { return [] }
    if entries.isEmpty { scope.report(node.place, "'blend' of score '\(score)' is empty") }
    return entries.compactMap { entry in
      let source = loadSource(entry, index, scope)
      let weight = loadWeight(entry.value, "the weight of '\(entry.key)'", scope)
      guard let source, let weight else { return nil }
      return BlendTerm(source: source, weight: weight)
    }
  }

  private static func loadSource(
    _ entry: YAMLNode.Entry, _ index: Int, _ scope: Scope
  ) -> Source? {
    let written = entry.key.split(separator: ".", maxSplits: 1).map { String($0) }
    guard written.count == 2, ["percent", "score"].contains(written[0]) else {
      scope.report(
        entry.place, "a blend has no part '\(entry.key)'",
        hint: hint(
          for: entry.key, among: parts(ofBlend: index, scope.names), all: "its parts can be"))
      return nil
    }
    if written[0] == "percent" {
      return scope.findPercent(written[1], at: entry.place).map { .percent($0) }
    }
    guard
      let part = scope.find(written[1], among: scope.names.scores, "score", at: entry.place)
    else { return nil }
    if part == index {
      scope.report(entry.place, "score '\(written[1])' cannot be part of itself")
      return nil
    }
    if part > index {
      scope.report(
        entry.place, "score '\(written[1])' stands below; only scores above can be part of a blend")
      return nil
    }
    return .score(part)
  }

  /// What a score's blend can be made of.
  private static func parts(ofBlend index: Int, _ names: Names) -> [String] {
    zip(names.grades.all, names.isLadder).filter { !$0.1 }.map { "percent.\($0.0)" }
      + names.scores.all.prefix(index).map { "score.\($0)" }
  }
}
