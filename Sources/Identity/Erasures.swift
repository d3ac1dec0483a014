import Notation
import Reading

/// What is erased of one key.
package struct Erasure: Sendable, Equatable {
  /// Everything up to this time.
  var until: Milliseconds
  /// Later copies: ids of events that were erased.
  var copies: Set<UInt64> = []

  @inline(__always)
  package func covers(time: Milliseconds, id: UInt64) -> Bool {
    time <= until || !copies.isEmpty && copies.contains(id)
  }
}

/// A merge as the whole log has it: keys by their number among the affected, place in the log.
struct PlacedMerge: KeyMerge, Sendable {
  var merge: MergeEntry
  var segment: UInt32
  /// How many lines of its segment stand before those of its sheet.
  var lineBase: UInt32
  var lead: Int
  var from: Int

  var identity: UInt64 { merge.id }
  /// Where it stands.
  var place: EventPlace { EventPlace(sheet: segment, line: lineBase &+ merge.line) }

  /// The order of events.
  func precedes(_ other: PlacedMerge) -> Bool {
    (merge.time, segment, merge.line) < (other.merge.time, other.segment, other.merge.line)
  }
}

/// A forget as the whole log has it.
struct PlacedForget: Sendable {
  var key: Int
  var time: Milliseconds
  var sheet: Int
  var line: UInt32
}

/// What is erased of each key, by its number among the affected; keys that are forgotten together share it.
package struct Erasures: Sendable, Equatable {
  private var shared: [Erasure] = []
  /// By key, the place of its own.
  private var places: [Int: Int] = [:]
  /// By the key that stays, merges that are erased because their other key is.
  private var merges: [Int: Set<EventPlace>] = [:]

  package subscript(key: Int) -> Erasure? { places[key].map { shared[$0] } }

  func merges(of key: Int) -> Set<EventPlace> { merges[key] ?? [] }

  func cover(_ merge: PlacedMerge) -> Bool {
    self[merge.lead]?.covers(time: merge.merge.time, id: merge.merge.id) ?? false
      || merges[merge.lead]?.contains(merge.place) ?? false
  }

  func cover(_ placed: PlacedWithdraw) -> Bool {
    self[placed.key]?.covers(time: placed.withdraw.time, id: placed.withdraw.id) ?? false
  }

  /// Erases merges up to the time until which their other key is.
  fileprivate mutating func add(merges all: [PlacedMerge]) {
    for merge in all {
      guard let from = self[merge.from], merge.merge.time <= from.until, !cover(merge) else {
        continue
      }
      merges[merge.lead, default: []].insert(merge.place)
    }
  }

  fileprivate mutating func add(_ erasure: Erasure, of keys: [Int]) {
    for key in keys { places[key] = shared.count }
    shared.append(erasure)
  }
}

/// Works out what forgets erase, on the whole log, whatever the as-of.
///
/// A forget reaches its lead and every key that merges up to its own time join to it; merges that
/// another forget erases still count, those that any withdraw takes back do not. What it erases of these keys are
/// the events up to its time and each later copy of one, and the merges up to its time that join one of them to
/// another key.
///
/// Groups only grow, so where one forget reaches all that an earlier one does, it erases all that the
/// earlier one does, too: only the last of each largest group is looked at, and each row once.
///
/// `forgets`: the keys to forget and when.
///
/// `merges`: all, in the order of events; `joining`: those of them that join, as far as forgets go.
///
/// `places`: where the rows of each affected key stand.
func erasures(
  forgets: [(key: Int, time: Milliseconds)], merges: [PlacedMerge], joining: [PlacedMerge],
  keyCount: Int,
  places: (Int) -> [KeyPlace], sheets: [Sheet]
) -> Erasures {
  var tree = JoinTree(keyCount: keyCount)
  var untils: [Int: Milliseconds] = [:]
  var next = 0
  for forget in forgets.sorted(by: { $0.time < $1.time }) {
    while next < joining.count, joining[next].merge.time <= forget.time {
      tree.join(joining[next].lead, joining[next].from)
      next += 1
    }
    untils[tree.top(of: forget.key)] = forget.time
  }
  var erasures = Erasures()
  for (node, keys) in tree.keysBelowUppermost(of: { untils[$0] != nil }) {
    guard let until = untils[node] else { continue }
    let copies = laterCopies(of: keys.flatMap(places), after: until, sheets: sheets)
    erasures.add(Erasure(until: until, copies: copies), of: keys)
  }
  erasures.add(merges: merges)
  return erasures
}

/// The ids that events of some keys have both up to a time and after it.
private func laterCopies(
  of places: [KeyPlace], after time: Milliseconds, sheets: [Sheet]
) -> Set<UInt64> {
  var later: Set<UInt64> = []
  for place in places {
    let sheet = sheets[Int(place.sheet)]
    for row in sheet.rows(of: Int(place.key)) where row.time > time { later.insert(row.id) }
  }
  if later.isEmpty { return [] }
  var copies: Set<UInt64> = []
  for place in places {
    let sheet = sheets[Int(place.sheet)]
    for row in sheet.rows(of: Int(place.key)) where row.time <= time && later.contains(row.id) {
      copies.insert(row.id)
    }
  }
  return copies
}
