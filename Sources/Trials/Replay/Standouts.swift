import Snapshots
import Tables

/// The leads that a report names: of each score those that move furthest, of each list those that come
/// and go first in the order of keys.
struct Standouts {
  struct Mover {
    var key: [UInt8]
    var before: Int64
    var after: Int64

    /// How far it moves; two 64-bit numbers may be further apart than one reaches.
    var distance: UInt64 {
      let (low, high) = (min(before, after), max(before, after))
      return UInt64(bitPattern: high &- low)
    }

    func precedes(_ other: Mover) -> Bool {
      if distance != other.distance { return distance > other.distance }
      return key.lexicographicallyPrecedes(other.key)
    }
  }

  let countMax: Int
  private(set) var movers: [[Mover]]
  private(set) var entering: [[[UInt8]]]
  private(set) var leaving: [[[UInt8]]]

  init(_ shape: ComparisonShape, countMax: Int) {
    self.countMax = countMax
    movers = shape.scores.map { _ in [] }
    entering = shape.lists.map { _ in [] }
    leaving = entering
  }

  mutating func look(
    at key: UnsafeBufferPointer<UInt8>, _ before: UnsafePointer<Int64>?,
    _ after: UnsafePointer<Int64>?, _ shape: ComparisonShape
  ) {
    if countMax == 0 { return }
    if let before, let after {
      for score in movers.indices where before[score] != after[score] {
        let mover = Mover(key: [], before: before[score], after: after[score])
        if let last = movers[score].last, movers[score].count == countMax,
          last.distance > mover.distance
        {
          continue
        }
        insert(Mover(key: Array(key), before: before[score], after: after[score]), score)
      }
    }
    for list in entering.indices {
      let cell = shape.firstList + list
      let wasOn = before.map { $0[cell] == 1 } ?? false
      let isOn = after.map { $0[cell] == 1 } ?? false
      if wasOn == isOn { continue }
      if isOn { insert(key, into: &entering[list]) } else { insert(key, into: &leaving[list]) }
    }
  }

  private mutating func insert(_ mover: Mover, _ score: Int) {
    let place = movers[score].firstIndex { mover.precedes($0) } ?? movers[score].count
    movers[score].insert(mover, at: place)
    if movers[score].count > countMax { movers[score].removeLast() }
  }

  private func insert(_ key: UnsafeBufferPointer<UInt8>, into keys: inout [[UInt8]]) {
    if keys.count == countMax, let last = keys.last, !key.lexicographicallyPrecedes(last) { return }
    insert(Array(key), into: &keys)
  }

  private func insert(_ key: [UInt8], into keys: inout [[UInt8]]) {
    let place = keys.firstIndex { key.lexicographicallyPrecedes($0) } ?? keys.count
    keys.insert(key, at: place)
    if keys.count > countMax { keys.removeLast() }
  }

  static func += (sum: inout Standouts, part: Standouts) {
    for score in sum.movers.indices {
      for mover in part.movers[score] { sum.insert(mover, score) }
    }
    for list in sum.entering.indices {
      for key in part.entering[list] { sum.insert(key, into: &sum.entering[list]) }
      for key in part.leaving[list] { sum.insert(key, into: &sum.leaving[list]) }
    }
  }
}
