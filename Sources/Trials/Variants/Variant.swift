import Definition
import Engine
import Judging

/// One of the definitions that are tried on a gathered log.
struct Variant: Sendable {
  let judge: Judge
  let roll: AccountRoll

  init(_ judge: Judge) {
    self.judge = judge
    roll = AccountRoll(judge)
  }
}

extension GatheredLog {
  /// `definition`: one that reads the log as this one was gathered.
  func variant(_ definition: Definition) -> Variant { Variant(judge(definition)) }
}
