import Definition
import Notation

/// One of the sums that a lead's raw score is made of.
package struct ScorePart: Sendable, Equatable {
  package enum Source: Sendable, Hashable {
    /// The rule of an interaction, within its own cap.
    case rule(interaction: Int)
    /// What a cap over several rules takes off, by its place in the score.
    case groupCap(Int)
    case bonus(Int)
    case inactivity
    /// A term of a blend, by its place.
    case term(Int)
    /// What takes the sum back to where numbers end.
    case hold
  }

  package var source: Source
  /// Micro-points.
  package var points: Int128
}

extension Judge {
  /// Returns what makes a score of the lead that was judged last at a desk: the parts add up to raw,
  /// those that are 0 are left out.
  ///
  /// For the few leads that somebody looks at.
  package func parts(of score: Int, _ desk: Desk) -> [ScorePart] {
    let compiled = definition.scores[score]
    var parts: [ScorePart] = []
    switch compiled.source {
    case .points(let rules, let caps):
      for (offset, rule) in rules.enumerated() {
        let total = desk.gates[scores[score].rules.lowerBound + offset].total
        parts.append(
          ScorePart(source: .rule(interaction: rule.interaction), points: total))
      }
      for index in caps.indices {
        parts.append(ScorePart(source: .groupCap(index), points: adjustment(index, score, desk)))
      }
    case .blend(let terms):
      parts += terms.indices.map { ScorePart(source: .term($0), points: share($0, terms, desk)) }
    }
    for index in compiled.bonuses.indices
    where scores[score].bonuses[index].condition.holds(desk.cells) {
      parts.append(
        ScorePart(source: .bonus(index), points: Int128(compiled.bonuses[index].points)))
    }
    if let inactivity = compiled.inactivity {
      parts.append(
        ScorePart(source: .inactivity, points: points(of: inactivity, desk.cells, asOf: desk.asOf)))
    }
    let sum = parts.reduce(Int128(0)) { $0 + $1.points }
    parts.append(
      ScorePart(source: .hold, points: Int128(desk.cells[layout.raws + score]) - sum))
    return parts.filter { $0.points != 0 }
  }

  /// What a cap over several rules adds to their sum.
  func adjustment(_ cap: Int, _ score: Int, _ desk: Desk) -> Int128 {
    let bound = scores[score].groupCaps[cap].points
    let rules = scores[score].groupCaps[cap].rules
    let sum = (0..<rules.count).reduce(Int128(0)) { $0 + desk.gates[rules[$1]].total }
    return Int128(held(sum, within: bound)) - sum
  }

  /// What a term adds to a blend: what the blend of the terms up to it is more than that of those
  /// before, so that the shares add up to the blend as it is rounded.
  private func share(_ term: Int, _ terms: [BlendTerm], _ desk: Desk) -> Int128 {
    let all = terms.reduce(Int128(0)) { $0 + Int128($1.weight) }
    let values = terms.map { desk.cells[cell(of: $0)] }
    let known = zip(terms, values).reduce(Int128(0)) { sum, term in
      term.1 == LeadLayout.absent ? sum : sum + Int128(term.0.weight)
    }
    if known == 0 { return 0 }
    func blend(upTo end: Int) -> Int128 {
      let sum = zip(terms, values).prefix(end).reduce(Int128(0)) { sum, term in
        term.1 == LeadLayout.absent ? sum : sum + Int128(term.0.weight) * Int128(term.1)
      }
      return scaled(sum, by: all, over: known)
    }
    return blend(upTo: term + 1) - blend(upTo: term)
  }

  /// Where the value of a blend's term stands.
  func cell(of term: BlendTerm) -> Int {
    switch term.source {
    case .percent(let grade): layout.percents + grade
    case .score(let index): layout.scores + index
    }
  }
}

extension Definition {
  /// What a part of a score is called: a rule by its interaction, the others by what they are.
  package func name(of source: ScorePart.Source, inScore score: Int) -> String {
    switch source {
    case .rule(let interaction): return interactions[interaction].name
    case .inactivity: return "inactivity"
    case .hold: return "hold"
    case .bonus(let index): return "bonus \(scores[score].bonuses[index].name)"
    case .groupCap(let index):
      guard case .points(_, let caps) = scores[score].source else { return "cap" }
      return "cap of "
        + caps[index].interactions.map { interactions[$0].name }.joined(separator: ", ")
    case .term(let index):
      guard case .blend(let terms) = scores[score].source else { return "blend" }
      return switch terms[index].source {
      case .percent(let grade): "percent.\(grades[grade].name)"
      case .score(let other): "score.\(scores[other].name)"
      }
    }
  }
}
