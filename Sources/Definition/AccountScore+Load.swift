import Notation
import Vocabulary

extension AccountScore {
  /// Returns the section's scores, in its order; the faulty ones are reported and left out.
  static func loadAll(_ node: YAMLNode?, _ scope: Scope) -> [AccountScore] {
    scope.namedEntries(node, "scores", of: "a score of accounts").enumerated()
      .compactMap { index, entry in load(entry, index, scope) }
  }

  private static let methods = LeadAggregate.Method.allCases.map(\.rawValue)
  private static let settings = ["of", "best", "weights", "otherwise"]

  private static func load(_ entry: YAMLNode.Entry, _ index: Int, _ scope: Scope) -> AccountScore? {
    let what = "score '\(entry.key)' of accounts"
    guard
      let fields = MappingReader(entry.value, what, .accountScore, scope.faults)
    else { return nil }
    let named = (methods + ["blend"]).filter { fields[$0] != nil }
    guard let kind = named.first else {
      scope.report(fields.place, "\(what) needs 'sum', 'mean', 'max' or 'blend'")
      return nil
    }
    for other in named.dropFirst() {
      scope.report(
        fields.place(of: other) ?? fields.place, "\(what) has both '\(kind)' and '\(other)'")
    }
    for key in settings where kind == "blend" && fields[key] != nil {
      scope.report(
        fields.place(of: key) ?? fields.place,
        "\(what) has a 'blend', which takes the place of '\(key)'")
    }
    let source: Source? =
      kind == "blend"
      ? fields["blend"].map { .blend(AccountBlendTerm.loadAll($0, what, index, scope)) }
      : LeadAggregate.load(fields, kind, scope).map { .aggregate($0) }
    let range = fields["range"].flatMap { Score.loadRange($0, scope) }
    return source.map { AccountScore(name: entry.key, source: $0, range: range) }
  }
}

extension LeadAggregate {
  fileprivate static func load(
    _ fields: MappingReader, _ kind: String, _ scope: Scope
  ) -> LeadAggregate? {
    let subject = fields[kind].flatMap { loadSubject($0, kind, scope) }
    let condition = fields["of"].flatMap {
      Condition<LeadSubject>.load($0, "'of' in \(fields.what)", in: .accountScore, scope)
    }
    let best = fields["best"].flatMap {
      $0.wholeNumber("'best' in \(fields.what)", in: 1...pointsMax, scope.faults)
    }
    let weights = fields["weights"].map { LeadWeight.loadAll($0, fields.what, scope) }
    let otherwise = fields["otherwise"].flatMap {
      $0.millionths("'otherwise' in \(fields.what)", in: 0...pointsMax, scope.faults)
    }
    guard let subject, let method = Method(rawValue: kind) else { return nil }
    return LeadAggregate(
      method: method, subject: subject, condition: condition, best: best.map { Int($0) },
      weights: weights ?? [], otherwise: otherwise ?? 1_000_000)
  }

  private static func loadSubject(
    _ node: YAMLNode, _ kind: String, _ scope: Scope
  ) -> LeadSubject? {
    guard let text = node.text("what '\(kind)' is of", scope.faults),
      let subject = LeadSubject.load(text, at: node.place, in: .accountScore, scope)
    else { return nil }
    switch subject {
    case .score, .raw, .tally, .count, .activities: return subject
    default:
      scope.report(
        node.place, "accounts are not scored by '\(text)'",
        hint: "by score.NAME, raw.NAME, tally.STAGE, count.INTERACTION or activities of their leads"
      )
      return nil
    }
  }
}

extension LeadWeight {
  fileprivate static func loadAll(
    _ node: YAMLNode, _ what: String, _ scope: Scope
  ) -> [LeadWeight] {
    guard let items = node.list("'weights' in \(what)", scope.faults) else { return [] }
    if items.isEmpty { scope.report(node.place, "'weights' in \(what) is empty") }
    var earlier: [LeadSubject: EarlierTests] = [:]
    return items.compactMap { item in
      guard
        let fields = MappingReader(item, "a weight in \(what)", .leadWeight, scope.faults)
      else { return nil }
      let condition = fields["when"].flatMap {
        Condition<LeadSubject>.load($0, "'when' of a weight", in: .accountScore, scope)
      }
      let weight = fields["weight"].flatMap {
        $0.millionths("'weight'", in: 0...pointsMax, scope.faults)
      }
      guard let condition, let weight else { return nil }
      if let (subject, predicate) = condition.singleTest {
        if let line = earlier[subject]?.firstImplied(by: predicate) {
          scope.report(
            item.place, "this weight can never be reached: all it matches is taken on line \(line)")
        }
        earlier[subject, default: EarlierTests()].append(predicate, number: item.place.line)
      }
      return LeadWeight(condition: condition, weight: weight)
    }
  }
}

extension AccountBlendTerm {
  /// `index`: the score's, so that only scores above can be part.
  fileprivate static func loadAll(
    _ node: YAMLNode, _ what: String, _ index: Int, _ scope: Scope
  ) -> [AccountBlendTerm] {
    scope.blendTerms(node, of: what) { loadSource($0, index, scope) }
      .map { AccountBlendTerm(source: $0, weight: $1) }
  }

  private static func loadSource(
    _ entry: YAMLNode.Entry, _ index: Int, _ scope: Scope
  ) -> Source? {
    switch AccountSubject.load(entry.key, at: entry.place, scope) {
    case nil: return nil
    case .total(let score): return .total(score)
    case .max(let score): return .max(score)
    case .mean(let score): return .mean(score)
    case .score(let part) where part < index: return .own(part)
    case .score(let part):
      let name = scope.names.accountScores.all[part]
      scope.report(
        entry.place,
        part == index
          ? "score '\(name)' of accounts cannot be part of itself"
          : "score '\(name)' of accounts stands below; only scores above can be part of a blend")
      return nil
    case _?:
      scope.report(
        entry.place, "a blend of accounts has no part '\(entry.key)'",
        hint: "its parts can be score.NAME of accounts, total.NAME, max.NAME and mean.NAME")
      return nil
    }
  }
}
