import Tables
import Testing

@Suite("packed rows") struct CellTableTests {
  @Test("cells of any length come back, wherever they stand among small ones")
  func unpacking() {
    let absent = CellTable.absent
    var cells: [Int64] = [0, 1, -1, 62, 63, -63, -64, 64, absent, .max, .min + 1]
    for bit in 0..<63 { cells += [1 << Int64(bit), -(1 << Int64(bit)), (1 << Int64(bit)) - 1] }
    let width = 19
    let rows = (0..<cells.count * 3).map { row in
      (0..<width).map { column in
        // One large cell a row in every place, then more of them.
        column == row % width || (row + column) % (1 + row / cells.count) == 1
          ? cells[(row + column) % cells.count] : column % 3 == 0 ? absent : Int64(column)
      }
    }
    let table = CellTable(width: width)
    for row in rows { table.append("key", row) }
    for (index, row) in rows.enumerated() {
      var found = [Int64](repeating: 7, count: width + 1)
      table.unpack(index, width, into: &found)
      #expect(found == row + [7])
    }
  }

  @Test(
    "rows of nothing but the longest cells, of one cell, and of none", arguments: [0, 1, 8, 9, 40])
  func extremes(width: Int) {
    let table = CellTable(width: width)
    let values: [Int64] = [.max, .min + 1, CellTable.absent, 0]
    for value in values { table.append("", [Int64](repeating: value, count: width)) }
    #expect(table.count == values.count && table.width == width)
    for (row, value) in values.enumerated() {
      for column in 0..<width { #expect(table.cell(row, column) == value) }
      for count in 0...width {
        var found = [Int64](repeating: 7, count: width + 1)
        table.unpack(row, count, into: &found)
        #expect(found[..<count].allSatisfy { $0 == value } && found[count] == 7)
      }
    }
  }

  @Test("keys are kept byte for byte in the order in which they came, however many there are")
  func keys() {
    let keys = (0..<3000).map { String(repeating: "k\u{0}é", count: $0 % 50) + "\($0)" } + [""]
    let first = CellTable(width: 1)
    for (index, key) in keys.enumerated() { first.append(key, [Int64(index)]) }
    let second = CellTable(asLargeAs: first)
    for (index, key) in keys.enumerated() { second.append(key, [Int64(-index)]) }
    for (table, sign) in [(first, 1), (second, -1)] as [(CellTable, Int64)] {
      #expect(table.keys.strings == keys)
      #expect((0..<keys.count).allSatisfy { table.cell($0, 0) == sign * Int64($0) })
    }
    #expect(KeyList(keys).strings == keys)
  }
}

extension CellTable {
  func append(_ key: String, _ row: [Int64]) {
    Array(key.utf8).withUnsafeBufferPointer { append($0, row) }
  }
}
