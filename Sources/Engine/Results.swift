import Definition
import Judging
import Reading
import Snapshots

/// All that a log comes to under a definition, as of a time; nothing is written yet.
package struct Results: Sendable {
  package let judge: Judge
  let leads: JudgedLeads
  package let accounts: CellTable
  /// By score, of how many accounts the total is held.
  let heldTotals: [Int]
  let accountNames: KeyList
  /// What the leads were judged on.
  let ground: Preparation
  package let fates: Fates
  package var leadCount: Int { leads.count }

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
    jobs: Int, keepsEveryCell: Bool = false, calendar: LocalCalendar? = nil,
    clock: StageClock = StageClock()
  ) throws {
    let ground = try Preparation(
      definition, sheets: sheets, isKnown: isKnown, asOf: asOf, jobs: jobs, calendar: calendar)
    let (set, judge, profiles) = (ground.set, ground.judge, ground.profiles)
    let roll = AccountRoll(judge)
    let sheetByteCount = sheets.reduce(0) { $0 + $1.region.count }
    clock.finish("join", bytes: sheetByteCount, events: sheets.reduce(0) { $0 + $1.rowCount })
    let (leads, rolls) = try ground.withAccounts { accounts in
      try foldLeads(
        set, ground.identities, judge, accounts: accounts, roll, jobs: jobs,
        rowWidth: keepsEveryCell ? judge.layout.cellCount : judge.layout.storedCount)
    }
    clock.finish("fold", bytes: sheetByteCount, events: leads.fates.used)
    self.judge = judge
    self.ground = ground
    self.leads = leads
    (accounts, heldTotals) = try closeAccounts(rolls, set, profiles, roll, jobs: jobs)
    accountNames = set.accounts
    var fates = leads.fates
    fates += profiles.fates
    fates.forgets = ground.identities.forgetCount
    self.fates = fates
    clock.finish("roll up", bytes: 0, events: leads.count)
  }
}
