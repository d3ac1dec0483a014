import Tables
import Testing

@Suite("columns of a table") struct TableTests {
  @Test(
    "a cell is shown as its column says; an absent one is empty, whatever the kind",
    arguments: [
      (.integer, .max, "9223372036854775807"), (.integer, -1, "-1"),
      (.decimal(places: 6), -1_500_000, "-1.5"), (.decimal(places: 0), 20, "20"),
      (.time, 951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (.name(KeyList(["a", "b,c"])), 1, "b,c"), (.truth, 1, "true"), (.truth, 0, "false"),
    ] as [(TableColumn.Kind, Int64, String)])
  func texts(kind: TableColumn.Kind, cell: Int64, text: String) {
    let column = TableColumn("c", 2, kind, "what it means")
    #expect(column.text([7, 8, cell, 9]) == text)
    #expect(column.text([7, 8, CellTable.absent, 9]) == "")
  }

  @Test("a header has the key first")
  func header() {
    let table = Table(
      "t", key: ("lead", "who"), [TableColumn("a", 0, ""), TableColumn("b", 1, "")])
    #expect(table.header == ["lead", "a", "b"])
  }
}
