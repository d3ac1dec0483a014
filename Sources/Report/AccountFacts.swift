import Definition
import Snapshots

/// An account as `accounts.csv` has it, among the first to be looked at.
struct AccountFacts {
  var key: [UInt8]
  var leads: Int
  var engaged: Int
  /// Of the first score; nil without one.
  var total: Int64?
  var isReady: Bool?

  static let firstMax = 12

  fileprivate func precedes(_ other: AccountFacts) -> Bool {
    if (isReady == true) != (other.isReady == true) { return isReady == true }
    return (total ?? .min) > (other.total ?? .min)
  }
}

/// Returns the first accounts: those that are ready, the highest totals first.
func readAccounts(
  _ snapshot: PublishedSnapshot, _ manifest: Manifest, _ definition: Definition,
  _ choices: ReportChoices, _ plan: ReportPlan
) throws -> [AccountFacts] {
  let rows = try CSVReader("\(snapshot.path)/accounts.csv")
  func column(_ name: String) -> Int { rows.header.firstIndex(of: name) ?? -1 }
  let (leads, engaged, ready) = (column("leads"), column("engaged"), column("ready"))
  let total = definition.scores.first.map { column("total.\($0.name)") } ?? -1
  var best: [AccountFacts] = []
  while rows.row != nil {
    let isReady = rows[ready].isEmpty ? nil : rows[ready].elementsEqual("true".utf8)
    let account = AccountFacts(
      key: [], leads: 0, engaged: 0, total: wholeNumber(rows[total]), isReady: isReady)
    if best.count < AccountFacts.firstMax || account.precedes(best[best.count - 1]) {
      var account = account
      account.key = Array(rows.key)
      account.leads = wholeNumber(rows[leads]).map(Int.init) ?? 0
      account.engaged = wholeNumber(rows[engaged]).map(Int.init) ?? 0
      best.insert(account, at: best.firstIndex { account.precedes($0) } ?? best.count)
      if best.count > AccountFacts.firstMax { best.removeLast() }
    }
    try rows.next()
  }
  try snapshot.check("accounts.csv", manifest)
  return best
}
