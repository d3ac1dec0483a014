import Workers

/// Where a lead stands among the parts of the fold.
package struct RowPlace: BitwiseCopyable, Sendable {
  /// The first sixteen bytes of its key, which decide nearly every comparison.
  var prefix: (UInt64, UInt64)
  package var part: UInt32
  package var row: UInt32
}

/// Deals all leads into consecutive ranges of their keys' order, so that each can be sorted, and
/// written, on its own.
package final class RowOrder: @unchecked Sendable {
  private let places: UnsafeMutablePointer<RowPlace>
  /// Where each range ends.
  private var ends: [Int]
  private let keys: KeyComparison

  package var rangeCount: Int { ends.count }

  package init(_ parts: [CellTable], jobs: Int, rowsPerRange: Int = 8192) throws {
    let keys = KeyComparison(parts)
    self.keys = keys
    let rowCount = parts.reduce(0) { $0 + $1.count }
    places = .allocate(capacity: max(1, rowCount))
    let bounds = RowOrder.bounds(
      parts, rowCount: rowCount, keys, rangeCount: max(1, rowCount / rowsPerRange))
    let rangeCount = bounds.count + 1

    // A counting sort by range: how many rows of each part each range has, where they begin, then
    // each row to its place.
    let ranges = Slots<[UInt32]>(parts.count)
    try parallel(parts.count, jobs: jobs) { part in
      ranges[part] = (0..<parts[part].count).map { row in
        UInt32(keys.count(of: bounds, upTo: keys.place(part, row)))
      }
    }
    var starts = [[Int]](repeating: [Int](repeating: 0, count: rangeCount), count: parts.count)
    for (part, ranges) in ranges.elements.enumerated() {
      for range in ranges { starts[part][Int(range)] += 1 }
    }
    var end = 0
    ends = []
    for range in 0..<rangeCount {
      for part in parts.indices {
        let count = starts[part][range]
        starts[part][range] = end
        end += count
      }
      ends.append(end)
    }
    let firsts = starts
    nonisolated(unsafe) let places = places
    try parallel(parts.count, jobs: jobs) { part in
      var next = firsts[part]
      for (row, range) in (ranges[part] ?? []).enumerated() {
        (places + next[Int(range)]).initialize(to: keys.place(part, row))
        next[Int(range)] += 1
      }
    }
  }

  deinit { places.deallocate() }

  /// The rows of one range, in order; each range is asked for once.
  package func sortedPlaces(ofRange range: Int) -> UnsafeBufferPointer<RowPlace> {
    let start = range == 0 ? 0 : ends[range - 1]
    var places = UnsafeMutableBufferPointer(start: places + start, count: ends[range] - start)
    places.sort { keys.precedes($0, $1) }
    return UnsafeBufferPointer(places)
  }

  /// All rows, in order; asked for once, instead of any range.
  package func sortedPlaces(jobs: Int) throws -> UnsafeBufferPointer<RowPlace> {
    try parallel(rangeCount, jobs: jobs) { _ = self.sortedPlaces(ofRange: $0) }
    return UnsafeBufferPointer(start: places, count: ends.last ?? 0)
  }

  /// Bounds from an even sample of all rows; they only steer how even the ranges are.
  private static func bounds(
    _ parts: [CellTable], rowCount: Int, _ keys: KeyComparison, rangeCount: Int
  ) -> [RowPlace] {
    let step = max(1, rowCount / (rangeCount * 16))
    var sample: [RowPlace] = []
    for (part, table) in parts.enumerated() {
      for row in stride(from: step / 2, to: table.count, by: step) {
        sample.append(keys.place(part, row))
      }
    }
    sample.sort { keys.precedes($0, $1) }
    return (1..<rangeCount).compactMap { range in
      sample.isEmpty ? nil : sample[range * sample.count / rangeCount]
    }
  }
}

/// Compares rows by their keys' bytes, over bare pointers: a sort may not retain anything.
private final class KeyComparison: @unchecked Sendable {
  private let parts: [CellTable]
  private let lists: UnsafeMutableBufferPointer<KeyList.Bytes>

  init(_ parts: [CellTable]) {
    self.parts = parts
    lists = .allocate(capacity: parts.count)
    _ = lists.initialize(from: parts.map(\.keys.contents))
  }

  deinit { lists.deallocate() }

  @inline(__always)
  func place(_ part: Int, _ row: Int) -> RowPlace {
    RowPlace(prefix: keyPrefix(lists[part][row]), part: UInt32(part), row: UInt32(row))
  }

  @inline(__always)
  func precedes(_ a: RowPlace, _ b: RowPlace) -> Bool {
    if a.prefix.0 != b.prefix.0 { return a.prefix.0 < b.prefix.0 }
    if a.prefix.1 != b.prefix.1 { return a.prefix.1 < b.prefix.1 }
    return Tables.precedes(lists[Int(a.part)][Int(a.row)], lists[Int(b.part)][Int(b.row)])
  }

  /// How many of some bounds are not beyond a place.
  func count(of bounds: [RowPlace], upTo place: RowPlace) -> Int {
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(place, bounds[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
