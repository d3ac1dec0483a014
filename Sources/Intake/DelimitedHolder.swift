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
  /// Whether the last byte taken was a line feed.
  private(set) var endsInFeed = true
  /// What is to be read anew.
  private var again: [ArraySlice<UInt8>] = []

  init(_ syntax: CellSyntax, line: Int = 1) {
    self.syntax = syntax
    self.line = line
  }

  mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ body: (HeldRecord, _ isSound: Bool) throws -> Void
  ) throws {
    if let last = bytes.last { endsInFeed = last == UInt8(ascii: "\n") }
    var at = 0
    while at < bytes.count {
      if holder.isEmpty, place == .cellStart {
        at = try takePlainRows(UnsafeRawBufferPointer(rebasing: bytes[at...]), body) + at
        if at == bytes.count { return }
      }
      try takeByte(bytes[at], body)
      try takeAgain(body)
      at += 1
    }
  }

  /// Hands on whole rows without a quote as they lie there; returns how many bytes they were.
  private mutating func takePlainRows(
    _ bytes: UnsafeRawBufferPointer, _ body: (HeldRecord, _ isSound: Bool) throws -> Void
  ) throws -> Int {
    let feed = UInt8(ascii: "\n")
    let quote = UInt8(ascii: "\"")
    // Looked for once: up to there, no row has any.
    var quoteAt = syntax.hasQuotes ? place(of: quote, in: bytes, from: 0) : bytes.count
    var at = 0
    while let start = bytes.baseAddress, at < bytes.count {
      let end = place(of: feed, in: bytes, from: at)
      if end == bytes.count || end - at > recordByteCountMax { return at }
      if quoteAt < end {
        guard hasSoundQuotes(UnsafeRawBufferPointer(start: start + at, count: end - at)) else {
          return at
        }
        quoteAt = place(of: quote, in: bytes, from: end)
      }
      let row = UnsafeRawBufferPointer(start: start + at, count: end - at)
      if !containsOnlyBlanks(row) {
        try body(HeldRecord(bytes: row, byteCount: row.count, line: line), true)
      }
      line += 1
      at = end + 1
    }
    return at
  }

  /// Returns where a byte stands, or how many there are where it does not; looks at eight at a time.
  private func place(of byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    var at = start
    while at + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ pattern
      // The lowest byte that is zero has its high bit set here.
      let zeros = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if zeros != 0 { return at + UInt64(littleEndian: zeros).trailingZeroBitCount / 8 }
      at += 8
    }
    while at < bytes.count, bytes[at] != byte { at += 1 }
    return at
  }

  /// Returns whether the quotes of a line come out within it.
  private func hasSoundQuotes(_ line: UnsafeRawBufferPointer) -> Bool {
    var probe = DelimitedHolder(syntax)
    for byte in line { probe.step(byte) }
    return probe.place != .quoted && probe.place != .broken
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
