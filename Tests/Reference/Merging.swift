/// A merge of two keys of leads, or of two accounts.
struct Link {
  var event: Event
  /// The name that stays.
  var name: Text
  var from: Text

  init?(_ event: Event) {
    let name = event.special == .accountMerge ? event.account : event.lead
    guard event.special == .merge || event.special == .accountMerge, let name,
      let from = event.from
    else { return nil }
    self.event = event
    self.name = name
    self.from = from
  }
}

/// What a definition says about who is one.
struct Identity {
  var keepsFirst = false
  var never: [Text] = []
  /// Whether a merge of a key with itself names its group, as it did in the first edition.
  var selfMergesName = false

  init(_ root: Yaml, _ reading: Reading, _ features: Set<Feature>) {
    keepsFirst = root["identity"]?["merges"]?.written == "keep-first"
    // "Keys that people type (…, patterns of `never`, …) are treated alike."
    never = (root["identity"]?["never"]?.items ?? [])
      .compactMap { $0.written.map { reading.leadKeys.normalised(Text($0)) } }
    selfMergesName = !features.contains(.selfMerges)
  }

  /// What account merges go by: "all of them join, but one of an account with itself".
  static let ofAccounts: Identity = Identity(.map([]), Reading(), Feature.all)

  // "The other merges, by (time, place): copies count once, as the first; then those that join"
  func joining(_ events: [Event]) -> (links: [Link], heldBack: Int) {
    var links: [Link] = []
    var heldBack = 0
    for link in withoutCopies(events).compactMap({ Link($0) }) {
      // "A merge of a key with itself joins and names nothing"
      if link.name == link.from && !selfMergesName { continue }
      // "a merge of which either key matches a pattern joins and names nothing."
      let isNever = [link.name, link.from].contains { key in
        never.contains { glob($0, matches: key) }
      }
      // "one whose `from` was joined before by another `lead` (compared as keys) joins and names
      // nothing"; "Only a merge that joined stands in another's way."
      let isTaken = keepsFirst && links.contains { $0.from == link.from && $0.name != link.name }
      if isNever || isTaken { heldBack += 1 } else { links.append(link) }
    }
    return (links, heldBack)
  }
}

/// The final name of every key that a merge joins: "named by the `lead` of the latest merge of the
/// group", the latest that joined.
func finalNames(_ links: [Link]) -> [Text: Text] {
  var names: [Text: Text] = [:]
  for link in links where names[link.name] == nil {
    let group = connected(to: link.name, by: links)
    guard let latest = links.last(where: { group.contains($0.name) })?.name else { continue }
    for key in group { names[key] = latest }
  }
  return names
}

/// The keys that merges connect to one, by whatever way, itself included.
func connected(to key: Text, by links: [Link]) -> Set<Text> {
  var reached: Set<Text> = [key]
  var grown = true
  while grown {
    grown = false
    for link in links where reached.contains(link.name) != reached.contains(link.from) {
      reached.formUnion([link.name, link.from])
      grown = true
    }
  }
  return reached
}

// The merges in order, without copies: "Copies of a merge (same `id`, `lead` and `from`) count
// once, as the first."
private func withoutCopies(_ merges: [Event]) -> [Event] {
  var seen: Set<[Text?]> = []
  return merges.sorted { $0.precedes($1) }.filter {
    seen.insert([$0.id, $0.lead ?? $0.account, $0.from]).inserted
  }
}
