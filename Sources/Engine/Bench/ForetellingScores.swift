import Judging
import Statistics

/// The scores of several variants, each lead judged just before its outcome.
struct ForetellingScores {
  /// By variant and score.
  private(set) var tables: [[OutcomeTable]] = []

  /// `variants`: at least one.
  init(_ bench: Bench, _ variants: [Variant], _ plan: BacktestPlan) throws {
    let ground = MomentGround(bench, outcome: plan.outcome)
    let seating = Seating(variants, accountCount: 0, rollCount: 0)
    let timelines = AccountTimelines(ground.set, variants[0].judge)
    let sorting = OutcomeSorting(words: ground.words, plan)
    let workers = try ground.fold {
      ForetellingWorker($0, seating, timelines, sorting)
    } _: {
      $0.fold($1)
    }
    tables = variants.indices.map { variant in
      variants[variant].judge.definition.scores.indices.map { score in
        workers.reduce(into: OutcomeCounter()) { $0 += $1.counters[variant][score] }.table
      }
    }
  }
}

/// One worker that counts leads by what they score in each variant.
private final class ForetellingWorker {
  private(set) var counters: [[OutcomeCounter]]
  private let leads: MomentHistories
  private let seating: Seating
  private let accounts: MomentAccounts
  private let sorting: OutcomeSorting
  private let desks: [Desk]

  init(
    _ leads: MomentHistories, _ seating: Seating, _ timelines: AccountTimelines,
    _ sorting: OutcomeSorting
  ) {
    self.leads = leads
    self.seating = seating
    self.sorting = sorting
    accounts = MomentAccounts(
      timelines, attributeCount: seating.variants[0].judge.attributes.count)
    desks = seating.makeDesks()
    counters = seating.variants.map { variant in
      variant.judge.definition.scores.map { _ in OutcomeCounter() }
    }
  }

  func fold(_ task: Int) {
    leads.forEachLead(ofTask: task) { _, moment in
      guard let isWon = sorting.isWon(word: moment.word, time: moment.outcomeTime) else { return }
      let attributes = accounts.attributes(leads, at: moment)
      for index in desks.indices {
        let desk = desks[index]
        let judge = seating.variants[index].judge
        var cells = UnsafePointer(desk.cells)
        if let difference = seating.differences[index] {
          cells = difference.judge(leads.history, desk, after: desks[0])
        } else {
          desk.asOf = moment.asOf
          judge.judge(leads.history, desk, accounts: attributes)
        }
        for score in counters[index].indices {
          counters[index][score].count(cells[judge.layout.scores + score], isWon: isWon)
        }
      }
    }
  }
}
