/// The final name of every key that a merge names.
///
/// "Merges chain (a→b, b→c) and may form cycles: keys connected by merges are one lead, named by
/// the `lead` of the latest merge of the group."
func finalNames(merges: [Event]) -> [Text: Text] {
  let counted = withoutCopies(merges)
  var names: [Text: Text] = [:]
  for merge in counted {
    guard let lead = merge.lead, names[lead] == nil else { continue }
    let group = connected(to: lead, by: counted)
    let ofGroup = counted.filter { $0.lead.map { group.contains($0) } ?? false }
    guard let latest = ofGroup.last?.lead else { continue }
    for key in group { names[key] = latest }
  }
  return names
}

// The merges in order, without copies: "Copies of a merge (same `id`, `lead` and `from`) count
// once, as the first."
private func withoutCopies(_ merges: [Event]) -> [Event] {
  var seen: Set<[Text?]> = []
  return merges.sorted { $0.precedes($1) }.filter {
    seen.insert([$0.id, $0.lead, $0.from]).inserted
  }
}
