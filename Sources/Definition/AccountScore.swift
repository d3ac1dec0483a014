import Notation

/// How an account is made one number, of what its leads have or of other numbers of its own.
package struct AccountScore: Sendable {
  package var name: String
  package var source: Source
  /// The bounds the rounded score is held within, whole points.
  package var range: ClosedRange<Int64>?

  package enum Source: Sendable {
    case aggregate(LeadAggregate)
    case blend([AccountBlendTerm])
  }
}

/// What the leads of an account come to.
package struct LeadAggregate: Sendable {
  package enum Method: String, Sendable, CaseIterable {
    case sum, mean, max
  }

  package var method: Method
  /// What each lead gives: a score, raw or not, or a count.
  package var subject: LeadSubject
  /// Which leads give anything; all where it is nil.
  package var condition: Condition<LeadSubject>?
  /// How many of the greatest count; all where it is nil.
  package var best: Int?
  /// A value is multiplied by the weight of the first whose condition holds.
  package var weights: [LeadWeight]
  /// The weight where none holds, in millionths.
  package var otherwise: Int64

  /// All that it asks of leads.
  var conditions: [Condition<LeadSubject>] {
    [condition].compactMap { $0 } + weights.map(\.condition)
  }
}

package struct LeadWeight: Sendable {
  package var condition: Condition<LeadSubject>
  /// Millionths; not below 0.
  package var weight: Int64
}

/// One weighted part of an account's blended score.
package struct AccountBlendTerm: Sendable, Equatable {
  package var source: Source
  /// Millionths; above 0.
  package var weight: Int64

  package enum Source: Sendable, Hashable {
    /// An earlier score of accounts, by its index into `Definition.accountScores`.
    case own(Int)
    /// Of a score of leads, by its index into `Definition.scores`.
    case total(Int)
    case max(Int)
    case mean(Int)
  }
}

extension Definition {
  /// What accounts take of their leads for their own scores, in order, with the score of each.
  package var leadAggregates: [(score: Int, aggregate: LeadAggregate)] {
    accountScores.enumerated().compactMap { index, score in
      if case .aggregate(let aggregate) = score.source { (index, aggregate) } else { nil }
    }
  }

  /// The windows in which somebody asks whether leads of an account were active, in order.
  package var activeWindows: [Milliseconds] {
    Set(accountSubjects.compactMap { if case .active(let window) = $0 { window } else { nil } })
      .sorted()
  }
}
