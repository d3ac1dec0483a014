import Definition
import Intake
import Notation
import Reading
import Tables
import Workers

/// Who is who: the keys that merges join and forgets reach.
///
/// All other keys are a lead each.
package struct Identities: Sendable {
  /// A lead whose rows stand under several keys, or under one that a forget reaches.
  package struct Group: Sendable {
    package var name: [UInt8]
    package var members: [Member]
  }

  package struct Member: Sendable {
    package var places: [KeyPlace]
    package var erasure: Erasure?

    package init(places: [KeyPlace], erasure: Erasure?) {
      self.places = places
      self.erasure = erasure
    }
  }

  package private(set) var groups: [Group] = []
  /// The keys that are no lead of their own: those of groups, and of accounts.
  let grouped: KeyMarks
  /// Forgets in the log; they are events, but no lead's.
  private(set) var forgetCount = 0

  /// `sheets`: of the whole log, on which forgets are worked out; places are those among the known.
  init(_ sheets: [Sheet], known: KnownSheets, asOf: Milliseconds, jobs: Int) throws {
    let knownSheets = known.of(sheets)
    grouped = KeyMarks(knownSheets)
    forgetCount = knownSheets.reduce(0) { $0 + $1.forgets.count }
    if sheets.allSatisfy({ $0.forgets.isEmpty && $0.merges.isEmpty }) { return }

    let affected = AffectedKeys(sheets)
    let places = try affected.places(in: sheets, jobs: jobs)
    for place in known.numbered(places.all) { grouped.mark(Int(place.sheet), Int(place.key)) }

    let resolved = affected.resolve(
      places, sheets, asOf: asOf, isKnown: known.isKnown, isSeen: { _ in true })
    groups = resolved.groups.map { group in
      Group(
        name: affected.name(group.name),
        members: group.members.map {
          Member(places: known.numbered(places.of(key: $0)), erasure: resolved.erasures[$0])
        })
    }
  }
}

extension Identities {
  /// Groups that have been worked out, on slices of the sheets.
  init(groups: [Group], in slices: [Sheet]) {
    self.groups = groups
    grouped = KeyMarks(slices)
    for place in groups.lazy.flatMap(\.members).flatMap(\.places) {
      grouped.mark(Int(place.sheet), Int(place.key))
    }
  }
}

/// Which affected keys are one lead, and what of each is erased; keys by their numbers.
package struct ResolvedKeys: Equatable, Sendable {
  package struct Group: Equatable, Sendable {
    package var name: Int
    package var members: [Int]
  }

  package var groups: [Group]
  package var erasures: Erasures
}

extension AffectedKeys {
  /// Works out who is who as of a time.
  ///
  /// `isKnown`: whether a sheet, by its place in the log, is known.
  ///
  /// `isSeen`: whether forgets are worked out on it.
  package func resolve(
    _ places: PlacesByKey, _ sheets: [Sheet], asOf: Milliseconds, isKnown: (Int) -> Bool,
    isSeen: (Int) -> Bool
  ) -> ResolvedKeys {
    let erasures = erasures(places, sheets, isSeen: isSeen)
    var names = Array(0..<count)
    var joined = Groups(count: count)
    for placed in joining(erasures, asOf: asOf, isKnown: isKnown) {
      joined.join(placed.lead, placed.from)
      // Merges come in order, so the latest of a group names it.
      names[joined.root(of: placed.lead)] = placed.lead
    }
    let groups = (0..<count).filter { joined.root(of: $0) == $0 }.map { root in
      ResolvedKeys.Group(name: names[root], members: joined.members(of: root))
    }
    return ResolvedKeys(groups: groups, erasures: erasures)
  }

  /// Works out what the forgets of some sheets erase, on these sheets alone.
  package func erasures(
    _ places: PlacesByKey, _ sheets: [Sheet], isSeen: (Int) -> Bool
  ) -> Erasures {
    Engine.erasures(
      forgets: forgets.filter { isSeen($0.sheet) }.map { ($0.key, $0.time) },
      merges: merges.filter { isSeen(Int($0.segment)) }, keyCount: count,
      places: { places.of(key: $0).filter { isSeen(Int($0.sheet)) } }, sheets: sheets)
  }

  /// The merges that join keys, in their order: known, not erased, and no copies.
  func joining(
    _ erasures: Erasures, asOf: Milliseconds, isKnown: (Int) -> Bool
  ) -> [PlacedMerge] {
    withoutCopies(
      merges.filter { placed in
        placed.merge.time <= asOf && isKnown(Int(placed.segment))
          && !(erasures[placed.lead]?.covers(time: placed.merge.time, id: placed.merge.id) ?? false)
      })
  }

  /// Drops copies of a merge: of those with the same id, lead and from, the first counts.
  private func withoutCopies(_ merges: [PlacedMerge]) -> [PlacedMerge] {
    struct Identity: Hashable {
      var id: UInt64
      var lead: Int
      var from: Int
    }
    var seen: Set<Identity> = []
    return merges.filter {
      seen.insert(Identity(id: $0.merge.id, lead: $0.lead, from: $0.from)).inserted
    }
  }
}

/// The keys that any merge or forget of the log mentions, numbered.
package final class AffectedKeys: @unchecked Sendable {
  private var table = KeyTable()
  private(set) var merges: [PlacedMerge] = []
  private(set) var forgets: [(key: Int, time: Milliseconds, sheet: Int)] = []

  /// `first`: those whose keys are numbered first, and `others` more keys: the same for several readings of a log,
  /// so that a key has the same number in all.
  package init(_ sheets: [Sheet], numbering first: [Sheet] = [], and others: [[UInt8]] = []) {
    func number(_ key: UInt32, _ sheet: Sheet) -> Int {
      let bytes = sheet.key(Int(key))
      guard let start = bytes.baseAddress else { return 0 }
      return Int(table.number(of: start, bytes.count, hash: sheet.keys[Int(key)].hash))
    }
    for sheet in first {
      for merge in sheet.merges {
        _ = number(merge.lead, sheet)
        _ = number(merge.from, sheet)
      }
      for forget in sheet.forgets { _ = number(forget.lead, sheet) }
    }
    for key in others {
      key.withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress else { return }
        _ = table.number(of: start, bytes.count, hash: keyHash(start, bytes.count))
      }
    }
    for (index, sheet) in sheets.enumerated() {
      for merge in sheet.merges {
        merges.append(
          PlacedMerge(
            merge: merge, segment: UInt32(index), lead: number(merge.lead, sheet),
            from: number(merge.from, sheet)))
      }
      for forget in sheet.forgets {
        forgets.append((number(forget.lead, sheet), forget.time, index))
      }
    }
    merges.sort { $0.precedes($1) }
  }

  package var count: Int { table.count }

  package func name(_ key: Int) -> [UInt8] { Array(table.key(key)) }

  /// Finds the affected keys in every sheet.
  package func places(in sheets: [Sheet], jobs: Int) throws -> PlacesByKey {
    // A large sheet is looked through by several workers.
    let tasks = sheets.enumerated().flatMap { index, sheet in
      (0..<sheet.keyCount).pieces(of: 1 << 16).map { (index, $0) }
    }
    let filter = HashFilter((0..<count).map { table.hash($0) })
    let found = Slots<[(key: Int, place: KeyPlace)]>(tasks.count)
    try parallel(tasks.count, jobs: jobs) { task in
      let (index, keys) = tasks[task]
      let sheet = sheets[index]
      var places: [(key: Int, place: KeyPlace)] = []
      for key in keys where filter.mayHold(sheet.keys[key].hash) {
        let bytes = sheet.key(key)
        guard let start = bytes.baseAddress else { continue }
        let number = self.table.find(start, bytes.count, hash: sheet.keys[key].hash)
        if number >= 0 {
          places.append((number, KeyPlace(sheet: UInt32(index), key: UInt32(key))))
        }
      }
      found[task] = places
    }
    return PlacesByKey(found.elements, keyCount: count)
  }
}

/// Tells of most hashes that they are none of some, without a look-up.
///
/// A bit for each range of hashes: keys of a sheet stand in the order of theirs, so that the bits are read
/// from front to back.
private struct HashFilter: Sendable {
  private var bits: [UInt64]
  private let shift: UInt64

  init(_ hashes: [UInt64]) {
    // Sixteen bits for each, so that one hash in sixteen or more is let through for nothing.
    let bitCount = max(64, hashes.count * 16)
    let width = Int.bitWidth - (bitCount - 1).leadingZeroBitCount
    bits = [UInt64](repeating: 0, count: (1 << width) / 64)
    shift = UInt64(64 - width)
    for hash in hashes {
      let bit = hash >> shift
      bits[Int(bit >> 6)] |= 1 << (bit & 63)
    }
  }

  @inline(__always)
  func mayHold(_ hash: UInt64) -> Bool {
    let bit = hash >> shift
    return bits[Int(truncatingIfNeeded: bit >> 6)] >> (bit & 63) & 1 == 1
  }
}

/// Where the rows of each affected key stand, in the order of sheets.
package struct PlacesByKey {
  package private(set) var all: [KeyPlace]
  private var ends: [Int]

  init(_ found: [[(key: Int, place: KeyPlace)]], keyCount: Int) {
    ends = [Int](repeating: 0, count: keyCount + 1)
    for (key, _) in found.joined() { ends[key + 1] += 1 }
    for key in 0..<keyCount { ends[key + 1] += ends[key] }
    all = [KeyPlace](repeating: KeyPlace(sheet: 0, key: 0), count: ends[keyCount])
    var next = ends
    for (key, place) in found.joined() {
      all[next[key]] = place
      next[key] += 1
    }
  }

  package func of(key: Int) -> [KeyPlace] { Array(all[ends[key]..<ends[key + 1]]) }
}
