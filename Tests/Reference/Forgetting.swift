/// Where the events stand that a forget erases.
///
/// Forgets are worked out "whatever the as-of", each on the whole log, and none undoes another.
func erasedPlaces(forgets: [Event], others: [Event]) -> Set<Place> {
  var erased: Set<Place> = []
  for forget in forgets {
    let keys = reach(of: forget, others: others)
    let ofTheseKeys = others.filter { event in event.lead.map { keys.contains($0) } ?? false }
    // "each event of these keys with a `time` up to the forget's is erased"
    let direct = ofTheseKeys.filter { $0.time <= forget.time }
    // "and so is each later copy, the same `id` under one of these keys."
    let ids = Set(direct.map(\.id))
    let copies = ofTheseKeys.filter { $0.time > forget.time && ids.contains($0.id) }
    for event in direct + copies { erased.insert(event.place) }
  }
  return erased
}

// "A forget reaches its `lead` and every key that merges up to the forget's `time` join to it
// (merges that another forget erases too), whatever the as-of"
private func reach(of forget: Event, others: [Event]) -> Set<Text> {
  guard let lead = forget.lead else { return [] }
  let merges = others.filter { $0.special == .merge && $0.time <= forget.time }
  return connected(to: lead, by: merges)
}

/// The keys that merges connect to one, by whatever way, itself included.
func connected(to key: Text, by merges: [Event]) -> Set<Text> {
  var reached: Set<Text> = [key]
  var grown = true
  while grown {
    grown = false
    for merge in merges {
      guard let lead = merge.lead, let from = merge.from else { continue }
      if reached.contains(lead) != reached.contains(from) {
        reached.formUnion([lead, from])
        grown = true
      }
    }
  }
  return reached
}
