import Notation
import Tables

/// Writes CSV into a growing buffer: RFC 4180 quoting where needed, lines ended by LF.
package final class CSVWriter: @unchecked Sendable {
  private var base: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var capacity = 1 << 12
  private let dates = DateTexts()
  /// Holds the field that was asked for last, if it is in quotes.
  private var quoted = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 0)

  package init() {
    base = .allocate(capacity: capacity + TextCursor.slack)
  }

  deinit {
    base.deallocate()
    quoted.deallocate()
    dates.deallocate()
  }

  /// Forgets what has been written; the memory is kept.
  package func removeAll() { count = 0 }

  /// What has been written.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  package func header(_ names: [String]) {
    for (index, var name) in names.enumerated() {
      if index > 0 { comma() }
      name.withUTF8(field)
    }
    endLine()
  }

  /// Writes a row of texts.
  package func fields(_ texts: [[UInt8]]) {
    for (index, text) in texts.enumerated() {
      if index > 0 { comma() }
      text.withUnsafeBufferPointer(field)
    }
    endLine()
  }

  /// Writes a row: its key, then its columns.
  ///
  /// `key`: sixteen bytes behind it are readable, as they are of a `KeyList`.
  package func row(
    _ key: UnsafeBufferPointer<UInt8>, _ row: CSVColumns, _ cells: UnsafePointer<Int64>
  ) {
    self.row(field: asField(key), row, cells)
  }

  /// The same for a key as it stands in a file.
  func row(
    field: UnsafeBufferPointer<UInt8>, _ row: CSVColumns, _ cells: UnsafePointer<Int64>
  ) {
    write(atMost: field.count + row.byteCountMax) { text in
      text.put(short: field)
      put(row, cells, &text)
    }
  }

  @inline(__always)
  private func put(_ row: CSVColumns, _ cells: UnsafePointer<Int64>, _ text: inout TextCursor) {
    for column in UnsafeBufferPointer(start: row.cells, count: row.count) {
      text.put(UInt8(ascii: ","))
      let cell = cells[column.place]
      if cell == CellTable.absent { continue }
      switch column.kind {
      case .integer: text.integer(cell)
      case .decimal: text.decimal(cell, places: column.detail)
      case .time: text.time(cell, dates)
      case .name: text.put(short: row.nameLists[column.detail][Int(cell)])
      case .truth: text.truth(cell != 0)
      case .reasons: put(reasons: cells + column.place, row.nameLists[column.detail], &text)
      }
    }
    text.put(UInt8(ascii: "\n"))
  }

  /// Puts names with their points, in quotes where there is a comma among them.
  @inline(never)
  private func put(
    reasons cells: UnsafePointer<Int64>, _ names: KeyList.Bytes, _ text: inout TextCursor
  ) {
    let isQuoted = cells[2] != CellTable.absent
    if isQuoted { text.put(UInt8(ascii: "\"")) }
    for place in 0..<TableColumn.reasonCountMax where cells[place * 2] != CellTable.absent {
      if place > 0 {
        text.put(UInt8(ascii: ","))
        text.put(UInt8(ascii: " "))
      }
      text.put(names[Int(cells[place * 2])])
      text.put(UInt8(ascii: " "))
      text.put(UInt8(ascii: "+"))
      text.integer(cells[place * 2 + 1])
    }
    if isQuoted { text.put(UInt8(ascii: "\"")) }
  }

  /// A text as it stands in a file, in quotes where it has a comma, a quote or a line break; valid until
  /// the next one is asked for.
  func asField(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard needsCSVQuotes(text) else { return text }
    let capacity = text.count * 2 + 2
    if quoted.count < capacity {
      quoted.deallocate()
      quoted = .allocate(capacity: capacity + TextCursor.slack)
    }
    let start = quoted.baseAddress.unsafelyUnwrapped
    var field = TextCursor(start)
    field.put(UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { field.put(byte) }
      field.put(byte)
    }
    field.put(UInt8(ascii: "\""))
    return UnsafeBufferPointer(start: start, count: field.at - start)
  }

  /// Writes text, in quotes where it needs them.
  func field(_ text: UnsafeBufferPointer<UInt8>) {
    let field = asField(text)
    write(atMost: field.count) { $0.put(field) }
  }

  private func comma() { write(atMost: 1) { $0.put(UInt8(ascii: ",")) } }

  private func endLine() { write(atMost: 1) { $0.put(UInt8(ascii: "\n")) } }

  /// Makes room once for all that `body` writes.
  @inline(__always)
  private func write(atMost byteCount: Int, _ body: (inout TextCursor) -> Void) {
    if count + byteCount > capacity { grow(by: byteCount) }
    var text = TextCursor(base + count)
    body(&text)
    count = text.at - base
  }

  @inline(never)
  private func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + TextCursor.slack)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
