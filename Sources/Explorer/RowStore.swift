import Notation
import Synchronization
import Tables
import Workers

/// The leads, or the accounts, of a loaded book: found by a part of a text, put in any column's order.
///
/// A row is told by its place in the order of keys.
final class RowStore: Sendable {
  let columns: [TableColumn]
  let keyName: String
  private let rows: SortedRows
  private let jobs: Int
  private let keys: FoldedTexts
  private let searched: [SearchedColumn]
  private let orders = Mutex<[Int: [Int32]]>([:])

  /// A column whose texts are searched: which of them each row has.
  private struct SearchedColumn: Sendable {
    let texts: FoldedTexts
    let numbers: [Int32]
  }

  /// `table`: what is shown of each row.
  ///
  /// `names`: columns whose texts are searched beside the keys.
  init(_ table: Table, of parts: [CellTable], searching names: [TableColumn], jobs: Int) throws {
    columns = table.columns
    keyName = table.key.name
    self.jobs = jobs
    let rows = try SortedRows(parts, jobs: jobs)
    self.rows = rows
    keys = FoldedTexts((0..<rows.count).map { folded(rows.key($0)) })
    searched = try names.compactMap { column in
      guard case .name(let texts) = column.kind else { return nil }
      let numbers = try RowStore.cells(of: column.cell, in: rows, jobs: jobs).map {
        $0 == CellTable.absent ? -1 : Int32($0)
      }
      return SearchedColumn(
        texts: FoldedTexts((0..<texts.count).map { folded(texts[$0]) }), numbers: numbers)
    }
  }

  var count: Int { rows.count }

  func key(_ row: Int) -> String { String(decoding: rows.key(row), as: UTF8.self) }

  /// The row of a key; nil where there is none.
  func row(of key: [UInt8]) -> Int? {
    let row = rows.index(from: key)
    return row < count && rows.key(row).elementsEqual(key) ? row : nil
  }

  func cell(_ row: Int, of column: TableColumn) -> Int64 { rows.cell(row, column.cell) }

  /// The texts of some columns of a row, as files have them.
  func texts(_ row: Int, of columns: [TableColumn]) -> [String] {
    let width = columns.map { $0.cell + TableColumn.reasonCountMax * 2 }.max() ?? 0
    return withUnsafeTemporaryAllocation(of: Int64.self, capacity: max(1, width)) { cells in
      guard let base = cells.baseAddress else { return [] }
      rows.unpack(row, min(width, rows.width), into: base)
      return columns.map { $0.text(base) }
    }
  }

  /// Marks the rows that have each of some words in their key or one of their texts.
  func marks(having words: [[UInt8]]) throws -> RowMarks {
    var marks = RowMarks(repeating: true, count: count)
    for word in words { try marks.formIntersection(self.marks(having: word)) }
    return marks
  }

  private func marks(having word: [UInt8]) throws -> RowMarks {
    let hits = searched.map { column in
      var hits = [Bool](repeating: false, count: column.texts.count)
      column.texts.forEach(having: word, among: 0..<column.texts.count) { hits[$0] = true }
      return hits
    }
    let asked = searched.indices.filter { hits[$0].contains(true) }
    let pieces = (0..<count).pieces(of: 32_768)
    let found = Slots<[Bool]>(pieces.count)
    try parallel(pieces.count, jobs: jobs) { number in
      let piece = pieces[number]
      var marks = [Bool](repeating: false, count: piece.count)
      keys.forEach(having: word, among: piece) { marks[$0 - piece.lowerBound] = true }
      for column in asked {
        searched[column].numbers.withUnsafeBufferPointer { numbers in
          hits[column].withUnsafeBufferPointer { hits in
            for row in piece where numbers[row] >= 0 && hits[Int(numbers[row])] {
              marks[row - piece.lowerBound] = true
            }
          }
        }
      }
      found[number] = marks
    }
    return RowMarks(Array(found.elements.joined()))
  }

  /// Marks the rows with a value in a cell.
  func marks(havingCell cell: Int, _ value: Int64) -> RowMarks {
    RowMarks((0..<count).map { rows.cell($0, cell) == value })
  }

  /// All rows in the order of a column, the least first and what is absent last; of the keys where there is none.
  func order(by column: Int?) throws -> [Int32] {
    guard let column else { return (0..<count).map(Int32.init) }
    if let order = orders.withLock({ $0[column] }) { return order }
    let order = try sorted(by: columns[column])
    orders.withLock { $0[column] = order }
    return order
  }

  private func sorted(by column: TableColumn) throws -> [Int32] {
    var ranks = try RowStore.cells(of: column.cell, in: rows, jobs: jobs)
    if case .name(let names) = column.kind {
      let texts = (0..<names.count).map { folded(names[$0]) }
      let sorted = texts.indices.sorted { texts[$0].lexicographicallyPrecedes(texts[$1]) }
      var rankOfName = [Int64](repeating: 0, count: texts.count)
      for (rank, name) in sorted.enumerated() { rankOfName[name] = Int64(rank) }
      for row in ranks.indices where ranks[row] != CellTable.absent {
        ranks[row] = rankOfName[Int(ranks[row])]
      }
    }
    for row in ranks.indices where ranks[row] == CellTable.absent { ranks[row] = .max }
    return ranks.withUnsafeBufferPointer { ranks in
      (0..<Int32(count)).sorted { one, other in
        let (mine, others) = (ranks[Int(one)], ranks[Int(other)])
        return mine == others ? one < other : mine < others
      }
    }
  }

  private static func cells(of cell: Int, in rows: SortedRows, jobs: Int) throws -> [Int64] {
    let pieces = (0..<rows.count).pieces(of: 16_384)
    let found = Slots<[Int64]>(pieces.count)
    try parallel(pieces.count, jobs: jobs) { number in
      withUnsafeTemporaryAllocation(of: Int64.self, capacity: cell + 1) { cells in
        guard let base = cells.baseAddress else { return }
        found[number] = pieces[number].map { row in
          rows.unpack(row, cell + 1, into: base)
          return base[cell]
        }
      }
    }
    return Array(found.elements.joined())
  }
}

/// Some of the rows of a store.
struct RowMarks: Sendable {
  private(set) var marks: [Bool]

  init(_ marks: [Bool]) { self.marks = marks }

  init(repeating mark: Bool, count: Int) { marks = [Bool](repeating: mark, count: count) }

  subscript(row: Int) -> Bool { marks[row] }

  mutating func formIntersection(_ other: RowMarks) {
    for row in marks.indices where !other.marks[row] { marks[row] = false }
  }
}
