import Testing

@testable import Tables

@Suite("rows in an order of their own") struct RowSequenceTests {
  private func table(_ rows: [(String, [Int64])]) -> CellTable {
    let table = CellTable(width: 2)
    for (key, cells) in rows {
      Array(key.utf8).withUnsafeBufferPointer { table.append($0, cells) }
    }
    return table
  }

  private func keys(
    _ terms: [RowSequence.Term], first: Int? = nil, rows: Table.Rows = .each
  ) throws -> [String] {
    let parts = [
      table([("d", [2, 1]), ("a", [1, CellTable.absent])]),
      table([]),
      table([("c", [2, 0]), ("b", [CellTable.absent, 5])]),
    ]
    let sequence = RowSequence(terms, first: first) { keys in keys.map { $0 == "b" ? 0 : 1 } }
    return try sequence.places(of: rows, in: parts, jobs: 2).map {
      parts[$0.part].keys.string($0.row)
    }
  }

  private func term(
    _ cell: Int?, _ isTurned: Bool = false, _ ranks: [Int64]? = nil
  ) -> RowSequence.Term {
    guard let ranks else { return RowSequence.Term(cell: cell, ranks: nil, isTurned: isTurned) }
    return RowSequence.Term(cell: cell, ranks: { ranks }, isTurned: isTurned)
  }

  @Test("what is absent comes last both ways, and equals by their keys")
  func absent() throws {
    #expect(try keys([term(0)]) == ["a", "c", "d", "b"])
    #expect(try keys([term(0, true)]) == ["c", "d", "a", "b"])
    #expect(try keys([]) == ["a", "b", "c", "d"])
  }

  @Test("several terms, ranks of values, and keys among each other")
  func terms() throws {
    #expect(try keys([term(0, true), term(1)]) == ["c", "d", "a", "b"])
    #expect(try keys([term(0, true), term(1, true)]) == ["d", "c", "a", "b"])
    #expect(try keys([term(0, false, [0, 7, 3])]) == ["c", "d", "a", "b"])
    #expect(try keys([term(nil)]) == ["b", "a", "c", "d"])
    #expect(try keys([term(nil, true)]) == ["a", "c", "d", "b"])
  }

  @Test("only the first of those that are there at all")
  func first() throws {
    #expect(try keys([term(0, true)], first: 2) == ["c", "d"])
    #expect(try keys([term(1)], first: 9, rows: .having(cell: 0, value: 2)) == ["c", "d"])
    #expect(try keys([term(1)], rows: .having(cell: 0, value: 9)) == [])
  }
}
