import Definition
import Notation
import Reading

/// What of one key's rows does not count: what a forget erases, and what withdraws take back.
package struct KeyLosses: Sendable, Equatable {
  package var erasure: Erasure?
  /// Its merges that a forget of their other key erases.
  var erasedMerges: Set<EventPlace> = []
  /// The ids of its own merges that are taken back.
  var withdrawnMerges: Set<UInt64> = []
  /// The ids that are taken back from the lead or account that it belongs to, which merges are not among.
  package var withdrawn: Set<UInt64> = []

  init() {}

  /// What is erased of a key alone; nil where nothing is.
  package init?(of key: Int, _ erasures: Erasures) {
    erasure = erasures[key]
    erasedMerges = erasures.merges(of: key)
    if self == KeyLosses() { return nil }
  }

  /// Of some keys that are one lead, or one account, what each loses; nil where all of its rows count.
  package static func all(
    of keys: some Collection<Int>, _ erasures: Erasures, _ withdrawals: Withdrawals
  ) -> [KeyLosses?] {
    let withdrawn = withdrawals.ids(ofGroup: keys)
    return keys.map { key in
      var losses = KeyLosses(of: key, erasures)
      // A withdraw is no event of its lead, even one that does not count.
      if !withdrawn.isEmpty || withdrawals.isNamed(key) {
        losses = losses ?? KeyLosses()
        losses?.withdrawnMerges = withdrawals.ids(of: key)
        losses?.withdrawn = withdrawn
      }
      return losses
    }
  }
}

/// What becomes of a row before it is looked at who else has its id.
package enum RowFate {
  case kept, erased, future, withdraw, withdrawn
}

extension KeyLosses {
  /// `place`: where the row stands.
  package func fate(
    of row: SheetRow, at place: EventPlace, _ kind: EventKind, asOf: Milliseconds
  ) -> RowFate {
    if let erasure, erasure.covers(time: row.time, id: row.id) { return .erased }
    if kind.joins, erasedMerges.contains(place) { return .erased }
    if row.time > asOf { return .future }
    if kind == .withdraw { return .withdraw }
    let isWithdrawn = (kind.joins ? withdrawnMerges : withdrawn).contains(row.id)
    return isWithdrawn ? .withdrawn : .kept
  }

  /// The same losses, with places as somebody else numbers them; those that he has not are left out.
  package func numbered(_ known: KnownSheets) -> KeyLosses {
    var losses = self
    losses.erasedMerges = Set(
      erasedMerges.compactMap { place in
        known.number(of: Int(place.sheet)).map { EventPlace(sheet: $0, line: place.line) }
      })
    return losses
  }
}
