import Notation

/// A moment within a millisecond: of what happened in it, all up to a place in the log is there.
package struct Instant: Sendable {
  package let time: Milliseconds
  package let through: EventPlace

  package init(time: Milliseconds, through: EventPlace) {
    self.time = time
    self.through = through
  }

  package func sees(_ time: Milliseconds, at place: EventPlace?) -> Bool {
    time < self.time || time == self.time && place.map { $0 <= through } ?? false
  }
}

extension IdentityCourse {
  /// Returns the keys that are one lead within a millisecond; nil where nobody has that name.
  package func members(ofLeadNamed name: [UInt8], at instant: Instant) -> [KeyMember]? {
    guard let key = affected.number(of: name) else { return nil }
    return groups(at: instant) { $0 == key }.first?.members
  }

  /// Returns the accounts that are one within a millisecond.
  package func accounts(at instant: Instant) -> [KeyGroup] {
    groups(at: instant, isMeant: affected.isAccount)
  }

  /// The groups whose names are meant.
  private func groups(at instant: Instant, isMeant: (Int) -> Bool) -> [KeyGroup] {
    let there = withdraws.filter { instant.sees($0.withdraw.time, at: place($0)) }
    let taken = Withdrawals(there, keys: withdrawing)
    let joining = sieve.joining(
      merges.filter { instant.sees($0.merge.time, at: place($0)) && !taken.contain($0) }
    ).merges
    var groups = Groups(count: affected.count)
    var names = Array(0..<affected.count)
    for merge in joining {
      groups.join(merge.lead, merge.from)
      names[groups.root(of: merge.lead)] = merge.lead
    }
    return names.indices.filter(isMeant).compactMap { name in
      guard names[groups.root(of: name)] == name else { return nil }
      let keys = groups.members(of: name)
      return KeyGroup(
        name: affected.name(name),
        members: zip(keys, KeyLosses.all(of: keys, erasures, taken)).map {
          KeyMember(places: known.numbered(places.of(key: $0)), losses: $1?.numbered(known))
        })
    }
  }
}
