import Notation
import Reading

/// A withdraw as the whole log has it: its key by the number among the affected, its place in the log.
struct PlacedWithdraw: Sendable {
  var withdraw: WithdrawEntry
  var sheet: Int
  /// Its number among those of the sheet.
  var index: Int
  var key: Int

  /// The order of events.
  func precedes(_ other: PlacedWithdraw) -> Bool {
    (withdraw.time, sheet, withdraw.line) < (other.withdraw.time, other.sheet, other.withdraw.line)
  }
}

/// Which ids are taken back, by the key that the withdraws name, by its number among the affected.
package struct Withdrawals: Sendable, Equatable {
  private var byKey: [Int: Set<UInt64>] = [:]

  /// `keys`: those whose rows have withdraws among them, whether these count or not.
  init(_ withdraws: some Sequence<PlacedWithdraw>, keys: some Sequence<Int> = EmptyCollection()) {
    for key in keys { byKey[key] = [] }
    for placed in withdraws { byKey[placed.key, default: []].insert(placed.withdraw.named) }
  }

  var isEmpty: Bool { byKey.isEmpty }

  func isNamed(_ key: Int) -> Bool { byKey[key] != nil }

  func ids(of key: Int) -> Set<UInt64> { byKey[key] ?? [] }

  /// Those of all keys of a lead, or of an account.
  func ids(ofGroup keys: some Collection<Int>) -> Set<UInt64> {
    if byKey.isEmpty { return [] }
    var all: Set<UInt64> = []
    for key in keys {
      if let ids = byKey[key] { if all.isEmpty { all = ids } else { all.formUnion(ids) } }
    }
    return all
  }

  /// Whether a merge is taken back: by its own key, not by the name of its lead.
  func contain(_ merge: PlacedMerge) -> Bool {
    byKey[merge.lead]?.contains(merge.merge.id) ?? false
  }
}
