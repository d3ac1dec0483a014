/// The used events, each under the lead or the account that it is of.
struct Sifted {
  /// By the final name of the lead, in the lead's order.
  var leads: [Text: [Event]] = [:]
  /// The used account profiles by the final name of the account, in order.
  var accounts: [Text: [Event]] = [:]
  /// The final name of each account that a merge joins.
  var accountNames: [Text: Text] = [:]
  /// How many keys each lead of several has.
  var groups: [Text: Int] = [:]
}

/// Whom an event is about in the end.
private enum Owner: Hashable {
  case lead(Text)
  case account(Text)
}

/// Passes the events of a log through the steps, from the forgets to what is used.
///
/// `whole`: what erasures are worked out on; the same unless told otherwise.
func sift(
  _ log: [Event], definition: Definition, asOf: Int, erasing whole: [Event]? = nil,
  _ counts: inout ReferenceCounts
) -> Sifted {
  let known = log.filter(\.isKnown)
  counts.forgets = known.filter { $0.special == .forget }.count
  let others = known.filter { $0.special != .forget }
  let erased = erasedPlaces(whole ?? log, definition.identity)
  let kept = others.filter { !erased.contains($0.place) }
  counts.erased = others.count - kept.count

  // "Events after T: *future*."
  let present = kept.filter { $0.time <= asOf }
  counts.future = kept.count - present.count

  let withdraws = present.filter { $0.special == .withdraw }
  counts.withdraws = withdraws.count
  var effective: Set<Place> = []
  // "A merge or account merge that one of them names likewise is *withdrawn*."
  let said = present.filter { event in
    if event.special == .withdraw { return false }
    let naming = withdraws.filter { $0.withdraws(event) }
    effective.formUnion(naming.map(\.place))
    return naming.isEmpty
  }

  let joining = definition.identity.joining(said.filter { $0.special == .merge })
  let accountJoining = Identity.ofAccounts.joining(said.filter { $0.special == .accountMerge })
  let leadNames = finalNames(joining.links)
  var sifted = Sifted()
  sifted.accountNames = finalNames(accountJoining.links)
  sifted.groups = leadNames.reduce(into: [:]) { $0[$1.value, default: 0] += 1 }
  counts.notJoined = joining.heldBack

  func owner(_ event: Event) -> Owner? {
    if let lead = event.lead { return .lead(leadNames[lead] ?? lead) }
    return event.account.map { .account(sifted.accountNames[$0] ?? $0) }
  }
  // "Any event but merges and account merges whose final lead (`account_profile`: final account) has
  // a withdraw of its id is *withdrawn*."
  let remaining = said.filter { event in
    if Link(event) != nil { return true }
    let naming = withdraws.filter { $0.withdrawn == event.id && owner($0) == owner(event) }
    effective.formUnion(naming.map(\.place))
    return naming.isEmpty
  }
  counts.withdrawn = present.count - withdraws.count - remaining.count
  // "A withdraw that meets nothing counts as `without effect`"
  counts.withdrawsWithoutEffect = withdraws.filter { !effective.contains($0.place) }.count

  var owned: [Owner: [Event]] = [:]
  for event in remaining.sorted(by: { $0.precedes($1) }) {
    if let owner = owner(event) { owned[owner, default: []].append(event) }
  }
  for (owner, events) in owned {
    let used = withoutDuplicates(events, definition: definition, &counts)
    counts.used += used.count
    switch owner {
    case .lead(let name): sifted.leads[name] = used
    case .account(let name):
      // An account merge: "alone it makes no row in `accounts.csv`".
      let profiles = used.filter { $0.special == .accountProfile }
      if !profiles.isEmpty { sifted.accounts[name] = profiles }
    }
  }
  return sifted
}

// "Two events of the same final lead (for `account_profile` the same account) with the same `id`
// are one event: the first in the order below stays, the others are duplicates"
private func withoutDuplicates(
  _ ordered: [Event], definition: Definition, _ counts: inout ReferenceCounts
) -> [Event] {
  var firsts: [Text: Event] = [:]
  var kept: [Event] = []
  for event in ordered {
    if let first = firsts[event.id] {
      counts.duplicates += 1
      if conflict(first, event, definition: definition) { counts.conflicts += 1 }
    } else {
      firsts[event.id] = event
      kept.append(event)
    }
  }
  return kept
}

// "one that is an occurrence of other interactions than it, or not of the same one of the five
// types (or none), also counts as a conflict."
private func conflict(_ first: Event, _ other: Event, definition: Definition) -> Bool {
  if first.special != other.special { return true }
  return definition.interactions(of: first) != definition.interactions(of: other)
}
