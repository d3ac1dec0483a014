import Notation
import Tables
import Testing

@testable import Snapshots

@Suite("packed rows and how they are written") struct CellTableTests {
  private static let absent = Int64.min

  @Test("cells of any length come back, wherever they stand among small ones")
  func unpacking() {
    var cells: [Int64] = [0, 1, -1, 62, 63, -63, -64, 64, Self.absent, .max, .min + 1]
    for bit in 0..<63 { cells += [1 << Int64(bit), -(1 << Int64(bit)), (1 << Int64(bit)) - 1] }
    let width = 19
    let rows = (0..<cells.count * 3).map { row in
      (0..<width).map { column in
        // One large cell a row in every place, then more of them.
        column == row % width || (row + column) % (1 + row / cells.count) == 1
          ? cells[(row + column) % cells.count] : column % 3 == 0 ? Self.absent : Int64(column)
      }
    }
    let table = CellTable(width: width)
    for row in rows {
      Array("key".utf8).withUnsafeBufferPointer { key in table.append(key, row) }
    }
    for (index, row) in rows.enumerated() {
      var found = [Int64](repeating: 7, count: width + 1)
      table.unpack(index, width, into: &found)
      #expect(found == row + [7])
    }
  }

  private func line(_ key: String, _ columns: [TableColumn], _ cells: [Int64]) -> String {
    let writer = CSVWriter()
    let row = CSVColumns(columns)
    Array(key.utf8).withUnsafeBufferPointer { writer.row($0, row, cells) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("numbers have no trailing zeros, and keys and names are quoted where they need it")
  func formats() {
    let columns = [
      TableColumn("a", 0, ""), TableColumn("b", 1, .decimal(places: 6), ""),
      TableColumn("c", 1, .decimal(places: 4), ""), TableColumn("d", 2, .decimal(places: 3), ""),
      TableColumn("e", 3, .name(KeyList(["plain", "a \"b\", c"])), ""),
      TableColumn("f", 3, .truth, ""), TableColumn("g", 4, ""),
    ]
    #expect(
      line("k,1", columns, [.max, -1_500_000, 20, 1, Self.absent])
        == "\"k,1\",9223372036854775807,-1.5,-150,0.02,\"a \"\"b\"\", c\",true,\n")
    #expect(
      line("k", columns, [-100, 0, 1_000, 0, 10]) == "k,-100,0,0,1,plain,false,10\n")
  }

  @Test("a time is the text that the rest of the program has of it, in every year of the contract")
  func times() {
    let columns = [TableColumn("time", 0, .time, "")]
    for day in stride(from: Int64(0), to: 106_650, by: 7) {
      let time = day * 86_400_000 + day * 7919 % 86_400_000
      #expect(line("k", columns, [time]) == "k,\(timeText(milliseconds: time))\n")
    }
  }
}
