import Definition
import Engine
import Judging
import Snapshots
import Tables

/// One of the definitions that are tried on a gathered log.
struct Variant: Sendable {
  let judge: Judge
  let roll: AccountRoll

  init(_ judge: Judge) {
    self.judge = judge
    roll = AccountRoll(judge)
  }

  /// What its results would be written as, but for the names of accounts.
  var tables: [Table] { ResultTables(judge, accountNames: nil).ofLeads }
  var names: ResultNames { ResultNames(tables) }
}

extension GatheredLog {
  /// `definition`: one that reads the log as this one was gathered.
  func variant(_ definition: Definition) -> Variant { Variant(judge(definition)) }
}
