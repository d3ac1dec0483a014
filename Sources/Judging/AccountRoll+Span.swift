import Definition
import Notation

/// The least and the most that an account's cells are between two times.
package final class AccountSpan {
  private let roll: AccountRoll
  private let least: UnsafeMutablePointer<Int64>
  private let most: UnsafeMutablePointer<Int64>

  package init(_ roll: AccountRoll) {
    self.roll = roll
    least = .allocate(capacity: roll.cellCount)
    least.initialize(repeating: 0, count: roll.cellCount)
    most = .allocate(capacity: roll.cellCount)
    most.initialize(repeating: 0, count: roll.cellCount)
  }

  deinit {
    least.deallocate()
    most.deallocate()
  }

  /// Begins anew, before the first lead.
  package func open(attributes profile: UnsafePointer<Int64>) {
    roll.open(least, attributes: profile)
    roll.open(most, attributes: profile)
  }

  /// Adds a lead that is the account's all along.
  package func add(_ lead: CellSpan) {
    roll.add(lead.least, to: least)
    roll.add(lead.most, to: most)
    for group in 0..<roll.groupCount {
      let cell = roll.personaCell(group)
      if lead.least[cell] == lead.most[cell] { continue }
      // It may have been any of them.
      for persona in roll.personas(of: group) { most[persona] += 1 }
      if lead.most[cell] != LeadLayout.absent {
        most[roll.personas(of: group).lowerBound + Int(lead.most[cell])] -= 1
      }
    }
  }

  /// Fills what only the whole account has, as of the first time and the last.
  package func close(from first: Milliseconds, to last: Milliseconds) -> CellSpan {
    roll.close(least, asOf: first)
    roll.close(most, asOf: last)
    roll.spanAnswers(least, most)
    return CellSpan(least: UnsafePointer(least), most: UnsafePointer(most))
  }
}

extension AccountRoll {
  /// Fills the least and the most that the net promoter score is while answers come to be none any more.
  fileprivate func spanAnswers(
    _ least: UnsafeMutablePointer<Int64>, _ most: UnsafeMutablePointer<Int64>
  ) {
    let groups = layout.promoters...layout.detractors
    guard groups.contains(where: { least[$0] != most[$0] }) else { return }
    // It goes up or down with each of the counts, whatever the others are, so that its ends are where each of
    // them is at one of its own.
    var scores: [Int64] = []
    for choice in 0..<8 {
      func count(_ bit: Int, _ cell: Int) -> Int64 {
        choice >> bit & 1 == 0 ? least[cell] : most[cell]
      }
      var answers = NetPromoterScore()
      answers.promoters = count(0, layout.promoters)
      answers.passives = count(1, layout.passives)
      answers.detractors = count(2, layout.detractors)
      // Without any answer it is absent, which cells have as the least of all.
      scores.append(answers.score ?? LeadLayout.absent)
    }
    least[layout.nps] = scores.min() ?? LeadLayout.absent
    most[layout.nps] = scores.max() ?? LeadLayout.absent
  }

  /// Whether an account is ready all along; nil where it may be at some times alone.
  package func isReady(_ span: CellSpan) -> Bool? {
    ready.holds(between: span.least, and: span.most)
  }
}
