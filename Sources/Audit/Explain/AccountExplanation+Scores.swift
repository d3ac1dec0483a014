import Definition
import Engine
import Judging

extension AccountExplanation {
  /// A score of the account's own, and what it is made of.
  package struct OwnScore: Encodable, Sendable {
    package var score: String
    /// `sum`, `mean`, `max` or `blend`.
    package var made: String
    /// What each lead gives, the greatest first; absent of a blend.
    package var leads: [Given]?
    /// Absent but of a blend.
    package var parts: [Part]?
    /// What takes that back to where numbers end, in micro-points; absent where it is no more.
    package var held: Int128?
    /// Micro-points; absent where there is nothing, as the score is then.
    package var raw: Int64?
    package var value: Int64?
  }

  package struct Given: Encodable, Sendable {
    package var lead: String
    /// Micro-points before the weight.
    package var value: Int128
    /// Millionths.
    package var weight: Int64
    /// Micro-points.
    package var points: Int128
    /// Whether it is among those that count.
    package var counts: Bool
  }

  package struct Part: Encodable, Sendable {
    package var name: String
    /// Hundredths; absent where there is none, so that the others weigh more.
    package var value: Int64?
    /// Millionths.
    package var weight: Int64
  }
}

/// Explains the scores that an account has of its own.
struct AccountScoreExplainer {
  private let definition: Definition
  private let layout: AccountLayout
  private let cells: [Int64]
  /// By aggregate, what leads give, in the order that decides which of them count.
  private var given: [[AccountExplanation.Given]] = []

  /// `leads`: the account's, in the order of their keys; `cells`: its own.
  init(_ leads: [[UInt8]], _ results: Results, _ cells: [Int64]) {
    let judge = results.judge
    definition = judge.definition
    layout = AccountLayout(definition)
    self.cells = cells
    let aggregates = definition.leadAggregates.map(\.aggregate)
    given = aggregates.map { _ in [] }
    if aggregates.isEmpty { return }
    let (lookup, replayer) = (LeadLookup(results.log), LeadReplayer(results.log, judge))
    for lead in leads {
      guard replayer.gather(lookup.members(ofLeadNamed: lead), named: lead) else { continue }
      replayer.judgeLead()
      for index in aggregates.indices {
        guard let part = judge.part(of: index, replayer.desk.cells) else { continue }
        given[index].append(
          AccountExplanation.Given(
            lead: String(decoding: lead, as: UTF8.self), value: part.value, weight: part.weight,
            points: part.given, counts: false))
      }
    }
    for (index, aggregate) in aggregates.enumerated() {
      // Of equals the first by key counts, which is the order that they stand in.
      given[index] = given[index].enumerated()
        .sorted { ($1.element.points, $0.offset) < ($0.element.points, $1.offset) }
        .map(\.element)
      for place in given[index].indices.prefix(aggregate.best ?? .max) {
        given[index][place].counts = aggregate.method != .max || place == 0
      }
    }
  }

  var scores: [AccountExplanation.OwnScore] {
    var aggregateCount = 0
    return definition.accountScores.enumerated().map { index, score in
      func known(_ cell: Int) -> Int64? {
        cells[cell] == LeadLayout.absent ? nil : cells[cell]
      }
      var told = AccountExplanation.OwnScore(
        score: score.name, made: "blend", raw: known(layout.ownRaws + index),
        value: known(layout.ownScores + index))
      switch score.source {
      case .blend(let terms):
        told.parts = terms.map { term in
          AccountExplanation.Part(
            name: name(of: term.source), value: hundredths(of: term.source), weight: term.weight)
        }
      case .aggregate(let aggregate):
        let leads = given[aggregateCount]
        aggregateCount += 1
        told.made = aggregate.method.rawValue
        told.leads = leads
        if let raw = told.raw {
          let counting = leads.filter(\.counts)
          let sum = counting.reduce(Int128(0)) { $0 + $1.points }
          let exact =
            aggregate.method == .mean ? roundedQuotient(sum, Int128(counting.count)) : sum
          told.held = exact == Int128(raw) ? nil : Int128(raw) - exact
        }
      }
      return told
    }
  }

  private func name(of source: AccountBlendTerm.Source) -> String {
    switch source {
    case .own(let index): "score.\(definition.accountScores[index].name)"
    case .total(let index): "total.\(definition.scores[index].name)"
    case .max(let index): "max.\(definition.scores[index].name)"
    case .mean(let index): "mean.\(definition.scores[index].name)"
    }
  }

  private func hundredths(of source: AccountBlendTerm.Source) -> Int64? {
    let (cell, unit): (Int, Int64) =
      switch source {
      case .own(let index): (layout.ownScores + index, 100)
      case .total(let index): (layout.totals + index, 100)
      case .max(let index): (layout.maxima + index, 100)
      case .mean(let index): (layout.means + index, 1)
      }
    return cells[cell] == LeadLayout.absent ? nil : cells[cell] * unit
  }
}
