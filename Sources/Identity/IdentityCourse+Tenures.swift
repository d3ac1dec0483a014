import Notation
import Reading

extension IdentityCourse {
  /// Returns all tenures of all leads.
  package func tenures() -> [Tenure] { affectedTenures() + ungrouped() }

  /// Returns those of leads that merges, forgets or withdraws concern.
  package func affectedTenures() -> [Tenure] {
    let tenures = tenures { !affected.isAccount($0) }
    return withdraws.isEmpty ? tenures : tenures.flatMap(divided)
  }

  /// Returns all tenures of all accounts that merges or withdraws concern.
  package func accountTenures() -> [Tenure] {
    let tenures = tenures { affected.isAccount($0) }
    return withdraws.isEmpty ? tenures : tenures.flatMap(divided)
  }

  private func tenures(of isMeant: (Int) -> Bool) -> [Tenure] {
    let keys = (0..<affected.count).filter(isMeant)
    let merges = merges.filter { isMeant($0.lead) }
    let takenBack = merges.filter { merge in
      withdrawsByKey[merge.lead]?.contains { $0.withdraw.named == merge.merge.id } ?? false
    }
    if takenBack.isEmpty { return growing(keys, merges) }
    // Where a merge is taken back, leads come apart again; all others only ever grow.
    var components = Groups(count: affected.count)
    for merge in merges { components.join(merge.lead, merge.from) }
    let changing = Set(takenBack.map { components.root(of: $0.lead) })
    var tenures = growing(
      keys.filter { !changing.contains(components.root(of: $0)) },
      merges.filter { !changing.contains(components.root(of: $0.lead)) })
    let mergesOf = Dictionary(grouping: merges) { components.root(of: $0.lead) }
    for root in changing.sorted() {
      tenures += self.changing(components.members(of: root), mergesOf[root] ?? [])
    }
    return tenures
  }

  /// The tenures of leads that only ever grow.
  private func growing(_ keys: [Int], _ merges: [PlacedMerge]) -> [Tenure] {
    let merges = sieve.joining(merges).merges
    var lineages = Lineages(self, keys)
    var next = 0
    while next < merges.count {
      let together = merges[next...].prefix { $0.merge.time == merges[next].merge.time }
      lineages.join(together, at: merges[next].merge.time)
      next = together.endIndex
    }
    return lineages.finish()
  }

  /// The tenures of leads that come apart again: who is who at each time at which anything changes it.
  private func changing(_ keys: [Int], _ merges: [PlacedMerge]) -> [Tenure] {
    let ids = Set(merges.map(\.merge.id))
    let withdraws = keys.flatMap { withdrawsByKey[$0] ?? [] }
      .filter { ids.contains($0.withdraw.named) }
    let times = Set(merges.map(\.merge.time) + withdraws.map(\.withdraw.time)).sorted()
    var tenures: [Tenure] = []
    var open: [[Int]: Lineage] = Dictionary(
      uniqueKeysWithValues: keys.map { ([$0], Lineage(self, $0, [$0])) })
    for time in times {
      let causes =
        merges.filter { $0.merge.time == time }.compactMap(place)
        + withdraws.filter { $0.withdraw.time == time }.compactMap(place)
      let leads = leads(keys, merges, withdraws, at: time)
      var next: [[Int]: Lineage] = [:]
      for (name, members) in leads {
        if let same = open[members], same.name == name {
          next[members] = same
          open[members] = nil
        } else {
          let lineage = Lineage(self, name, members)
          (lineage.start, lineage.begunBy) = (time, causes)
          next[members] = lineage
        }
      }
      tenures += open.values.map { $0.tenure(until: time, endedBy: causes) }
      open = next
    }
    tenures += open.values.map { $0.tenure(until: .max, endedBy: []) }
    return tenures.sorted {
      $0.start != $1.start
        ? $0.start < $1.start : $0.name.lexicographicallyPrecedes($1.name)
    }
  }

  /// Which keys are one at a time, and by what name.
  private func leads(
    _ keys: [Int], _ merges: [PlacedMerge], _ withdraws: [PlacedWithdraw], at time: Milliseconds
  ) -> [(name: Int, members: [Int])] {
    let taken = Withdrawals(withdraws.filter { $0.withdraw.time <= time })
    let there = merges.filter { $0.merge.time <= time && !taken.contain($0) }
    let numbers = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) })
    var groups = Groups(count: keys.count)
    var names = keys
    for merge in sieve.joining(there).merges {
      guard let lead = numbers[merge.lead], let from = numbers[merge.from] else { continue }
      groups.join(lead, from)
      names[groups.root(of: lead)] = merge.lead
    }
    return keys.indices.filter { groups.root(of: $0) == $0 }.map { root in
      (names[root], groups.members(of: root).map { keys[$0] }.sorted())
    }
  }

  /// Divides a tenure where something of the lead's is taken back.
  private func divided(_ tenure: Tenure) -> [Tenure] {
    var parts: [Tenure] = []
    var rest = tenure
    for turn in turns(of: tenure.keys, after: tenure.start, before: tenure.end) {
      var part = rest
      (part.end, part.endedBy) = (turn.time, turn.places)
      parts.append(part)
      (rest.start, rest.begunBy) = (turn.time, turn.places)
    }
    return parts + [rest]
  }

  /// The leads of one key that nothing concerns.
  private func ungrouped() -> [Tenure] {
    let grouped = Set(places.all)
    var tenures: [[UInt8]: [KeyPlace]] = [:]
    for (index, sheet) in sheets.enumerated() {
      for key in 0..<sheet.keyCount {
        let place = KeyPlace(sheet: UInt32(index), key: UInt32(key))
        let name = sheet.key(key)
        if name.first == Sheet.accountMark || grouped.contains(place) { continue }
        tenures[Array(name), default: []].append(place)
      }
    }
    return tenures.map { Tenure(alone: $0, known.numbered($1)) }
  }
}

/// The lineages of some keys while merges join them.
private struct Lineages {
  private let course: IdentityCourse
  /// By group, that of its lead; nil of keys that are not meant.
  private var lineages: [Lineage?]
  private var groups: Groups
  private var tenures: [Tenure] = []

  init(_ course: IdentityCourse, _ keys: [Int]) {
    self.course = course
    lineages = [Lineage?](repeating: nil, count: course.affected.count)
    for key in keys { lineages[key] = Lineage(course, key, [key]) }
    groups = Groups(count: course.affected.count)
  }

  /// Joins what the merges of one millisecond join.
  mutating func join(_ merges: ArraySlice<PlacedMerge>, at time: Milliseconds) {
    let before = Set(merges.flatMap { [groups.root(of: $0.lead), groups.root(of: $0.from)] })
    for merge in merges { groups.join(merge.lead, merge.from) }
    // Merges come in order, so the latest of a group names it.
    var latest: [Int: PlacedMerge] = [:]
    var places: [Int: [EventPlace]] = [:]
    for merge in merges {
      let group = groups.root(of: merge.lead)
      latest[group] = merge
      if let place = course.place(merge) { places[group, default: []].append(place) }
    }
    var joined: [Int: [Int]] = [:]
    for group in before { joined[groups.root(of: group), default: []].append(group) }
    for (group, merge) in latest {
      take(
        joined[group] ?? [group], into: group, at: time, name: merge.lead,
        because: places[group] ?? [])
    }
  }

  /// Ends the tenures of some leads and begins that of the one that they are from now on.
  private mutating func take(
    _ parts: [Int], into group: Int, at time: Milliseconds, name: Int, because merges: [EventPlace]
  ) {
    guard let lineage = lineages[group] else { return }
    if parts == [group], lineage.name == name { return }
    tenures += parts.compactMap { lineages[$0]?.tenure(until: time, endedBy: merges) }
    for part in parts where part != group { lineage.keys += lineages[part]?.keys ?? [] }
    lineage.name = name
    lineage.start = time
    lineage.begunBy = merges
  }

  mutating func finish() -> [Tenure] {
    for group in lineages.indices where groups.root(of: group) == group {
      if let lineage = lineages[group] {
        tenures.append(lineage.tenure(until: .max, endedBy: []))
      }
    }
    return tenures
  }
}
