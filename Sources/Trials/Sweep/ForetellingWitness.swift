import Notation
import Statistics

/// What is needed to score leads just before their outcome.
struct Foretelling: Sendable {
  let rule: OutcomeRule
  let sorting: OutcomeSorting
  let timelines: AccountTimelines
  let asOf: Milliseconds
}

/// Counts leads by what they score just before their outcome, of each variant.
///
/// Of most leads nothing has been decided: they stand as the fold has judged them. The others are judged
/// once more, each as of its cutoff; whoever looks at a lead after this one sees no further than that.
final class ForetellingWitness: LeadWitness {
  /// Of the first variant, by score.
  private var unmoved: [OutcomeCounter]
  /// What is counted otherwise by each of the others in turn.
  private var changes: [OutcomeCounter]
  private let desks: VariantDesks
  private let accounts: CutoffAccounts
  private let foretelling: Foretelling
  private let firstScore: Int
  private let scoreCount: Int

  /// `group`: of the variants that are to be measured, the first ones of the fold.
  init(_ group: VariantGroup, _ foretelling: Foretelling) {
    let judge = group.variants[0].judge
    firstScore = judge.layout.scores
    scoreCount = judge.definition.scores.count
    unmoved = [OutcomeCounter](repeating: .init(), count: scoreCount)
    changes = [OutcomeCounter](
      repeating: .init(), count: scoreCount * (group.variants.count - 1))
    desks = VariantDesks(group, foretells: true)
    accounts = CutoffAccounts(foretelling.timelines, judge)
    self.foretelling = foretelling
  }

  func see(_ lead: SeenLead) {
    guard let decided = foretelling.rule.decide(lead.history) else {
      // It has no outcome, so that what is known of it is the same.
      count(lead.cells, lead.isExcluded, at: Cutoff(asOf: foretelling.asOf))
      return
    }
    let cutoff = Cutoff(before: decided.event, of: lead.history, word: decided.word)
    lead.history.cut(to: decided.event)
    desks.judge(
      lead.history, accounts: accounts.attributes(of: lead.history, at: cutoff),
      asOf: cutoff.asOf)
    count(desks.cells, desks.isExcluded, at: cutoff)
  }

  private func count(
    _ cells: UnsafePointer<UnsafePointer<Int64>>, _ isExcluded: UnsafePointer<Bool>,
    at cutoff: Cutoff
  ) {
    let isWon = foretelling.sorting.isWon(word: cutoff.word, time: cutoff.outcomeTime)
    guard let isWon else { return }
    if !isExcluded[0] {
      for score in 0..<scoreCount {
        unmoved[score].count(cells[0][firstScore + score], isWon: isWon)
      }
    }
    for variant in 1..<desks.count
    where cells[variant] != cells[0] || isExcluded[variant] != isExcluded[0] {
      for score in 0..<scoreCount {
        let before = isExcluded[0] ? nil : cells[0][firstScore + score]
        let after = isExcluded[variant] ? nil : cells[variant][firstScore + score]
        if before == after { continue }
        let place = (variant - 1) * scoreCount + score
        if let before { changes[place].count(before, isWon: isWon, leads: -1) }
        if let after { changes[place].count(after, isWon: isWon) }
      }
    }
  }

  /// What several workers' witnesses have counted, by variant and score.
  static func tables(_ witnesses: [ForetellingWitness]) -> [[OutcomeTable]] {
    guard let one = witnesses.first else { return [] }
    return (0..<one.desks.count).map { variant in
      (0..<one.scoreCount).map { score in
        witnesses.reduce(into: OutcomeCounter()) { sum, witness in
          sum += witness.unmoved[score]
          if variant > 0 { sum += witness.changes[(variant - 1) * one.scoreCount + score] }
        }.table
      }
    }
  }
}
