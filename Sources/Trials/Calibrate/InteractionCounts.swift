import Definition
import Judging
import Statistics

/// What the leads that points are made for did, and what the rest did.
struct InteractionCounts {
  private(set) var chosen = 0
  private(set) var rest = 0
  /// By interaction, the occurrences of both kinds of leads.
  private(set) var habits: [FittedPoints.Habit]
  /// By stage, how many of the chosen leads have each tally.
  private(set) var tallies: [[Int: Int]]

  fileprivate init(_ definition: Definition) {
    habits = [FittedPoints.Habit](
      repeating: .init(won: 0, rest: 0), count: definition.interactions.count)
    tallies = [[Int: Int]](repeating: [:], count: definition.journey.count)
  }

  /// Counts every lead up to its cutoff.
  init(_ cutoffLog: CutoffLog, _ definition: Definition, _ choice: LeadChoice) throws {
    let judge = cutoffLog.judge(definition)
    let timelines = try AccountTimelines(cutoffLog.set, judge, jobs: cutoffLog.jobs)
    let workers = try cutoffLog.fold {
      CountingWorker($0, judge, timelines, choice, words: cutoffLog.words)
    } _: {
      $0.fold($1)
    }
    self.init(definition)
    for worker in workers { self += worker.counts }
  }

  /// Interactions of all stages that the chosen leads had; one of two stages' interactions counts twice.
  var interactionCount: Int {
    tallies.joined().reduce(0) { $0 + $1.key * $1.value }
  }

  fileprivate mutating func count(
    _ cells: UnsafePointer<Int64>, _ measures: LeadLayout.Measures, isChosen: Bool
  ) {
    if isChosen { chosen += 1 } else { rest += 1 }
    for index in habits.indices {
      let count = Int(cells[measures.counts + index])
      if isChosen { habits[index].won += count } else { habits[index].rest += count }
    }
    guard isChosen else { return }
    for stage in tallies.indices {
      tallies[stage][Int(cells[measures.tallies + stage]), default: 0] += 1
    }
  }

  fileprivate static func += (sum: inout InteractionCounts, part: InteractionCounts) {
    sum.chosen += part.chosen
    sum.rest += part.rest
    for index in sum.habits.indices {
      sum.habits[index].won += part.habits[index].won
      sum.habits[index].rest += part.habits[index].rest
    }
    for stage in sum.tallies.indices {
      sum.tallies[stage].merge(part.tallies[stage], uniquingKeysWith: +)
    }
  }
}

/// One worker that counts what leads did.
private final class CountingWorker {
  private(set) var counts: InteractionCounts
  private let leads: CutoffStream
  private let judge: Judge
  private let accounts: CutoffAccounts
  private let desk: Desk
  /// The word of the outcome, or the cell and its value, that a chosen lead has.
  private let word: Int64?
  private let cell: (cell: Int, value: Int64)?
  private let choosesAll: Bool

  init(
    _ leads: CutoffStream, _ judge: Judge, _ timelines: AccountTimelines,
    _ choice: LeadChoice, words: [String]
  ) {
    self.leads = leads
    self.judge = judge
    accounts = CutoffAccounts(timelines, judge)
    desk = Desk(judge)
    desk.foretells = true
    counts = InteractionCounts(judge.definition)
    (word, cell, choosesAll) =
      switch choice {
      case .all: (nil, nil, true)
      case .outcome(let word): (words.firstIndex(of: word).map(Int64.init), nil, false)
      case .cell(let cell, let value): (nil, (cell, value), false)
      }
  }

  func fold(_ task: Int) {
    leads.forEachLead(ofTask: task) { _, cutoff in
      let isChosen: Bool
      if cell != nil || judge.excludes {
        desk.asOf = cutoff.asOf
        judge.judge(
          leads.history, desk, accounts: accounts.attributes(of: leads.history, at: cutoff))
        if judge.excludes, desk.cells[judge.layout.excluded] == 1 { return }
      } else {
        // Who is chosen by an outcome need not be judged.
        judge.countInteractions(leads.history, desk)
      }
      if let cell {
        isChosen = desk.cells[cell.cell] == cell.value
      } else {
        isChosen = choosesAll || cutoff.word == word
      }
      counts.count(desk.cells, judge.layout.lifetime, isChosen: isChosen)
    }
  }
}
