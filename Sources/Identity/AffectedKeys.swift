import Notation
import Reading
import Workers

/// The keys of leads and accounts that any merge, forget or withdraw of the log mentions, numbered.
package final class AffectedKeys: @unchecked Sendable {
  private var table = KeyTable()
  private(set) var merges: [PlacedMerge] = []
  private(set) var forgets: [PlacedForget] = []
  /// In the order of events.
  private(set) var withdraws: [PlacedWithdraw] = []

  /// `first`: those whose keys are numbered first, and `others` more keys: the same for several readings of a log,
  /// so that a key has the same number in all.
  package init(_ sheets: [Sheet], numbering first: [Sheet] = [], and others: [[UInt8]] = []) {
    for sheet in first {
      for merge in sheet.merges {
        _ = number(merge.lead, sheet)
        _ = number(merge.from, sheet)
      }
      for forget in sheet.forgets { _ = number(forget.lead, sheet) }
      for withdraw in sheet.withdraws { _ = number(withdraw.key, sheet) }
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
            merge: merge, segment: UInt32(index), lineBase: UInt32(clamping: sheet.lineBase),
            lead: number(merge.lead, sheet), from: number(merge.from, sheet)))
      }
      for forget in sheet.forgets {
        forgets.append(
          PlacedForget(
            key: number(forget.lead, sheet), time: forget.time, sheet: index, line: forget.line))
      }
      for (number, withdraw) in sheet.withdraws.enumerated() {
        withdraws.append(
          PlacedWithdraw(
            withdraw: withdraw, sheet: index, index: number, key: self.number(withdraw.key, sheet)))
      }
    }
    merges.sort { $0.precedes($1) }
    withdraws.sort { $0.precedes($1) }
  }

  private func number(_ key: UInt32, _ sheet: Sheet) -> Int {
    let bytes = sheet.key(Int(key))
    guard let start = bytes.baseAddress else { return 0 }
    return Int(table.number(of: start, bytes.count, hash: sheet.keys[Int(key)].hash))
  }

  package var count: Int { table.count }

  /// The number of a key; nil where nothing mentions it.
  func number(of key: [UInt8]) -> Int? {
    key.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      let number = table.find(start, bytes.count, hash: LogKey(bytes: key).hash)
      return number < 0 ? nil : Int(number)
    }
  }

  /// Those of all keys, by number.
  package var names: [[UInt8]] { (0..<count).map(name) }

  func isAccount(_ key: Int) -> Bool { table.key(key).first == Sheet.accountMark }

  package func name(_ key: Int) -> [UInt8] { Array(table.key(key)) }

  /// Finds the affected keys in every sheet.
  ///
  /// `behind`: told of a sheet that a worker has looked at a part of.
  package func places(
    in sheets: [Sheet], jobs: Int, behind: @Sendable (Sheet) -> Void = { _ in }
  ) throws -> PlacesByKey {
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
      behind(sheet)
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
