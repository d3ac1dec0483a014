import Tables
import Workers

/// What writes one table in some format.
///
/// Rows are formatted in pieces, by several workers side by side; each piece is taken in the order of rows.
protocol TableWriter: AnyObject, Sendable {
  /// Makes room for some rows, which is used again from piece to piece.
  func makePiece() -> any TablePiece
  /// Takes the rows that come next; called by one worker at a time.
  func take(_ piece: any TablePiece, isLast: Bool) throws
}

/// Some rows of a table in a format; one worker at a time fills it.
protocol TablePiece: AnyObject {
  func removeAll()
  /// Adds a row; `cells` are those that the table's columns tell of.
  func add(_ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<Int64>)
  /// How much it has come to.
  var byteCount: Int { get }
}

/// Writes tables that are made of the same rows, each by its writer.
///
/// `writers`: one for each of the tables.
func writeTables(
  _ group: TableGroup, by writers: [any TableWriter], jobs: Int
) throws {
  let tables = Array(zip(group.tables, writers))
  let byKey = tables.filter { $0.0.sequence == nil }
  if !byKey.isEmpty {
    try writeByKey(
      TableGroup(byKey.map(\.0), of: group.rows), by: byKey.map(\.1), jobs: jobs)
  }
  for (table, writer) in tables {
    guard let sequence = table.sequence else { continue }
    try write(
      sequence.places(of: table.rows, in: group.rows, jobs: jobs), of: group.rows, by: writer)
  }
}

/// Writes rows in the order in which they are given.
private func write(
  _ places: [SequencedRow], of parts: [CellTable], by writer: any TableWriter
) throws {
  let width = parts.first?.width ?? 0
  let cells = UnsafeMutablePointer<Int64>.allocate(capacity: width)
  defer { cells.deallocate() }
  let piece = writer.makePiece()
  for place in places {
    let part = parts[place.part]
    part.unpack(place.row, width, into: cells)
    piece.add(part.keys[place.row], cells)
    if piece.byteCount >= pieceByteCount {
      try writer.take(piece, isLast: false)
      piece.removeAll()
    }
  }
  try writer.take(piece, isLast: true)
}

/// A piece of so many bytes is worth a write (a guess).
private let pieceByteCount = 1 << 20

/// Writes tables whose rows stand in the order of their keys.
///
/// Ranges of rows are formatted side by side, and written meanwhile.
private func writeByKey(
  _ group: TableGroup, by writers: [any TableWriter], jobs: Int
) throws {
  let order = try RowOrder(group.rows, jobs: jobs)
  let sheets = (0..<jobs * 3).map { _ in
    FormattedRange(group.tables, writers.map { $0.makePiece() }, group.rows)
  }
  let queue = WritingQueue(
    rangeCount: order.rangeCount, fileCount: writers.count, sheetCount: sheets.count)
  try queue.run(jobs: jobs) { range, sheet in
    sheets[sheet].format(order.sortedPlaces(ofRange: range))
  } write: { file, sheet, isLast in
    try writers[file].take(sheets[sheet].pieces[file], isLast: isLast)
  }
}

/// One range of rows, a piece for each table; used again from range to range.
///
/// Only one worker at a time formats it.
private final class FormattedRange: @unchecked Sendable {
  let pieces: [any TablePiece]
  private let parts: UnsafeMutableBufferPointer<RowsOfPart>
  private let rows: [Table.Rows]
  private let cells: UnsafeMutablePointer<Int64>
  private let cellCount: Int
  /// A cell's place and its value, for rows that are made of one.
  private let count: UnsafeMutablePointer<Int64>
  /// Keeps what was touched, so that touching is not optimised away.
  private var touched: UInt8 = 0

  /// So many rows fit what a processor has under way at once.
  private static let touchedCount = 16

  init(_ tables: [Table], _ pieces: [any TablePiece], _ parts: [CellTable]) {
    self.pieces = pieces
    self.parts = .allocate(capacity: parts.count)
    _ = self.parts.initialize(
      from: parts.map { RowsOfPart(rows: $0.rows, keys: $0.keys.contents) })
    rows = tables.map(\.rows)
    cellCount = parts.first?.width ?? 0
    cells = .allocate(capacity: cellCount)
    count = .allocate(capacity: 2)
    count.initialize(repeating: 0, count: 2)
  }

  deinit {
    count.deallocate()
    cells.deallocate()
    parts.deallocate()
  }

  func format(_ places: UnsafeBufferPointer<RowPlace>) {
    for piece in pieces { piece.removeAll() }
    // Kept for all rows, not retained for each.
    let (pieces, rows, cells) = (pieces, rows, cells)
    for (index, place) in places.enumerated() {
      if index % FormattedRange.touchedCount == 0 {
        touch(places[index...].prefix(FormattedRange.touchedCount))
      }
      let part = parts[Int(place.part)]
      let key = part.keys[Int(place.row)]
      part.rows.unpack(Int(place.row), cellCount, into: cells)
      for table in rows.indices {
        let piece = pieces[table]
        switch rows[table] {
        case .each: piece.add(key, cells)
        case .having(let cell, let value):
          if cells[cell] == value { piece.add(key, cells) }
        case .counts(let counts):
          for place in counts.indices where cells[counts[place]] > 0 {
            count[0] = Int64(place)
            count[1] = cells[counts[place]]
            piece.add(key, count)
          }
        case .marks(let marks):
          for place in marks.indices where cells[marks[place].cell] == marks[place].value {
            count[0] = Int64(place)
            piece.add(key, count)
          }
        }
      }
    }
  }

  /// Looks at rows that come next, so that waits for memory overlap: in the order of their keys, rows
  /// stand all over it.
  private func touch(_ places: Slice<UnsafeBufferPointer<RowPlace>>) {
    var touched = touched
    for place in places {
      let part = parts[Int(place.part)]
      touched &+= part.rows.firstByte(Int(place.row)) &+ (part.keys[Int(place.row)].first ?? 0)
    }
    self.touched = touched
  }
}

/// One part of the rows, as bare pointers: a row may not retain anything.
private struct RowsOfPart: BitwiseCopyable {
  var rows: PackedRows
  var keys: KeyList.Bytes
}
