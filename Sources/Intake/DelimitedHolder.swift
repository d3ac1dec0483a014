/// How the cells of a file of rows are told apart.
struct CellSyntax: Equatable, Sendable {
  var delimiter: UInt8
  /// Whether cells may stand in quotes, as RFC 4180 has it; else a quote is a character like any other.
  var hasQuotes = true
}

/// Cuts rows out of delimited text; quoted cells may hold line breaks.
///
/// A row whose quotes do not come out ends with its first line, and what follows is read anew: one stray quote does
/// not take the rows behind it along. Blank lines are no rows.
struct DelimitedHolder {
  private enum Place {
    case cellStart, cell, quoted
    /// Behind a quote in a quoted cell: its end, or the first of two.
    case quote
    /// The quotes of the row do not come out.
    case broken
  }

  let syntax: CellSyntax
  private var holder = RecordHolder()
  private var place = Place.cellStart
  private var line: Int
  /// Line feeds within the row so far.
  private var innerLineCount = 0
  /// What is to be read anew.
  private var again: [ArraySlice<UInt8>] = []

  init(_ syntax: CellSyntax, line: Int = 1) {
    self.syntax = syntax
    self.line = line
  }

  mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ body: (HeldRecord, _ isSound: Bool) throws -> Void
  ) throws {
    for byte in bytes {
      try takeByte(byte, body)
      try takeAgain(body)
    }
  }

  mutating func finish(_ body: (HeldRecord, _ isSound: Bool) throws -> Void) throws {
    while !holder.isEmpty {
      if place == .quoted { place = .broken }
      try endRow(body)
      try takeAgain(body)
    }
  }

  /// Takes what is to be read anew, the latest first: it stood before the others.
  private mutating func takeAgain(
    _ body: (HeldRecord, _ isSound: Bool) throws -> Void
  ) throws {
    while var rest = again.popLast() {
      while let byte = rest.popFirst() {
        let count = again.count
        try takeByte(byte, body)
        if again.count > count {
          again.insert(rest, at: count)
          rest = []
        }
      }
    }
  }

  private mutating func takeByte(
    _ byte: UInt8, _ body: (HeldRecord, _ isSound: Bool) throws -> Void
  ) throws {
    let isFeed = byte == UInt8(ascii: "\n")
    // A line that is too long ends even within quotes.
    if isFeed, place != .quoted || holder.byteCount > recordByteCountMax {
      return try endRow(body)
    }
    step(byte)
    holder.append(byte)
    if place == .quoted, innerLineCount > 0, holder.byteCount == recordByteCountMax {
      try retry(body)
    }
  }

  private mutating func step(_ byte: UInt8) {
    if byte == UInt8(ascii: "\n") { innerLineCount += 1 }
    guard syntax.hasQuotes else { return }
    let isQuote = byte == UInt8(ascii: "\"")
    switch place {
    case .cellStart: place = isQuote ? .quoted : byte == syntax.delimiter ? .cellStart : .cell
    case .cell: if byte == syntax.delimiter { place = .cellStart }
    case .quoted: if isQuote { place = .quote }
    case .quote:
      if isQuote {
        place = .quoted
      } else if byte == syntax.delimiter {
        place = .cellStart
      } else if byte != UInt8(ascii: "\r") {
        place = .broken
      }
    case .broken: break
    }
  }

  private mutating func endRow(
    _ body: (HeldRecord, _ isSound: Bool) throws -> Void
  ) throws {
    if place == .broken { return try retry(body) }
    let first = line
    line += innerLineCount + 1
    begin()
    if holder.isBlank { return holder.clear() }
    try holder.hand(on: first) { try body($0, true) }
  }

  private mutating func begin() {
    place = .cellStart
    innerLineCount = 0
  }

  /// Refuses the row's first line and reads the others anew.
  private mutating func retry(_ body: (HeldRecord, _ isSound: Bool) throws -> Void) throws {
    let isEnded = place == .broken
    var rest: [UInt8] = []
    try holder.hand(on: line) { record in
      let end = record.isOverlong ? nil : record.bytes.firstIndex(of: UInt8(ascii: "\n"))
      let first = UnsafeRawBufferPointer(rebasing: record.bytes[..<(end ?? record.bytes.count)])
      rest = end.map { Array(record.bytes[($0 + 1)...]) } ?? []
      let byteCount = end == nil ? record.byteCount : first.count
      try body(HeldRecord(bytes: first, byteCount: byteCount, line: record.line), false)
    }
    let hadMore = innerLineCount > 0
    line += 1
    begin()
    guard hadMore else { return }
    if isEnded { rest.append(UInt8(ascii: "\n")) }
    again.append(rest[...])
  }
}

/// Returns the cells of a whole row, quotes resolved; a carriage return at its end is passed over.
func cells(of row: UnsafeRawBufferPointer, _ syntax: CellSyntax) -> [[UInt8]] {
  let quote = UInt8(ascii: "\"")
  var bytes = row[...]
  if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
  var cells: [[UInt8]] = []
  var at = bytes.startIndex
  while true {
    var cell: [UInt8] = []
    if syntax.hasQuotes, at < bytes.endIndex, bytes[at] == quote {
      at += 1
      while at < bytes.endIndex {
        if bytes[at] == quote {
          at += 1
          guard at < bytes.endIndex, bytes[at] == quote else { break }
        }
        cell.append(bytes[at])
        at += 1
      }
    }
    let end = bytes[at...].firstIndex(of: syntax.delimiter) ?? bytes.endIndex
    cell.append(contentsOf: bytes[at..<end])
    cells.append(cell)
    guard end < bytes.endIndex else { return cells }
    at = end + 1
  }
}
