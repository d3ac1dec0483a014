import Definition
import Engine
import Judging

/// What a report looks at where a definition has several of a kind.
struct ReportChoices {
  /// The score that leads are called in the order of; nil without scores.
  let callScore: Int?
  /// The score whose parts are the reasons; a blend has those of its first part that has any.
  let reasonScore: Int?
  /// What is set against the first grade: the first score, in bands.
  let bands: [ScoreBand]

  init(_ definition: Definition, _ summary: Summary) {
    let ordered = definition.lists.lazy.compactMap { list -> Int? in
      guard let term = list.order.first, term.isTurned, case .score(let score) = term.subject else {
        return nil
      }
      return score
    }.first
    let blend = definition.scores.firstIndex { if case .blend = $0.source { true } else { false } }
    let call = ordered ?? blend ?? (definition.scores.isEmpty ? nil : 0)
    callScore = call
    reasonScore = call.flatMap { definition.scoresWithReasons[$0] }
    bands = definition.scores.isEmpty ? [] : ScoreBand.all(ofScore: 0, definition, summary)
  }
}

/// Where a persona begins, as a score has it.
struct TierBound {
  let at: Int64
  let name: String

  /// The least scores of which personas ask, by their names.
  static func all(ofScore score: Int, in definition: Definition) -> [TierBound] {
    var bounds: [TierBound] = []
    for persona in definition.personas.flatMap(\.personas) {
      guard let condition = persona.condition, let at = least(score, condition) else { continue }
      bounds.append(TierBound(at: at, name: persona.name))
    }
    return bounds.sorted { $0.at == $1.at ? $0.name < $1.name : $0.at < $1.at }
  }

  private static func least(_ score: Int, _ condition: Condition<LeadSubject>) -> Int64? {
    switch condition {
    case .test(.score(score), let predicate):
      for part in predicate.parts {
        switch part {
        case .min(let bound): return Int64(exactly: bound.rounded(.up))
        case .above(let bound): return Int64(exactly: bound.rounded(.down) + 1)
        default: continue
        }
      }
      return nil
    case .all(let parts): return parts.lazy.compactMap { least(score, $0) }.first
    default: return nil
    }
  }
}

/// Values of a score that a map of counts has in one column.
struct ScoreBand {
  let values: ClosedRange<Int64>

  var name: String {
    values.lowerBound == values.upperBound
      ? "\(values.lowerBound)" : "\(values.lowerBound)–\(values.upperBound)"
  }

  /// Each tier in two halves; of a score without tiers, six even parts.
  static func all(
    ofScore score: Int, _ definition: Definition, _ summary: Summary
  ) -> [ScoreBand] {
    let met = summary.scores[definition.scores[score].name]?.leadsByScore.keys.compactMap {
      Int64($0)
    }
    let range = definition.scores[score].range
    let low = range?.lowerBound ?? met?.min() ?? 0
    let high = max(range?.upperBound ?? met?.max() ?? 0, low)
    let bounds = Set(TierBound.all(ofScore: score, in: definition).map(\.at)).filter {
      low < $0 && $0 <= high
    }.sorted()
    let starts = [low] + bounds
    let tiers = zip(starts, bounds.map { $0 - 1 } + [high]).map { $0...$1 }
    let partCount = bounds.isEmpty ? 6 : bounds.count > 4 ? 1 : 2
    return tiers.flatMap { tier in parts(of: tier, partCount) }
  }

  private static func parts(of tier: ClosedRange<Int64>, _ count: Int) -> [ScoreBand] {
    let size = Int128(tier.upperBound) - Int128(tier.lowerBound) + 1
    let count = min(Int128(count), size)
    return (0..<count).map { part in
      let first = Int128(tier.lowerBound) + size * part / count
      let last = Int128(tier.lowerBound) + size * (part + 1) / count - 1
      return ScoreBand(values: Int64(first)...Int64(last))
    }
  }
}
