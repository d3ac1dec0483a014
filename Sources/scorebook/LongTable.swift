import Engine
import Notation
import Workers

/// A table with more rows than anybody would keep as text.
///
/// Each row is written twice, once to see how wide the columns are and once where it goes; it comes out as from
/// `aligned`.
struct LongTable: Sendable {
  let header: [String]
  let rightColumns: Set<Int>
  let rowCount: Int
  /// Writes some rows, each cell by cell.
  let write: @Sendable (_ rows: Range<Int>, RowSink) -> Void

  /// Prints it, many rows side by side.
  func print(jobs: Int = processorCount) throws {
    let ranges = (0..<rowCount).pieces(of: rowsPerPrint)
    let sinks = try parallel(ranges.count, jobs: jobs, makeWorker: { _ in RowSink() }) {
      write(ranges[$1], $0)
    }
    let top = RowSink()
    top.row(header)
    let widths = header.indices.map { column in
      (sinks + [top]).map { $0.width(column) }.max() ?? 0
    }
    try printRows(rowCount, jobs: jobs) { rows in
      let sink = RowSink(widths, rightColumns)
      if rows.lowerBound == 0 { sink.row(header) }
      write(rows, sink)
      return sink.text
    }
  }
}

/// Takes rows and measures their cells, or sets them where it is known how wide they are to be.
final class RowSink {
  private(set) var text: [UInt8] = []
  private let isSetting: Bool
  private var widths: [Int]
  private let rightColumns: Set<Int>
  /// The cells of the row at hand, and where each ends.
  private var cells: [UInt8] = []
  private var ends: [Int] = []

  init() { (isSetting, widths, rightColumns) = (false, [], []) }

  init(_ widths: [Int], _ rightColumns: Set<Int>) {
    (isSetting, self.widths, self.rightColumns) = (true, widths, rightColumns)
  }

  /// The width of the widest cell of a column so far.
  func width(_ column: Int) -> Int { column < widths.count ? widths[column] : 0 }

  func row(_ cells: [String]) {
    for text in cells { cell(text) }
    endRow()
  }

  func cell(_ text: String) { cell { $0.append(text: text) } }

  func cell(_ write: (inout [UInt8]) -> Void) {
    let start = cells.count
    write(&cells)
    if !isPlain(from: start) {
      // As it will be printed, or columns would not line up.
      let visible = visibleText(String(decoding: cells[start...], as: UTF8.self))
      cells.replaceSubrange(start..., with: visible.utf8)
    }
    ends.append(cells.count)
  }

  func endRow() {
    let rowStart = text.count
    var start = 0
    for (column, end) in ends.enumerated() {
      let width = width(of: start..<end)
      if isSetting {
        set(start..<end, width, column)
      } else if column < widths.count {
        widths[column] = max(widths[column], width)
      } else {
        widths.append(width)
      }
      start = end
    }
    cells.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    guard isSetting else { return }
    while text.count > rowStart, text.last == UInt8(ascii: " ") { text.removeLast() }
    text.append(UInt8(ascii: "\n"))
  }

  private func set(_ cell: Range<Int>, _ width: Int, _ column: Int) {
    if column > 0 { text.append(text: "  ") }
    let space = max(0, widths[column] - width)
    if rightColumns.contains(column) { text.append(spaces: space) }
    text.append(contentsOf: cells[cell])
    if !rightColumns.contains(column) { text.append(spaces: space) }
  }

  private func width(of cell: Range<Int>) -> Int {
    isPlain(from: cell.lowerBound, to: cell.upperBound)
      ? cell.count : String(decoding: cells[cell], as: UTF8.self).count
  }

  /// Whether each byte is a character that all terminals show.
  private func isPlain(from start: Int, to end: Int? = nil) -> Bool {
    cells[start..<(end ?? cells.count)].allSatisfy { $0 &- 0x20 < 0x5F }
  }
}

extension [UInt8] {
  fileprivate mutating func append(spaces count: Int) {
    for _ in 0..<count { append(UInt8(ascii: " ")) }
  }
}
