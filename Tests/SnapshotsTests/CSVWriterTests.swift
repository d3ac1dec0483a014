import Notation
import Tables
import Testing

@testable import Snapshots

@Suite("rows as CSV") struct CSVWriterTests {
  private func line(_ key: String, _ columns: [TableColumn], _ cells: [Int64]) -> String {
    let writer = CSVWriter()
    // Of keys in a list the bytes behind them can be read, too.
    let keys = KeyList([key])
    writer.row(keys[0], CSVColumns(columns), cells)
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
      line("k,1", columns, [.max, -1_500_000, 20, 1, CellTable.absent])
        == "\"k,1\",9223372036854775807,-1.5,-150,0.02,\"a \"\"b\"\", c\",true,\n")
    #expect(
      line("k", columns, [-100, 0, 1_000, 0, 10]) == "k,-100,0,0,1,plain,false,10\n")
  }

  @Test("reasons are names with their points, in quotes where there are several")
  func reasons() {
    let columns = [
      TableColumn("r", 0, .reasons(KeyList(["a", "long-name"])), ""), TableColumn("n", 6, ""),
    ]
    let none = CellTable.absent
    #expect(
      line("k", columns, [1, 24, 0, 8, 1, .max, 5])
        == "k,\"long-name +24, a +8, long-name +9223372036854775807\",5\n")
    #expect(line("k", columns, [0, 1, none, none, none, none, 5]) == "k,a +1,5\n")
    #expect(line("k", columns, [none, none, none, none, none, none, 5]) == "k,,5\n")
    let cells: [Int64] = [1, 24, 0, 8, none, none]
    #expect(columns[0].text(cells) == "long-name +24, a +8")
  }

  @Test("a time is the text that the rest of the program has of it, in every year of the contract")
  func times() {
    let columns = [TableColumn("time", 0, .time, "")]
    for day in stride(from: Int64(0), to: 106_650, by: 7) {
      let time = day * 86_400_000 + day * 7919 % 86_400_000
      #expect(line("k", columns, [time]) == "k,\(timeText(milliseconds: time))\n")
    }
  }

  @Test(
    "a row has what its columns say of its cells, and a comma in front of each",
    arguments: [
      "", "k", "k,1", "one\ntwo", "one\r\ntwo", "\r", "\"", String(repeating: "é", count: 99),
    ])
  func asColumns(key: String) {
    let names = KeyList(["", "x", ",", "\n", "\r\n", "\"\""])
    let kinds: [TableColumn.Kind] = [
      .integer, .decimal(places: 2), .decimal(places: 6), .time, .name(names), .truth,
    ]
    let columns = kinds.indices.map { TableColumn("c\($0)", $0, kinds[$0], "") }
    for name in Int64(0)..<6 {
      for value in [0, 1, 59_999, 9_214_646_399_999, CellTable.absent] as [Int64] {
        let cells = [value, value, value, value, name, value == 0 ? 0 : 1]
        let texts = columns.map { $0.text(cells) }
        #expect(line(key, columns, cells) == csvLine([key] + texts) + "\n")
      }
    }
  }

  @Test("fields and headers are quoted in the same way, however long they are")
  func fields() {
    let texts = ["a", "b,c", "\n", String(repeating: "x\"", count: 5000), ""]
    let writer = CSVWriter()
    writer.header(texts)
    writer.fields(texts.map { Array($0.utf8) })
    let line = csvLine(texts) + "\n"
    #expect(String(decoding: writer.bytes, as: UTF8.self) == line + line)
    writer.removeAll()
    #expect(writer.bytes.isEmpty)
  }
}
