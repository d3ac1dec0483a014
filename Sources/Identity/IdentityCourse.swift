import Definition
import Notation
import Reading

/// All that the sheets of a log say of who is who, at any time up to the as-of.
package final class IdentityCourse: Sendable {
  let affected: AffectedKeys
  let places: PlacesByKey
  let erasures: Erasures
  let known: KnownSheets
  let sheets: [Sheet]
  let sieve: MergeSieve
  /// Those that there are, taken back later or not, in the order of events.
  let merges: [PlacedMerge]
  /// Those that count sooner or later, in the order of events.
  let withdraws: [PlacedWithdraw]
  /// By key, the same.
  let withdrawsByKey: [Int: [PlacedWithdraw]]
  let withdrawing: [Int]

  /// `sheets`: of the whole log, on which forgets are worked out.
  ///
  /// `isKnown`: of each sheet; all are unless told otherwise.
  package init(
    _ definition: Definition, sheets: [Sheet], isKnown: [Bool]? = nil, asOf: Milliseconds,
    jobs: Int = 1
  ) throws {
    let rules = MergeRules(definition)
    let known = KnownSheets(count: sheets.count, isKnown: isKnown)
    let affected = AffectedKeys(sheets)
    let places = try affected.places(in: sheets, jobs: jobs)
    let erasures = affected.erasures(places, sheets, rules, isSeen: { _ in true })
    let part = KnownPart(asOf: asOf, isKnown: known.isKnown)
    let withdraws = affected.withdraws.filter { part.sees($0) && !erasures.cover($0) }
    merges = affected.merges.filter { part.sees($0) && !erasures.cover($0) }
    sieve = affected.sieve(rules)
    withdrawing = affected.withdraws.map(\.key)
    withdrawsByKey = Dictionary(grouping: withdraws, by: \.key)
    (self.affected, self.places, self.erasures) = (affected, places, erasures)
    (self.known, self.sheets, self.withdraws) = (known, sheets, withdraws)
  }

  /// Whether anything is ever taken back.
  package var takesBack: Bool { !withdraws.isEmpty }

  /// What some keys' withdraws have taken back by a time.
  func withdrawals(of keys: some Collection<Int>, at time: Milliseconds) -> Withdrawals {
    if withdrawing.isEmpty { return Withdrawals([]) }
    return Withdrawals(
      keys.flatMap { withdrawsByKey[$0] ?? [] }.filter { $0.withdraw.time <= time },
      keys: withdrawing)
  }

  /// Some keys that are one, as they are with what has been taken back by a time.
  func members(_ keys: some Collection<Int>, at time: Milliseconds) -> [KeyMember] {
    zip(keys, KeyLosses.all(of: keys, erasures, withdrawals(of: keys, at: time))).map {
      KeyMember(
        places: known.numbered(places.of(key: $0)), losses: $1?.numbered(known))
    }
  }

  /// Where the merges stand that join as of a time, known ones alone.
  package func joining(at time: Milliseconds) -> Set<EventPlace> {
    let taken = Withdrawals(withdraws.filter { $0.withdraw.time <= time })
    let there = merges.filter { $0.merge.time <= time && !taken.contain($0) }
    return Set(sieve.joining(there).merges.compactMap(place))
  }

  /// Where something stands; nil where it is not known.
  func place(sheet: Int, line: UInt32) -> EventPlace? {
    known.number(of: sheet).map {
      EventPlace(sheet: $0, line: UInt32(clamping: sheets[sheet].lineBase) &+ line)
    }
  }

  func place(_ merge: PlacedMerge) -> EventPlace? {
    place(sheet: Int(merge.segment), line: merge.merge.line)
  }

  func place(_ placed: PlacedWithdraw) -> EventPlace? {
    place(sheet: placed.sheet, line: placed.withdraw.line)
  }

  /// The withdraws of some keys after one time and before another that name a row of them, by time.
  func turns(
    of keys: some Collection<Int>, after start: Milliseconds, before end: Milliseconds
  ) -> [(time: Milliseconds, places: [EventPlace])] {
    if withdraws.isEmpty { return [] }
    let meant = keys.flatMap { withdrawsByKey[$0] ?? [] }
      .filter { $0.withdraw.time > start && $0.withdraw.time < end }
    if meant.isEmpty { return [] }
    let named = Set(meant.map(\.withdraw.named))
    var met: Set<UInt64> = []
    for place in keys.lazy.flatMap({ self.places.of(key: $0) }) {
      for row in sheets[Int(place.sheet)].rows(of: Int(place.key)) where named.contains(row.id) {
        met.insert(row.id)
      }
    }
    let turns = meant.filter { met.contains($0.withdraw.named) }
    return Dictionary(grouping: turns, by: \.withdraw.time).sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.compactMap(place)) }
  }
}
