import Definition
import Judging
import Notation

/// The names of two definitions, numbered alike.
struct DiffNames: Sendable {
  let scores: [String]
  /// What causes are about: interactions, bonuses, what a cap holds.
  let rules: [String]

  init(_ definitions: [Definition]) {
    scores = distinct(definitions.flatMap { $0.scores.map(\.name) })
    rules = distinct(
      definitions.flatMap { definition in
        definition.interactions.map(\.name) + AdjustmentNames(definition).all
      })
  }
}

func distinct(_ names: [String]) -> [String] {
  var seen: Set<String> = []
  return names.filter { seen.insert($0).inserted }
}

/// What the adjustments of a definition's scores are about.
struct AdjustmentNames: Sendable {
  /// By rule, over all scores in order.
  private let rules: [String]
  /// By score, then by its place there.
  private let groupCaps: [[String]]
  private let bonuses: [[String]]

  init(_ definition: Definition) {
    func name(_ interaction: Int) -> String { definition.interactions[interaction].name }
    rules = definition.pointRules.map { name($0.rule.interaction) }
    groupCaps = definition.scores.map { score in
      guard case .points(_, let caps) = score.source else { return [] }
      return caps.map { $0.interactions.map(name).joined(separator: ", ") }
    }
    bonuses = definition.scores.map { $0.bonuses.map(\.name) }
  }

  fileprivate var all: [String] { rules + groupCaps.joined() + bonuses.joined() }

  /// What an adjustment is about; nil where it is about the whole score.
  func name(_ kind: Adjustment.Kind, ofScore score: Int) -> String? {
    switch kind {
    case .cap(let rule): rules[rule]
    case .groupCap(let cap): groupCaps[score][cap]
    case .bonus(let bonus): bonuses[score][bonus]
    case .blend, .inactivity, .hold: nil
    }
  }
}

extension Adjustment {
  /// Where in a score it shows.
  var part: DiffPart {
    switch kind {
    case .cap, .groupCap: .caps
    case .blend: .blend
    case .bonus: .bonuses
    case .inactivity: .inactivity
    case .hold: .hold
    }
  }
}

/// The numbers that a diff has for what one definition numbers for itself.
struct DiffNumbers: Sendable {
  /// By score.
  let scores: [Int]
  /// By rule, over all scores in order, with the age from which its contributions are worth nothing.
  let rules: [(score: Int, rule: Int, expires: Milliseconds?)]
  private let groupCaps: [[Int]]
  private let bonuses: [[Int]]

  init(_ definition: Definition, _ names: DiffNames) {
    let scoreNumbers = numbers(names.scores)
    let ruleNumbers = numbers(names.rules)
    let adjustments = AdjustmentNames(definition)
    scores = definition.scores.map { scoreNumbers[$0.name] ?? 0 }
    rules = definition.pointRules.map { score, rule in
      (
        scoreNumbers[definition.scores[score].name] ?? 0,
        ruleNumbers[definition.interactions[rule.interaction].name] ?? 0, rule.aging.expires
      )
    }
    func number(_ score: Int, _ kind: Adjustment.Kind) -> Int {
      adjustments.name(kind, ofScore: score).flatMap { ruleNumbers[$0] } ?? 0
    }
    groupCaps = definition.scores.enumerated().map { index, score in
      guard case .points(_, let caps) = score.source else { return [] }
      return caps.indices.map { number(index, .groupCap($0)) }
    }
    bonuses = definition.scores.enumerated().map { index, score in
      score.bonuses.indices.map { number(index, .bonus($0)) }
    }
  }

  /// What an adjustment is about; nil where it is about the whole score.
  func rule(_ adjustment: Adjustment) -> Int? {
    switch adjustment.kind {
    case .cap(let rule): rules[rule].rule
    case .groupCap(let cap): groupCaps[adjustment.score][cap]
    case .bonus(let bonus): bonuses[adjustment.score][bonus]
    case .blend, .inactivity, .hold: nil
    }
  }
}

private func numbers(_ names: [String]) -> [String: Int] {
  Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}
