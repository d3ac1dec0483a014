import Definition
import Notation

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

extension Judge {
  /// Calls back with every valid answer of a lead, in order, and the time from which it is none any more: that of the
  /// next one, or that at which it has grown old.
  package func forEachAnswer(
    in history: LeadHistory,
    _ body: (_ group: NetPromoterGroup, _ from: Milliseconds, _ end: Milliseconds) -> Void
  ) {
    guard let question = definition.nps, history.factCount > 0 else { return }
    var last: (group: NetPromoterGroup, time: Milliseconds)?
    func close(at next: Milliseconds) {
      guard let last else { return }
      let grown = answersWithin.map { last.time.addingReportingOverflow($0) }
      let end = grown.map { $0.overflow ? .max : $0.partialValue } ?? .max
      body(last.group, last.time, min(next, end))
    }
    for index in 0..<history.count {
      let event = history.events[index]
      for place in Int(event.factStart)..<Int(event.factEnd)
      where history.facts[place].kind == .answer {
        let value = Double(bitPattern: history.facts[place].payload)
        guard let answer = question.answer(value) else { continue }
        close(at: event.time)
        last = (NetPromoterGroup(answer: answer), event.time)
      }
    }
    close(at: .max)
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
