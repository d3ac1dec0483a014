import Engine
import Identity
import Judging
import Notation

/// What occurrences contribute to a score, in the order of events.
///
/// Of each only its place in the judgement is kept, because a lead may have millions: whoever looks at one has it put
/// in words then.
package struct Contributions: RandomAccessCollection, Encodable, Sendable {
  private let words: ContributionWords
  /// Their places among those of all scores.
  private let places: [UInt32]
  /// What every so many of them begin at.
  private let sums: [Int128]
  /// What all of them come to.
  let sum: Int128
  /// Stands for all of them in JSON, where they are written apart.
  var mark: String?

  private static let sumSpacing = 64

  init(toScore score: Int, _ words: ContributionWords) {
    self.words = words
    let all = words.explained.replay.trace.contributions
    var places: [UInt32] = []
    var sums: [Int128] = []
    var sum: Int128 = 0
    for (place, contribution) in all.enumerated() where words.score(of: contribution) == score {
      if places.count.isMultiple(of: Contributions.sumSpacing) { sums.append(sum) }
      places.append(UInt32(place))
      sum += Int128(contribution.points)
    }
    (self.places, self.sums, self.sum) = (places, sums, sum)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { places.count }

  package subscript(index: Int) -> ScoreExplanation.Item {
    var found: ScoreExplanation.Item?
    forEach(in: index..<index + 1) { found = $0 }
    guard let found else { preconditionFailure("no contribution \(index) of \(count)") }
    return found
  }

  /// Looks at some of them, one after another.
  package func forEach(
    in range: Range<Int>, _ body: (ScoreExplanation.Item) throws -> Void
  ) rethrows {
    if range.isEmpty { return }
    let start = range.lowerBound / Contributions.sumSpacing
    var sum = sums[start]
    // Asked for once: what is asked for in each round is retained in each, by all workers.
    let contributions = words.explained.replay.trace.contributions
    for index in start * Contributions.sumSpacing..<range.upperBound {
      let contribution = contributions[Int(places[index])]
      sum += Int128(contribution.points)
      guard index >= range.lowerBound else { continue }
      try body(ScoreExplanation.Item(contribution: contribution, sum: sum, words: words))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    if let mark {
      var container = encoder.singleValueContainer()
      return try container.encode(mark)
    }
    var container = encoder.unkeyedContainer()
    try forEach(in: indices) { try container.encode($0) }
  }
}

extension ScoreExplanation {
  /// One occurrence that a rule was offered.
  package struct Item: Encodable, Sendable {
    let contribution: Contribution
    /// The sum of values up to here.
    package let sum: Int128
    let words: ContributionWords

    private enum CodingKeys: CodingKey {
      case event, interaction, points, made, held, reason, weight, arithmetic, value, sum
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(event, forKey: .event)
      try container.encode(interaction, forKey: .interaction)
      try container.encodeIfPresent(points, forKey: .points)
      try container.encodeIfPresent(made, forKey: .made)
      try container.encodeIfPresent(held, forKey: .held)
      try container.encodeIfPresent(reason, forKey: .reason)
      try container.encodeIfPresent(weight, forKey: .weight)
      try container.encodeIfPresent(arithmetic, forKey: .arithmetic)
      try container.encode(value, forKey: .value)
      try container.encode(sum, forKey: .sum)
    }
  }
}

extension ScoreExplanation.Item {
  var rule: ContributionWords.Rule { words.rules[Int(contribution.rule)] }
  var time: Milliseconds { words.events[Int(contribution.event)].time }
  var age: Milliseconds { words.explained.judge.asOf - time }

  package var event: Explanation.Event { words.explained.event(Int(contribution.event)) }
  package var interaction: String { rule.interaction }

  /// The rule's points; absent where they are made of a value and there is none.
  package var points: Int64? {
    contribution.passage == .noValue ? nil : contribution.offered
  }

  /// How they are made of a value; absent where the rule gives the same for every occurrence.
  package var made: ScoreExplanation.Making? { words.making(contribution) }

  /// Whether it passed all gates.
  package var isCounted: Bool { contribution.passage == .counted }

  /// Whether its age tells.
  package var isWeighted: Bool { isCounted && rule.ages }

  /// What held it: `repeat`, `limit` or `no_value`; absent where it passed.
  package var held: String? { contribution.passage.heldBy }

  /// Why, in words.
  package var reason: String? { words.reason(contribution) }

  /// By how much age has told; absent where nothing ages or a gate held it.
  package var weight: Double? {
    guard isWeighted else { return nil }
    return words.explained.judge.weight(of: rule.rule.aging, age: age)
  }

  /// How the weight is worked out.
  var arithmetic: String? {
    guard isWeighted else { return nil }
    var text: [UInt8] = []
    appendArithmetic(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  package var value: Int64 { contribution.points }
}
