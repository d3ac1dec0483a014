/// The used events, each under the lead or the account that it is of.
struct Sifted {
  /// By the final name of the lead, in the lead's order.
  var leads: [Text: [Event]]
  /// The used account profiles by account, in order.
  var accounts: [Text: [Event]]
}

/// "An event passes these steps in this order": forgets, erased, future, duplicates, used.
func sift(
  _ events: [Event], definition: Definition, asOf: Int, _ counts: inout ReferenceCounts
) -> Sifted {
  let forgets = events.filter { $0.special == .forget }
  let others = events.filter { $0.special != .forget }
  counts.forgets = forgets.count

  let erased = erasedPlaces(forgets: forgets, others: others)
  let kept = others.filter { !erased.contains($0.place) }
  counts.erased = others.count - kept.count

  // "only events with `time` ≤ as-of exist; the others are counted as future."
  let present = kept.filter { $0.time <= asOf }
  counts.future = kept.count - present.count

  let names = finalNames(merges: present.filter { $0.special == .merge })
  var leads: [Text: [Event]] = [:]
  var accounts: [Text: [Event]] = [:]
  for event in present.sorted(by: { $0.precedes($1) }) {
    if let lead = event.lead {
      leads[names[lead] ?? lead, default: []].append(event)
    } else if let account = event.account {
      accounts[account, default: []].append(event)
    }
  }
  let sifted = Sifted(
    leads: leads.mapValues { withoutDuplicates($0, definition: definition, &counts) },
    accounts: accounts.mapValues { withoutDuplicates($0, definition: definition, &counts) })
  for events in Array(sifted.leads.values) + Array(sifted.accounts.values) {
    counts.used += events.count
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
