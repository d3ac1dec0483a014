import Definition

/// Where an answer to the net promoter question puts a lead; the raw values are the names in files.
package enum NetPromoterGroup: String, Sendable, CaseIterable {
  case promoter, passive, detractor

  /// - Parameter answer: A whole number up to 10: promoters from 9, passives 7 and 8.
  package init(answer: Int64) {
    self = answer >= 9 ? .promoter : answer >= 7 ? .passive : .detractor
  }
}

extension NetPromoterQuestion {
  /// Returns a valid answer as a whole number; nil where it is not whole or not on the scale.
  func answer(_ value: Double) -> Int64? {
    guard value >= Double(lowest), value <= 10, value == value.rounded(.towardZero) else {
      return nil
    }
    return Int64(value)
  }
}

/// Promoters less detractors among the answers.
package struct NetPromoterScore: Sendable {
  package var promoters: Int64 = 0
  package var passives: Int64 = 0
  package var detractors: Int64 = 0

  package init() {}

  package var answers: Int64 { promoters + passives + detractors }

  package static func += (sum: inout NetPromoterScore, part: NetPromoterScore) {
    sum.promoters += part.promoters
    sum.passives += part.passives
    sum.detractors += part.detractors
  }

  package mutating func count(_ group: NetPromoterGroup) {
    switch group {
    case .promoter: promoters += 1
    case .passive: passives += 1
    case .detractor: detractors += 1
    }
  }

  /// %promoters - %detractors rounded to a whole number; nil without answers.
  package var score: Int64? {
    answers == 0
      ? nil : Int64(roundedQuotient(Int128(promoters - detractors) * 100, Int128(answers)))
  }
}
