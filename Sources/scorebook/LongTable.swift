import Engine
import Notation
import Workers

/// A table with more rows than anybody would keep as text.
///
/// Each row is gone through twice, once to see how wide the columns are and once to set it; it comes out as from
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
    let sinks = try parallel(ranges.count, jobs: jobs, makeWorker: { _ in RowSink(columnCount: header.count) }) {
      write(ranges[$1], $0)
    }
    let top = RowSink(columnCount: header.count)
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
///
/// Rows stand in memory that it makes room in once for a cell, because there are millions of them.
final class RowSink {
  let dates = DateTexts()
  private let isSetting: Bool
  private var widths: [Int]
  private let isRight: [Bool]
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity = 1 << 14
  /// How much is set.
  private var count = 0
  private var column = 0
  private var rowStart = 0

  /// One that measures.
  init(columnCount: Int) {
    isSetting = false
    widths = [Int](repeating: 0, count: columnCount)
    isRight = [Bool](repeating: false, count: columnCount)
    base = .allocate(capacity: capacity)
  }

  /// One that sets.
  init(_ widths: [Int], _ rightColumns: Set<Int>) {
    isSetting = true
    self.widths = widths
    isRight = widths.indices.map(rightColumns.contains)
    base = .allocate(capacity: capacity)
  }

  deinit {
    base.deallocate()
    dates.deallocate()
  }

  /// The rows that are set.
  var text: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// The width of the widest cell of a column so far.
  func width(_ column: Int) -> Int { widths[column] }

  func row(_ cells: [String]) {
    for text in cells { cell(text) }
    endRow()
  }

  func cell(_ text: String) {
    var text = text
    text.withUTF8 { bytes in cell(atMost: bytes.count) { $0.put(bytes) } }
  }

  /// `byteCount`: no less than what is put; a plain cell that cannot widen its column is measured by it alone.
  ///
  /// `isPlain`: whether each byte of it is known to be a character that all terminals show.
  @inline(__always)
  func cell(atMost byteCount: Int, isPlain: Bool = false, _ put: (inout TextCursor) -> Void) {
    if isSetting || !isPlain || byteCount > widths[column] {
      makeRoom(byteCount)
      let start = base + count + gap
      var text = TextCursor(start)
      put(&text)
      place(text.at - start, isPlain: isPlain)
    }
    column += 1
  }

  func endRow() {
    column = 0
    guard isSetting else { return }
    while count > rowStart, base[count - 1] == UInt8(ascii: " ") { count -= 1 }
    makeRoom(1)
    base[count] = UInt8(ascii: "\n")
    count += 1
    rowStart = count
  }

  /// How many spaces stand before the cell.
  private var gap: Int { isSetting && column > 0 ? 2 : 0 }

  /// Places the cell that has been put behind the gap.
  private func place(_ byteCount: Int, isPlain: Bool) {
    precondition(count + gap + byteCount + TextCursor.slack <= capacity, "a cell has its room")
    var byteCount = byteCount
    var width = byteCount
    if !isPlain, !self.isPlain(byteCount) { (byteCount, width) = makeVisible(byteCount) }
    guard isSetting else {
      if width > widths[column] { widths[column] = width }
      return
    }
    let start = base + count
    let space = widths[column] - width
    start.update(repeating: UInt8(ascii: " "), count: gap)
    if space > 0 {
      let cell = start + gap
      if isRight[column] {
        (cell + space).update(from: cell, count: byteCount)
        cell.update(repeating: UInt8(ascii: " "), count: space)
      } else {
        (cell + byteCount).update(repeating: UInt8(ascii: " "), count: space)
      }
    }
    count += gap + byteCount + max(space, 0)
  }

  /// Makes room for a cell, what stands around it and what is written over.
  @inline(__always)
  private func makeRoom(_ byteCount: Int) {
    let wanted = count + gap + byteCount + (column < widths.count ? widths[column] : 0)
    if wanted + 2 * TextCursor.slack > capacity { grow(to: wanted + 2 * TextCursor.slack) }
  }

  @inline(never)
  private func grow(to wanted: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: max(2 * capacity, wanted))
    larger.update(from: base, count: capacity)
    base.deallocate()
    base = larger
    capacity = max(2 * capacity, wanted)
  }

  /// Writes out what a terminal would obey, as it will be printed, or columns would not line up; returns how long and
  /// how wide it is then.
  private func makeVisible(_ byteCount: Int) -> (byteCount: Int, width: Int) {
    let bytes = UnsafeBufferPointer(start: base + count + gap, count: byteCount)
    var visible = visibleText(String(decoding: bytes, as: UTF8.self))
    let width = visible.count
    return visible.withUTF8 { text in
      makeRoom(text.count)
      (base + count + gap).update(from: text.baseAddress.unsafelyUnwrapped, count: text.count)
      return (text.count, width)
    }
  }

  /// Whether each byte of the cell that has been put is one that all terminals show, eight at a time.
  private func isPlain(_ byteCount: Int) -> Bool {
    let start = UnsafeMutableRawPointer(base + count + gap)
    start.storeBytes(of: 0x2020_2020_2020_2020, toByteOffset: byteCount, as: UInt64.self)
    var strange: UInt64 = 0
    for place in stride(from: 0, to: byteCount, by: 8) {
      let eight = start.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // Above 0x7F, below 0x20, or 0x7F: each makes a highest bit, and where none does no byte borrows.
      strange |= eight | (eight &- 0x2020_2020_2020_2020) | (eight &+ 0x0101_0101_0101_0101)
    }
    return strange & 0x8080_8080_8080_8080 == 0
  }
}
