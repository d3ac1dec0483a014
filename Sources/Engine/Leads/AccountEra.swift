import Identity
import Notation
import Reading

/// A time in which nothing changed which accounts are one, and what of them was taken back.
package struct AccountEra: Sendable {
  /// From this time on; from the beginning of all times where nothing began it.
  package let start: Milliseconds
  /// Before this time.
  package let end: Milliseconds
  /// The merges and withdraws that began it.
  package let begunBy: [EventPlace]
  /// The log's sheets, with the accounts that were one then.
  package let set: SheetSet
}

extension AccountEra {
  /// The last millisecond of it, up to a time.
  package func last(upTo time: Milliseconds) -> Milliseconds { min(end - 1, time) }

  /// All of time, where no accounts are ever one.
  package init(of log: GatheredLog) {
    self.init(start: .min, end: .max, begunBy: [], set: log.set)
  }
}

extension IdentityCourse {
  /// Returns the eras of a log, one behind the other, but for those that end at a time or before.
  package func accountEras(
    in log: GatheredLog, after time: Milliseconds = .min
  ) -> [AccountEra] {
    let tenures = accountTenures()
    var begunBy: [Milliseconds: Set<EventPlace>] = [:]
    for tenure in tenures {
      begunBy[tenure.start, default: []].formUnion(tenure.begunBy)
      begunBy[tenure.end, default: []].formUnion(tenure.endedBy)
    }
    let bounds = Set(begunBy.keys).union([.min, .max]).sorted()
    return zip(bounds, bounds.dropFirst()).filter { $1 > time }.map { start, end in
      let groups = tenures.filter { $0.start <= start && start < $0.end }.map {
        KeyGroup(name: $0.name, members: $0.members)
      }
      return AccountEra(
        start: start, end: end, begunBy: (begunBy[start] ?? []).sorted(),
        set: log.set.joining(groups))
    }
  }
}
