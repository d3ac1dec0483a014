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
  func printOut(jobs: Int = processorCount) throws {
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

/// Takes rows cell by cell and measures them, or sets them where it is known how wide columns are to be.
final class RowSink {
  /// The rows that are set, or the one that is measured.
  private(set) var text: [UInt8] = []
  private let isSetting: Bool
  private var widths: [Int]
  private let isRight: [Bool]
  private let spaces: [UInt8]
  private var column = 0
  private var rowStart = 0

  init() { (isSetting, widths, isRight, spaces) = (false, [], [], []) }

  init(_ widths: [Int], _ rightColumns: Set<Int>) {
    (isSetting, self.widths) = (true, widths)
    isRight = widths.indices.map(rightColumns.contains)
    spaces = [UInt8](repeating: UInt8(ascii: " "), count: max(widths.max() ?? 0, 2))
  }

  /// The width of the widest cell of a column so far.
  func width(_ column: Int) -> Int { column < widths.count ? widths[column] : 0 }

  func row(_ cells: [String]) {
    for text in cells { cell(text) }
    endRow()
  }

  func cell(_ text: String) { cell { $0.append(text: text) } }

  /// `isPlain`: whether each byte of it is known to be a character that all terminals show.
  func cell(isPlain: Bool = false, _ write: (inout [UInt8]) -> Void) {
    if isSetting, column > 0 { text += spaces[..<2] }
    let start = text.count
    write(&text)
    let width = isPlain || self.isPlain(from: start) ? text.count - start : makeVisible(from: start)
    if isSetting {
      pad(from: start, by: widths[column] - width)
    } else if column == widths.count {
      widths.append(width)
    } else if width > widths[column] {
      widths[column] = width
    }
    column += 1
  }

  func endRow() {
    column = 0
    guard isSetting else { return text.removeAll(keepingCapacity: true) }
    while text.count > rowStart, text.last == UInt8(ascii: " ") { text.removeLast() }
    text.append(UInt8(ascii: "\n"))
    rowStart = text.count
  }

  private func pad(from start: Int, by count: Int) {
    if count <= 0 { return }
    if isRight[column] {
      text.insert(contentsOf: spaces[..<count], at: start)
    } else {
      text += spaces[..<count]
    }
  }

  /// Writes out what a terminal would obey, as it will be printed, or columns would not line up; returns how wide it is.
  private func makeVisible(from start: Int) -> Int {
    let visible = visibleText(String(decoding: text[start...], as: UTF8.self))
    text.replaceSubrange(start..., with: visible.utf8)
    return visible.count
  }

  private func isPlain(from start: Int) -> Bool {
    text[start...].allSatisfy { $0 &- 0x20 < 0x5F }
  }
}
