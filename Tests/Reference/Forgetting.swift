/// Where the events stand that a forget erases.
///
/// Forgets are worked out "whatever as-of and known-at", each on the whole log, and none undoes
/// another; what they erase is among the known events.
func erasedPlaces(_ log: [Event], _ identity: Identity) -> Set<Place> {
  let known = log.filter { $0.isKnown && $0.special != .forget }
  var erased: Set<Place> = []
  for forget in log where forget.special == .forget {
    let keys = reach(of: forget, log, identity)
    func isReached(_ key: Text?) -> Bool { key.map { keys.contains($0) } ?? false }
    let ofTheseKeys = known.filter { isReached($0.lead) }
    // "Events of reached keys up to the forget's time, merges and withdraws included"
    let direct = ofTheseKeys.filter { $0.time <= forget.time }
    // "merges up to then that name one as `from`"
    let naming = known.filter {
      $0.special == .merge && $0.time <= forget.time && isReached($0.from)
    }
    // "and later copies (the id of an erased event that itself stands under a reached key)"
    let ids = Set(direct.map(\.id))
    let copies = ofTheseKeys.filter { $0.time > forget.time && ids.contains($0.id) }
    for event in direct + naming + copies { erased.insert(event.place) }
  }
  return erased
}

// "Each reaches its key and the keys that are one lead with it by the merges up to its time that
// join, whatever as-of and known-at, other forgets notwithstanding; merges that any withdraw in the
// log names do not join here."
private func reach(of forget: Event, _ log: [Event], _ identity: Identity) -> Set<Text> {
  guard let lead = forget.lead else { return [] }
  let withdraws = log.filter { $0.special == .withdraw }
  let merges = log.filter { merge in
    merge.special == .merge && merge.time <= forget.time
      && !withdraws.contains { $0.withdraws(merge) }
  }
  return connected(to: lead, by: identity.joining(merges).links)
}

extension Event {
  /// Whether this withdraw names a merge or an account merge: "by the merge's own `lead` or
  /// `account`, not its final name".
  func withdraws(_ merge: Event) -> Bool {
    guard special == .withdraw, withdrawn == merge.id else { return false }
    switch merge.special {
    case .merge: return lead == merge.lead
    // "with both, about the lead"
    case .accountMerge: return lead == nil && account == merge.account
    default: return false
    }
  }
}
