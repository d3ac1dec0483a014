import Notation
import Reading

/// Which affected keys are one lead, or one account, and what of each does not count; keys by their numbers.
package struct ResolvedKeys: Sendable {
  package struct Group: Equatable, Sendable {
    package var name: Int
    package var members: [Int]
  }

  /// The leads.
  package var groups: [Group]
  package var accounts: [Group]
  package var erasures: Erasures
  package var withdrawals: Withdrawals
  /// How many merges the definition holds back.
  package var notJoined = 0
  /// Those that count, in the order of events, and the merges that there are, taken back or not.
  var withdraws: [PlacedWithdraw] = []
  var merges: [PlacedMerge] = []

  /// What each key of a group loses; nil where all of its rows count.
  package func losses(of group: Group) -> [KeyLosses?] {
    KeyLosses.all(of: group.members, erasures, withdrawals)
  }
}

/// Up to when something is there, and on which sheets, by their places in the log.
package struct KnownPart {
  package var asOf: Milliseconds
  package var isKnown: (Int) -> Bool

  package init(asOf: Milliseconds, isKnown: @escaping (Int) -> Bool) {
    self.asOf = asOf
    self.isKnown = isKnown
  }

  func sees(_ merge: PlacedMerge) -> Bool {
    merge.merge.time <= asOf && isKnown(Int(merge.segment))
  }

  func sees(_ placed: PlacedWithdraw) -> Bool {
    placed.withdraw.time <= asOf && isKnown(placed.sheet)
  }
}

extension AffectedKeys {
  /// Works out who is who.
  ///
  /// `part`: what there is.
  ///
  /// `isSeen`: whether forgets are worked out on a sheet, by its place in the log.
  package func resolve(
    _ places: PlacesByKey, _ sheets: [Sheet], _ rules: MergeRules, _ part: KnownPart,
    isSeen: (Int) -> Bool
  ) -> ResolvedKeys {
    resolve(
      erasures(places, sheets, rules, isSeen: isSeen), rules, merges: part, withdraws: part)
  }

  /// The same, where it has been worked out what is erased.
  ///
  /// `takingBack`: what merges are not there at all that only their part has, and not that of withdraws.
  package func resolve(
    _ erasures: Erasures, _ rules: MergeRules, merges part: KnownPart,
    withdraws otherPart: KnownPart,
    takingBack hidden: Withdrawals? = nil
  ) -> ResolvedKeys {
    let counting = withdraws.filter { otherPart.sees($0) && !erasures.cover($0) }
    let withdrawals = Withdrawals(counting, keys: withdraws.map(\.key))
    let present = merges.filter { merge in
      part.sees(merge) && !erasures.cover(merge)
        && (otherPart.sees(merge) || !(hidden?.contain(merge) ?? false))
    }
    let (joining, heldBack) = sieve(rules).joining(present.filter { !withdrawals.contain($0) })
    var resolved = ResolvedKeys(
      groups: [], accounts: [], erasures: erasures, withdrawals: withdrawals, notJoined: heldBack,
      withdraws: counting, merges: present)
    var names = Array(0..<count)
    var joined = Groups(count: count)
    for placed in joining {
      joined.join(placed.lead, placed.from)
      // Merges come in order, so the latest of a group names it.
      names[joined.root(of: placed.lead)] = placed.lead
    }
    for root in 0..<count where joined.root(of: root) == root {
      let group = ResolvedKeys.Group(name: names[root], members: joined.members(of: root))
      if isAccount(root) { resolved.accounts.append(group) } else { resolved.groups.append(group) }
    }
    return resolved
  }

  func sieve(_ rules: MergeRules) -> MergeSieve { MergeSieve(rules, names: names) }

  /// Works out what the forgets of some sheets erase, on these sheets alone.
  package func erasures(
    _ places: PlacesByKey, _ sheets: [Sheet], _ rules: MergeRules, isSeen: (Int) -> Bool
  ) -> Erasures {
    let forgets = forgets.filter { isSeen($0.sheet) }.map { ($0.key, $0.time) }
    if forgets.isEmpty { return Erasures() }
    let merges = merges.filter { isSeen(Int($0.segment)) }
    let named = Withdrawals(withdraws.filter { isSeen($0.sheet) })
    return Identity.erasures(
      forgets: forgets, merges: merges,
      joining: sieve(rules).joining(merges.filter { !named.contain($0) }).merges, keyCount: count,
      places: { places.of(key: $0).filter { isSeen(Int($0.sheet)) } }, sheets: sheets)
  }
}
