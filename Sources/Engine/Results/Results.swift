import Definition
import Judging
import Notation
import Reading
import Tables

/// All that a log comes to under a definition, as of a time; nothing is written yet.
package struct Results: Sendable {
  package let judge: Judge
  package let leads: JudgedLeads
  package let accounts: CellTable
  /// By score, of how many accounts the total is held; then by score of accounts, of how many that is.
  let heldOfAccounts: [Int]
  /// What the leads were judged on.
  package let log: GatheredLog
  package let fates: Fates
  package var leadCount: Int { leads.count }
  package var accountNames: KeyList { log.set.accounts }

  /// Judges what was read: who is who, each account's profile, each lead, then the accounts.
  ///
  /// `sheets`: in the order of their segments.
  ///
  /// `isKnown`: of each sheet, whether it is known as of the known-at; all are unless told otherwise.
  ///
  /// `keepsEveryCell`: whether windows and attributes are kept, which no file has but examples ask
  /// about.
  package init(
    _ definition: Definition, sheets: [Sheet], isKnown: [Bool]? = nil, asOf: Milliseconds,
    knownAt: Milliseconds? = nil, jobs: Int, keepsEveryCell: Bool = false,
    calendar: LocalCalendar? = nil, clock: StageClock = StageClock()
  ) throws {
    let log = try GatheredLog(
      definition, sheets: sheets, isKnown: isKnown, asOf: asOf, jobs: jobs, calendar: calendar)
    let byteCount = sheets.reduce(0) { $0 + $1.region.count }
    clock.finish("join", bytes: byteCount, events: sheets.reduce(0) { $0 + $1.rowCount })
    try self.init(
      log, log.judge, knownAt: knownAt, keepsEveryCell: keepsEveryCell, byteCount: byteCount,
      clock: clock)
  }

  /// Judges a log that somebody keeps; `judge` is one of its own.
  package init(
    _ log: GatheredLog, _ judge: Judge, knownAt: Milliseconds? = nil, keepsEveryCell: Bool = false,
    byteCount: Int = 0, clock: StageClock = StageClock()
  ) throws {
    let leads = try JudgingTask(log, judge, knownAt: knownAt).judgeLeads(
      jobs: log.jobs, rowWidth: keepsEveryCell ? judge.layout.cellCount : nil)
    clock.finish("fold", bytes: byteCount, events: leads.fates.used)
    self.judge = judge
    self.log = log
    self.leads = leads
    (accounts, heldOfAccounts) = try leads.accounts(of: log)
    var fates = leads.fates
    fates += log.profiles.fates
    fates.forgets = log.identities.forgetCount
    self.fates = fates
    clock.finish("roll up", bytes: 0, events: leads.count)
  }

  package init(
    _ definition: Definition, _ sheets: LogSheets, asOf: Milliseconds,
    knownAt: Milliseconds? = nil, jobs: Int, clock: StageClock = StageClock()
  ) throws {
    try self.init(
      definition, sheets: sheets.all, isKnown: sheets.isKnown, asOf: asOf, knownAt: knownAt,
      jobs: jobs, clock: clock)
  }
}

extension Results {
  package var tables: ResultTables { ResultTables(judge, accountNames: accountNames) }

  /// The tables of a snapshot.
  package var tableGroups: [TableGroup] {
    let tables = tables
    return [
      TableGroup(tables.ofLeads, of: leads.parts), TableGroup(tables.ofAccounts, of: [accounts]),
    ]
  }
}
