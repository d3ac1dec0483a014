import Definition
import Intake
import Judging
import Notation
import Reading
import Tables
import Workers

/// The judging of some leads: all that it takes, and nothing else, so that it can be done anywhere.
///
/// What several such tasks come to adds up in any order.
package struct JudgingTask: Sendable {
  package let definition: Definition
  package let asOf: Milliseconds
  /// Up to when the log is known; nil where it cannot tell.
  ///
  /// The sheets have nothing later.
  package let knownAt: Milliseconds?
  /// The leads' sheets, and the dictionaries that all tasks of a log share.
  package let set: SheetSet
  /// Which of their keys are one lead, and what of them does not count.
  package let identities: Identities
  package let profiles: AccountProfiles
  private let judge: Judge

  package init(_ log: GatheredLog, _ judge: Judge, knownAt: Milliseconds? = nil) {
    self.init(
      judge, knownAt: knownAt, set: log.set, identities: log.identities, profiles: log.profiles)
  }

  init(
    _ judge: Judge, knownAt: Milliseconds?, set: SheetSet, identities: Identities,
    profiles: AccountProfiles
  ) {
    definition = judge.definition
    asOf = judge.asOf
    self.judge = judge
    self.knownAt = knownAt
    self.set = set
    self.identities = identities
    self.profiles = profiles
  }

  /// The same judge for sheets that are numbered alike.
  func judge(on set: SheetSet) -> Judge {
    Judge(
      definition, set, attributes: judge.attributes, asOf: asOf, calendar: judge.calendar)
  }

  /// Judges every lead and adds it to its account: partitions side by side, leads of several keys after
  /// them.
  ///
  /// `rowWidth`: how many cells of each lead are kept, of those that are left out, too; those of a snapshot,
  /// and of no such lead, unless told otherwise.
  func judgeLeads(jobs: Int, rowWidth: Int? = nil) throws -> JudgedLeads {
    let roll = AccountRoll(judge)
    let count = LeadStream.taskCount(identities)
    let parts = Slots<JudgedPart>(count)
    let rolls = (0..<min(jobs, PartialRoll.countMax)).map { _ in
      PartialRoll(roll, accountCount: set.accounts.count)
    }
    try profiles.withAttributes(in: set) { accounts in
      try parallel(
        count, jobs: jobs,
        makeWorker: { number in
          FoldWorker(
            LeadStream(set, identities, asOf: asOf), judge, accounts,
            RollQueue(rolls[number % rolls.count], roll),
            rowWidth: rowWidth ?? judge.layout.storedCount, keepsExcluded: rowWidth != nil)
        }
      ) { worker, task in
        parts[task] = worker.fold(task)
      }
    }
    var leads = JudgedLeads(judge, roll, sums: rolls)
    for part in parts.elements { leads.take(part) }
    return leads
  }
}

/// What some leads come to: rows, sums and counts.
package struct JudgedLeads: Sendable {
  /// Their rows in the order in which they were judged.
  package private(set) var parts: [CellTable] = []
  /// The same of the leads that are left out, where that is wanted.
  package private(set) var excludedParts: [CellTable] = []
  package private(set) var fates = Fates()
  package private(set) var counts: JudgingCounts
  private(set) var census: LeadCensus
  /// By worker, what the leads add up to for their accounts.
  private var sums: [PartialRoll]
  private let roll: AccountRoll

  fileprivate init(_ judge: Judge, _ roll: AccountRoll, sums: [PartialRoll]) {
    self.roll = roll
    counts = JudgingCounts(judge.definition)
    census = LeadCensus(judge)
    self.sums = sums
  }

  package var count: Int { parts.reduce(0) { $0 + $1.count } }

  /// Closes the accounts that they add up to, once all leads of the log are there.
  ///
  /// Also tells by score of how many accounts the total is held, then the same of the accounts' own scores.
  package func accounts(of log: GatheredLog) throws -> (CellTable, held: [Int]) {
    try closeAccounts(sums, log.set, log.profiles, roll, jobs: log.jobs)
  }

  fileprivate mutating func take(_ part: JudgedPart) {
    parts.append(part.table)
    if let excluded = part.excluded { excludedParts.append(excluded) }
    fates += part.fates
    counts += part.counts
    census += part.census
  }

  /// Adds what other leads of the same log come to.
  package static func += (all: inout JudgedLeads, more: JudgedLeads) {
    all.parts += more.parts
    all.excludedParts += more.excludedParts
    all.fates += more.fates
    all.counts += more.counts
    all.census += more.census
    all.sums += more.sums
  }
}

/// What one partition of the leads came to.
private struct JudgedPart {
  var table: CellTable
  var excluded: CellTable?
  var fates: Fates
  var counts: JudgingCounts
  var census: LeadCensus
}

/// One worker of the fold: a desk that every lead uses again.
private final class FoldWorker {
  private let leads: LeadStream
  private let judge: Judge
  private let accounts: AccountAttributes
  private let roll: RollQueue
  private let desk: Desk
  /// The table of the task before: of all tasks they come to about the same size.
  private var last: CellTable
  private var census: LeadCensus
  private let keepsExcluded: Bool

  init(
    _ leads: LeadStream, _ judge: Judge, _ accounts: AccountAttributes, _ roll: RollQueue,
    rowWidth: Int, keepsExcluded: Bool
  ) {
    self.keepsExcluded = keepsExcluded
    self.leads = leads
    self.judge = judge
    self.accounts = accounts
    self.roll = roll
    last = CellTable(width: rowWidth)
    desk = Desk(judge)
    census = LeadCensus(judge)
  }

  func fold(_ task: Int) -> JudgedPart {
    let table = CellTable(asLargeAs: last)
    last = table
    let excluded = keepsExcluded ? CellTable(width: table.width) : nil
    var fates = LeadStream.LeadFates()
    // Kept for all leads, not retained for each.
    let (leads, history, judge, desk, roll) = (leads, leads.history, judge, desk, roll)
    leads.forEachLead(ofTask: task, &fates) { key in
      judge.judge(history, desk, accounts: accounts)
      if judge.excludes, desk.cells[judge.layout.excluded] == 1 {
        census.excluded += 1
        excluded?.append(key, desk.cells)
        return
      }
      census.count(desk.cells)
      if leads.keyCount > 1 { census.count(key, keyCount: leads.keyCount) }
      roll.add(desk.cells)
      if judge.showsMore { judge.show(desk) }
      table.append(key, desk.cells)
    }
    roll.flush()
    defer { census = LeadCensus(judge) }
    return JudgedPart(
      table: table, excluded: excluded, fates: fates.log, counts: desk.takeCounts(judge),
      census: census)
  }
}
