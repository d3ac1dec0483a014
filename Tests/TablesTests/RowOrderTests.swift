import Chance
import Tables
import Testing

@Suite("rows in the order of their keys") struct RowOrderTests {
  /// Keys that differ late, early, in their length alone, and in zeros at the end; each once.
  private static let keys: [[UInt8]] = {
    var dice = SeededDice(seed: 11)
    var keys: Set<[UInt8]> = [[], [0], [0, 0]]
    for prefixLength in [0, 7, 8, 15, 16, 17, 40] {
      let prefix = [UInt8](repeating: 0x61, count: prefixLength)
      for _ in 0..<60 {
        keys.insert(
          prefix + (0..<dice.below(4)).map { _ in UInt8(dice.pick([0, 1, 127, 128, 255])) })
      }
    }
    return keys.sorted { $0.lexicographicallyPrecedes($1) }
  }()

  /// The keys dealt into so many tables, out of order; the first cell is the key's place.
  private func tables(_ count: Int) -> [CellTable] {
    var dice = SeededDice(seed: UInt64(count))
    let tables = (0..<count).map { _ in CellTable(width: 2) }
    for place in Self.keys.indices.shuffled(using: &dice) {
      Self.keys[place].withUnsafeBufferPointer {
        dice.pick(tables).append($0, [Int64(place), 7])
      }
    }
    return tables
  }

  @Test("two keys are ordered by their bytes, and their first sixteen bytes never say otherwise")
  func pairs() {
    for (a, first) in Self.keys.enumerated() {
      for (b, second) in Self.keys.enumerated() {
        first.withUnsafeBufferPointer { first in
          second.withUnsafeBufferPointer { second in
            #expect(keyOrder(first, second).signum() == (a - b).signum())
            #expect(precedes(first, second) == (a < b))
            #expect(a > b || keyPrefix(first) <= keyPrefix(second))
          }
        }
      }
    }
  }

  @Test(
    "ranges one behind the other have every row once, in order", arguments: [1, 2, 5],
    [1, 10, 9999])
  func ranges(tableCount: Int, rowsPerRange: Int) throws {
    let tables = tables(tableCount)
    let order = try RowOrder(tables, jobs: 2, rowsPerRange: rowsPerRange)
    #expect(order.rangeCount == max(1, Self.keys.count / rowsPerRange))
    let places = (0..<order.rangeCount).flatMap { Array(order.sortedPlaces(ofRange: $0)) }
    #expect(
      places.map { tables[Int($0.part)].cell(Int($0.row), 0) }
        == Self.keys.indices.map { Int64($0) })
  }

  @Test("sorted rows are found by their keys, and by keys that are not there", arguments: [1, 4])
  func sorted(tableCount: Int) throws {
    let rows = try SortedRows(tables(tableCount), jobs: 2)
    #expect(rows.count == Self.keys.count)
    for (place, key) in Self.keys.enumerated() {
      #expect(Array(rows.key(place)) == key)
      #expect(rows.cell(place, 0) == Int64(place) && rows.cell(place, 1) == 7)
      #expect(rows.index(from: key) == place)
      // No key stands between one and the same with a zero behind it.
      #expect(rows.index(from: key + [0]) == place + 1)
    }
    #expect(rows.index(from: [255, 255, 255, 255, 255]) == rows.count)
  }

  @Test("of no rows there is one range, with nothing in it")
  func none() throws {
    let order = try RowOrder([CellTable(width: 1), CellTable(width: 1)], jobs: 2)
    #expect(order.rangeCount == 1 && order.sortedPlaces(ofRange: 0).isEmpty)
    #expect(try SortedRows([], jobs: 1).count == 0)
  }
}
