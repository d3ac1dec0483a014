import Notation

extension BlendTerm {
  /// Returns the parts of a blend; `index` is its score's, so that only scores above can be part.
  static func loadAll(
    _ node: YAMLNode, of score: String, _ index: Int, _ scope: Scope
  ) -> [BlendTerm] {
    scope.blendTerms(node, of: "score '\(score)'") { loadSource($0, index, scope) }
      .map { BlendTerm(source: $0, weight: $1) }
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

extension Scope {
  /// Reads the parts of a blend with their weights; the faulty ones are reported and left out.
  ///
  /// `what`: whose it is.
  func blendTerms<Source>(
    _ node: YAMLNode, of what: String, _ loadSource: (YAMLNode.Entry) -> Source?
  ) -> [(source: Source, weight: Int64)] {
    guard let entries = node.mapping("'blend' of \(what)", faults) else { return [] }
    if entries.isEmpty { report(node.place, "'blend' of \(what) is empty") }
    return entries.compactMap { entry in
      let source = loadSource(entry)
      let weight = loadWeight(entry.value, "the weight of '\(entry.key)'", self)
      guard let source, let weight else { return nil }
      return (source, weight)
    }
  }
}
