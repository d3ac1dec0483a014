import Definition
import Notation

/// The least and the most that an account's cells are between two times.
package final class AccountSpan {
  private let roll: AccountRoll
  private let least: UnsafeMutablePointer<Int64>
  private let most: UnsafeMutablePointer<Int64>
  private let given = (least: GivenValues(), most: GivenValues())
  /// By aggregate, whether a lead may give it one thing or another.
  private var isOpen: [Bool]

  package init(_ roll: AccountRoll) {
    self.roll = roll
    isOpen = [Bool](repeating: false, count: roll.gatherings.count)
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
  package func open(account: Int, attributes profile: UnsafePointer<Int64>) {
    roll.open(least, account: account, attributes: profile)
    roll.open(most, account: account, attributes: profile)
    given.least.removeAll()
    given.most.removeAll()
    for index in isOpen.indices { isOpen[index] = false }
  }

  /// Adds a lead that is the account's all along.
  package func add(_ lead: CellSpan) {
    roll.add(lead.least, to: least, given.least)
    roll.add(lead.most, to: most, given.most)
    for index in isOpen.indices
    where lead.most[roll.lead.aggregates + 2 * index + 1] == LeadLayout.open {
      isOpen[index] = true
    }
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
    roll.closeSums(least, asOf: first)
    roll.closeSums(most, asOf: last)
    roll.spanAnswers(least, most)
    for score in 0..<roll.ownScores.count { spanScore(score) }
    return CellSpan(least: UnsafePointer(least), most: UnsafePointer(most))
  }

  /// Fills the least and the most of one of the account's own scores, which grows with all that it is made of.
  private func spanScore(_ index: Int) {
    let mayBeAnything =
      switch roll.ownScores[index].source {
      case .aggregate(let aggregate): isOpen[aggregate]
      // One that is only there at some times makes the others weigh more.
      case .blend(let terms):
        terms.contains { least[$0.cell] == LeadLayout.absent && most[$0.cell] != LeadLayout.absent }
      }
    if mayBeAnything {
      _ = roll.put(nil, index, least)
      _ = roll.put(.max, index, most)
    } else {
      _ = roll.put(roll.ownRaw(index, least, given.least), index, least)
      _ = roll.put(roll.ownRaw(index, most, given.most), index, most)
    }
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

  /// Whether an account is on a list all along; nil where it may be at some times alone.
  package func isOn(_ list: Int, _ span: CellSpan) -> Bool? {
    lists[list].holds(between: span.least, and: span.most)
  }

  /// Whether accounts of the same sums are ready and on lists under both, where both have the same of them.
  package func isBoundAlike(_ other: AccountRoll) -> Bool {
    ready.isSame(as: other.ready) && memberCells == other.memberCells
      && (0..<lists.count).allSatisfy { lists[$0].isSame(as: other.lists[$0]) }
  }

  /// Whether an account is ready all along; nil where it may be at some times alone.
  package func isReady(_ span: CellSpan) -> Bool? {
    ready.holds(between: span.least, and: span.most)
  }
}
