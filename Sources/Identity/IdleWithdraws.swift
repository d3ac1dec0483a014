import Definition
import Notation
import Reading

/// Withdraws that meet nothing: nobody of their lead or account has the id that they name.
package struct IdleWithdraws: Sendable {
  package struct Withdraw: Sendable {
    /// The id that it names.
    package var event: String
    /// Of the lead or, where it begins as such keys do, of the account.
    package var key: [UInt8]
    package var time: Milliseconds
  }

  package private(set) var count = 0
  /// The first of them, in the order of events.
  package private(set) var first: [Withdraw] = []

  /// More than these nobody would look at.
  private static let firstMax = 10

  package init() {}

  /// `part`: what there is.
  package init(
    _ resolved: ResolvedKeys, _ affected: AffectedKeys, _ places: PlacesByKey, _ sheets: [Sheet],
    _ part: KnownPart
  ) {
    if resolved.withdraws.isEmpty { return }
    let merges = Set(resolved.merges.map { Naming(key: $0.lead, id: $0.merge.id) })
    var groupOfKey: [Int: Int] = [:]
    var met: [Set<UInt64>] = []
    for group in resolved.groups + resolved.accounts {
      let named = resolved.withdrawals.ids(ofGroup: group.members)
      if named.isEmpty { continue }
      for key in group.members { groupOfKey[key] = met.count }
      met.append(
        zip(group.members, resolved.losses(of: group)).reduce(into: []) { met, member in
          let (key, losses) = member
          for place in places.of(key: key) where part.isKnown(Int(place.sheet)) {
            let sheet = sheets[Int(place.sheet)]
            for row in sheet.rows(of: Int(place.key)) where named.contains(row.id) {
              let kind = sheet.eventClasses[row.eventClass].kind
              if kind.joins { continue }
              let at = EventPlace(
                sheet: place.sheet, line: UInt32(clamping: sheet.lineBase) &+ row.line)
              if losses?.fate(of: row, at: at, kind, asOf: part.asOf) == .withdrawn {
                met.insert(row.id)
              }
            }
          }
        })
    }
    for placed in resolved.withdraws {
      let named = placed.withdraw.named
      let meets = groupOfKey[placed.key].map { met[$0].contains(named) } ?? false
      if meets || merges.contains(Naming(key: placed.key, id: named)) { continue }
      count += 1
      guard first.count < IdleWithdraws.firstMax else { continue }
      first.append(
        Withdraw(
          event: sheets[placed.sheet].withdrawnID(placed.index), key: affected.name(placed.key),
          time: placed.withdraw.time))
    }
  }

  private struct Naming: Hashable {
    var key: Int
    var id: UInt64
  }
}
