/// The cells of one row, quotes resolved; used again for each, so that none is allocated.
final class Row {
  /// As it stands in the file.
  private(set) var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  private(set) var count = 0
  private var starts: [Int] = []
  private var ends: [Int] = []
  /// The text that the places are of: the row's own bytes, or where quotes were resolved.
  private var text = UnsafeRawBufferPointer(start: nil, count: 0)
  private var resolved = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 12, alignment: 1)

  deinit { resolved.deallocate() }

  /// Returns a cell without the blanks around it, valid until the next row is cut.
  subscript(index: Int) -> UnsafeRawBufferPointer {
    var (start, end) = (starts[index], ends[index])
    while start < end, isGap(text[start]) { start += 1 }
    while end > start, isGap(text[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: text[start..<end])
  }

  /// Whether there is nothing in any cell.
  var isBlank: Bool { (0..<count).allSatisfy { starts[$0] == ends[$0] } }

  /// Returns the text of a cell; nil if it is empty.
  func text(_ index: Int) -> String? {
    let cell = self[index]
    return cell.isEmpty ? nil : String(decoding: cell, as: UTF8.self)
  }

  /// Cuts a whole row; a carriage return at its end is passed over.
  func cut(_ row: UnsafeRawBufferPointer, _ syntax: CellSyntax) {
    bytes = row
    let end = row.last == UInt8(ascii: "\r") ? row.count - 1 : row.count
    count = 0
    if syntax.hasQuotes, row.contains(UInt8(ascii: "\"")) {
      cutQuoted(row, end, syntax.delimiter)
    } else {
      text = row
      var start = 0
      for at in 0..<end where row[at] == syntax.delimiter {
        add(start, at)
        start = at + 1
      }
      add(start, end)
    }
  }

  private func add(_ start: Int, _ end: Int) {
    if count == starts.count {
      starts.append(start)
      ends.append(end)
    } else {
      starts[count] = start
      ends[count] = end
    }
    count += 1
  }

  private func cutQuoted(_ row: UnsafeRawBufferPointer, _ end: Int, _ delimiter: UInt8) {
    if resolved.count < row.count {
      resolved.deallocate()
      resolved = .allocate(byteCount: row.count * 2, alignment: 1)
    }
    let quote = UInt8(ascii: "\"")
    var (at, to, start) = (0, 0, 0)
    var isQuoted = end > 0 && row[0] == quote
    if isQuoted { at = 1 }
    while at < end {
      let byte = row[at]
      at += 1
      if isQuoted, byte == quote {
        if at < end, row[at] == quote {
          at += 1
        } else {
          isQuoted = false
          continue
        }
      } else if !isQuoted, byte == delimiter {
        add(start, to)
        start = to
        if at < end, row[at] == quote {
          isQuoted = true
          at += 1
        }
        continue
      }
      resolved[to] = byte
      to += 1
    }
    add(start, to)
    text = UnsafeRawBufferPointer(resolved)
  }
}

private func isGap(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// Returns the texts of a whole row's cells as they are, blanks too.
func cells(of row: UnsafeRawBufferPointer, _ syntax: CellSyntax) -> [String] {
  let cut = Row()
  cut.cut(row, syntax)
  return (0..<cut.count).map { String(decoding: cut.whole($0), as: UTF8.self) }
}

extension Row {
  /// Returns a cell with the blanks around it.
  func whole(_ index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text[starts[index]..<ends[index]])
  }
}
