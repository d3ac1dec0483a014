@testable import Reference

/// How often random books reach what the later features do.
struct LaterStatistics {
  var ignored = 0
  var withdraws = 0
  var withdrawn = 0
  var withoutEffect = 0
  var notJoined = 0
  var excluded = 0
  var leads = 0
  var groups = 0
  var withoutValue = 0
  var cutLists = 0
  var touches = 0
  var entered = 0
  var reasons = 0
  var accountLists = 0
  var accountScores = 0
  var heldAccounts = 0

  mutating func add(_ result: ReferenceResult) {
    let found = result.counts
    ignored += found.ignored
    withdraws += found.withdraws
    withdrawn += found.withdrawn
    withoutEffect += found.withdrawsWithoutEffect
    notJoined += found.notJoined
    excluded += found.excluded
    leads += found.leads
    groups += found.largestGroups.count
    withoutValue += found.rules.values.flatMap(\.values).reduce(0) { $0 + $1.withoutValue }
    cutLists += found.inFile.filter { found.lists[$0.key] ?? 0 > $0.value }.count
    accountLists += found.accountLists.values.reduce(0, +)
    heldAccounts += found.heldAccounts.filter { $0.key.hasPrefix("raw.") }.values.reduce(0, +)
    for (path, text) in result.files {
      let header = text.prefix { $0 != "\n" }
      if header.contains(",touch.") { touches += 1 }
      if header.contains(",entered.") { entered += 1 }
      if header.contains(",reasons") && text.contains(" +") { reasons += 1 }
      if path == "accounts.csv" && header.contains(",raw.") { accountScores += 1 }
    }
  }
}
