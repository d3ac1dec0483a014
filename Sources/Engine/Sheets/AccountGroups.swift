import Identity
import Reading
import Tables

/// Which accounts are one, and what of their profiles does not count; accounts by their numbers.
package struct AccountGroups: Sendable {
  /// By account, the one that it is in the end; none where each is its own.
  private var finals: [UInt32] = []
  /// By the account that stays: whose profiles are its own, of all that are one, or lose some of their rows.
  private var members: [Int: [KeyMember]] = [:]

  init() {}

  /// `groups`: their names begin as keys of accounts do.
  init(_ groups: [KeyGroup], among accounts: KeyList, in views: UnsafePointer<SheetView>) {
    if groups.isEmpty { return }
    // By account, its group, and whether it is the one that stays.
    var places: [[UInt8]: (group: Int, stays: Bool)] = [:]
    for (index, group) in groups.enumerated() {
      for place in group.members.lazy.flatMap(\.places) {
        let key = views[Int(place.sheet)].key(Int(place.key))
        places[Array(key.dropFirst())] = (index, false)
      }
      places[Array(group.name.dropFirst())] = (index, true)
    }
    let found = (0..<accounts.count).map { places[Array(accounts[$0])] }
    var staying = [Int?](repeating: nil, count: groups.count)
    for (account, place) in found.enumerated() {
      if let place, place.stays { staying[place.group] = account }
    }
    finals = found.enumerated().map { account, place in
      UInt32(place.flatMap { staying[$0.group] } ?? account)
    }
    for (group, account) in zip(groups, staying) {
      if let account { members[account] = group.members }
    }
  }

  /// Whether each account is its own, and all of its rows count.
  var areTrivial: Bool { finals.isEmpty }

  /// The account that one is in the end.
  @inline(__always)
  package func final(_ account: Int) -> Int {
    finals.isEmpty ? account : Int(finals[account])
  }

  /// The keys whose profiles are an account's; nil where these are its own alone, and all of them count.
  func members(of account: Int) -> [KeyMember]? {
    if finals.isEmpty { return nil }
    return final(account) == account ? members[account] : []
  }
}

extension SheetSet {
  /// Calls back with where the profiles of an account, and of those that are one with it, stand.
  func forEachProfile(of account: Int, _ body: (KeyPlace, KeyLosses?) -> Void) {
    guard let members = accountGroups.members(of: account) else {
      for place in profiles.of(account: account) { body(place, nil) }
      return
    }
    for member in members {
      for place in member.places { body(place, member.losses) }
    }
  }

  /// Where the profiles of an account stand, and of those that are one with it.
  package func profileMembers(of account: Int) -> [KeyMember] {
    accountGroups.members(of: account)
      ?? [KeyMember(places: Array(profiles.of(account: account)), losses: nil)]
  }
}
