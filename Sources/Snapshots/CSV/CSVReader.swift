import Files
import Foundation
import Tables

/// Reads a CSV file that `CSVWriter` wrote, row by row.
///
/// Rows are compared by the million: a row is a range of raw bytes, quotes included, valid until the
/// next one is taken; it is split into fields only if somebody asks, and nothing is allocated for it.
package final class CSVReader {
  package private(set) var header: [String] = []
  /// The row at hand without its line feed; nil behind the last one.
  package private(set) var row: UnsafeRawBufferPointer?
  /// Its first field as it was before it was quoted, valid as long as the row.
  package private(set) var key = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  private let path: String
  /// Below 0 while it is closed: at the end, and between reads where it rests.
  private var descriptor: Int32
  private let rests: Bool
  private var readByteCount = 0
  private var window: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var nextRow = 0
  /// Where the first quote of what is read stands behind the row at hand, or how much that is.
  private var nextQuote = 0
  /// Whether nobody has looked through what was read last.
  private var isUnseen = false
  /// The field that was asked for last of a row without quotes, and where it begins.
  private var reached = (field: 0, start: 0)
  /// Where the fields of a row with quotes end, once one of them has been asked for.
  private var ends: UnsafeMutableBufferPointer<Int>
  private var fieldCount = 0
  private var hasQuotes = false
  private var unquotedKey = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 0)

  /// Opens the file and takes its first row in hand.
  ///
  /// `rests`: whether it is closed between reads, as where there are more files than a process can have open.
  package init(_ path: String, windowByteCount: Int = 1 << 20, rests: Bool = false) throws {
    self.path = path
    self.rests = rests
    descriptor = try openRegularFile(path, path: path).descriptor
    window = .allocate(byteCount: windowByteCount, alignment: 64)
    ends = .allocate(capacity: 64)
    try next()
    guard row != nil else { throw damage("it has no header") }
    split()
    header = (0..<fieldCount).map { String(decoding: self[$0], as: UTF8.self) }
    try next()
  }

  deinit {
    rest()
    window.deallocate()
    ends.deallocate()
    unquotedKey.deallocate()
  }

  /// Takes the next row in hand.
  package func next() throws {
    fieldCount = 0
    reached = (0, 0)
    row = try takeRow()
    key = row.map(takeKey) ?? UnsafeBufferPointer(start: nil, count: 0)
  }

  /// Passes over all rows that come before a key; over most of them without looking at them.
  package func skip(to key: [UInt8]) throws {
    try key.withUnsafeBufferPointer { key in
      while row != nil, precedes(self.key, key) {
        if isUnseen { skipWindow(to: key) }
        try next()
      }
    }
  }

  /// Whether the row at hand comes before a key.
  package func comes(before key: [UInt8]) -> Bool {
    key.withUnsafeBufferPointer { precedes(self.key, $0) }
  }

  /// Passes over all rows of the window but the last whole one, if that still comes before a key.
  private func skipWindow(to key: UnsafeBufferPointer<UInt8>) {
    isUnseen = false
    let rest = UnsafeRawBufferPointer(rebasing: window[nextRow..<filled])
    // Between quotes, a line feed need not end a row.
    guard nextQuote == filled, let end = rest.lastIndex(of: lineFeed) else {
      return
    }
    let start = rest[..<end].lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
    let last = UnsafeRawBufferPointer(rebasing: rest[start..<end])
    if precedes(last.prefixBytes(last.firstIndex(ofByte: comma) ?? last.count), key) {
      nextRow += start
    }
  }

  /// Returns keys, in order, that divide the rows of a file into about as many equal parts; fewer where it
  /// is small.
  ///
  /// They need not be any row's.
  static func keys(dividing path: String, into partCount: Int) throws -> [[UInt8]] {
    let file = try RegularFile(path, path: path)
    var keys: [[UInt8]] = []
    for part in stride(from: 1, to: partCount, by: 1) {
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = try bytes.withUnsafeMutableBytes {
        try file.read(at: file.byteCount / partCount * part, into: $0)
      }
      let rows = bytes[..<count].split(separator: lineFeed, omittingEmptySubsequences: false)
      guard rows.count > 2, let key = rows[1].split(separator: comma).first,
        keys.last?.lexicographicallyPrecedes(key) ?? true
      else { continue }
      keys.append(Array(key))
    }
    return keys
  }

  /// A field of the row at hand, as it stands in the file; nothing where it has no such field.
  package subscript(_ field: Int) -> UnsafeRawBufferPointer {
    guard let row, field >= 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    if !hasQuotes { return plainField(field, of: row) }
    if fieldCount == 0 { split() }
    guard field < fieldCount else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let start = field == 0 ? 0 : ends[field - 1] + 1
    return UnsafeRawBufferPointer(rebasing: row[start..<ends[field]])
  }

  private func takeKey(_ row: UnsafeRawBufferPointer) -> UnsafeBufferPointer<UInt8> {
    guard row.first == quote else {
      return row.prefixBytes(row.firstIndex(ofByte: comma) ?? row.count)
    }
    let raw = self[0]
    if unquotedKey.count < raw.count {
      unquotedKey.deallocate()
      unquotedKey = .allocate(capacity: raw.count)
    }
    var count = 0
    var at = 1
    while at < raw.count - 1 {
      unquotedKey[count] = raw[at]
      count += 1
      at += raw[at] == quote ? 2 : 1
    }
    return UnsafeBufferPointer(rebasing: unquotedKey[..<count])
  }

  /// A field of the row at hand, where no field is in quotes: the search goes on from the field that was
  /// asked for last, unless it stands behind, or begins at the end, if that is nearer.
  private func plainField(_ field: Int, of row: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    if field < reached.field { reached = (0, 0) }
    let fieldsBehind = header.count - 1 - field
    if fieldsBehind >= 0, fieldsBehind < field - reached.field,
      let end = row.skipBack(fieldsBehind, from: row.count)
    {
      let start = row.skipBack(1, from: end).map { $0 + 1 } ?? 0
      return UnsafeRawBufferPointer(rebasing: row[start..<end])
    }
    if field > reached.field {
      guard let start = row.skip(field - reached.field, from: reached.start) else {
        return UnsafeRawBufferPointer(start: nil, count: 0)
      }
      reached = (field, start)
    }
    let end = row.nextComma(from: reached.start)
    return UnsafeRawBufferPointer(rebasing: row[reached.start..<end])
  }

  private func split() {
    guard let row else { return }
    var at = 0
    while true {
      if fieldCount == ends.count { makeRoomForFields() }
      at = row.endOfField(from: at)
      ends[fieldCount] = at
      fieldCount += 1
      if at == row.count { return }
      at += 1
    }
  }

  private func makeRoomForFields() {
    let larger = UnsafeMutableBufferPointer<Int>.allocate(capacity: ends.count * 2)
    _ = larger.update(fromContentsOf: ends)
    ends.deallocate()
    ends = larger
  }

  /// Finds the end of the next row: the first line feed outside of quotes.
  private func takeRow() throws -> UnsafeRawBufferPointer? {
    var scanned = nextRow
    while true {
      let rest = UnsafeRawBufferPointer(rebasing: window[scanned..<filled])
      guard let length = rest.firstIndex(ofByte: lineFeed) else {
        let scannedCount = filled - nextRow
        guard try refill() else { return nil }
        scanned = nextRow + scannedCount
        continue
      }
      let end = scanned + length
      scanned = end + 1
      hasQuotes = nextQuote < end
      if hasQuotes {
        let quoted = UnsafeRawBufferPointer(rebasing: window[nextQuote..<end])
        if quoted.count(ofByte: quote) % 2 == 1 { continue }
      }
      let row = UnsafeRawBufferPointer(rebasing: window[nextRow..<end])
      nextRow = scanned
      if hasQuotes { findQuote() }
      return row
    }
  }

  /// Looks for the first quote behind the row at hand: in most files there is none, and no row need be
  /// looked through for one.
  private func findQuote() {
    let rest = UnsafeRawBufferPointer(rebasing: window[nextRow..<filled])
    nextQuote = rest.firstIndex(ofByte: quote).map { nextRow + $0 } ?? filled
  }

  /// Moves what is left to the window's start and reads on behind it; false at the end of the file.
  private func refill() throws -> Bool {
    let rest = filled - nextRow
    if rest == window.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: window.count * 2, alignment: 64)
      larger.copyMemory(from: UnsafeRawBufferPointer(window))
      window.deallocate()
      window = larger
    } else if nextRow > 0, let base = window.baseAddress {
      memmove(base, base + nextRow, rest)
    }
    nextRow = 0
    filled = rest
    if descriptor < 0 { descriptor = try openRegularFile(path, path: path).descriptor }
    while true {
      let count = pread(
        descriptor, window.baseAddress.map { $0 + rest }, window.count - rest, off_t(readByteCount))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw FileError(
          .io, path: path, message: "cannot read: \(String(cString: strerror(errno)))")
      }
      if count == 0 || rests { self.rest() }
      if count == 0 {
        if rest > 0 { throw damage("its last row is cut") }
        return false
      }
      readByteCount += count
      filled += count
      isUnseen = true
      findQuote()
      return true
    }
  }

  private func rest() {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private func damage(_ message: String) -> FileError {
    FileError(.damaged, path: path, message: message)
  }
}

private let comma = UInt8(ascii: ",")
private let commas: UInt64 = 0x2c2c_2c2c_2c2c_2c2c
private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")

extension UnsafeRawBufferPointer {
  @inline(__always)
  fileprivate func firstIndex(ofByte byte: UInt8) -> Int? {
    guard let start = baseAddress, let found = memchr(start, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - start
  }

  @inline(__always)
  fileprivate func count(ofByte byte: UInt8) -> Int {
    var found = 0
    var rest = self
    while let index = rest.firstIndex(ofByte: byte) {
      found += 1
      rest = UnsafeRawBufferPointer(rebasing: rest[(index + 1)...])
    }
    return found
  }

  /// Where the next comma is, or the end.
  @inline(__always)
  fileprivate func nextComma(from start: Int) -> Int {
    var at = start
    while at + 8 <= count {
      let marks = commaMarks(at)
      if marks != 0 { return at + marks.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < count, self[at] != comma { at += 1 }
    return at
  }

  /// Where a field begins that is so many fields further; nil where the row has no such field.
  ///
  /// Eight bytes at a time by how many of them are commas, because most of the time goes here.
  @inline(__always)
  fileprivate func skip(_ fieldCount: Int, from start: Int) -> Int? {
    var rest = fieldCount
    var at = start
    while at + 8 <= count {
      var marks = commaMarks(at)
      let found = Int(((marks >> 7) &* 0x0101_0101_0101_0101) >> 56)
      if found >= rest {
        while rest > 1 {
          marks &= marks &- 1
          rest -= 1
        }
        return at + marks.trailingZeroBitCount / 8 + 1
      }
      rest -= found
      at += 8
    }
    while at < count {
      if self[at] == comma { rest -= 1 }
      at += 1
      if rest == 0 { return at }
    }
    return nil
  }

  /// Where the comma is that stands so many commas back from a place; the place itself for none, nil where
  /// there are fewer.
  @inline(__always)
  fileprivate func skipBack(_ commaCount: Int, from end: Int) -> Int? {
    var rest = commaCount
    var at = end
    if rest == 0 { return end }
    while at >= 8 {
      var marks = commaMarks(at - 8)
      let found = Int(((marks >> 7) &* 0x0101_0101_0101_0101) >> 56)
      if found >= rest {
        for _ in 0..<(found - rest) { marks &= marks &- 1 }
        return at - 8 + marks.trailingZeroBitCount / 8
      }
      rest -= found
      at -= 8
    }
    while at > 0 {
      at -= 1
      if self[at] == comma { rest -= 1 }
      if rest == 0 { return at }
    }
    return nil
  }

  /// The high bit of every byte that is a comma, of eight bytes from a place on.
  @inline(__always)
  fileprivate func commaMarks(_ place: Int) -> UInt64 {
    let word = loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian ^ commas
    let lowBits: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
    // Of a byte that is not 0 now, the sum of its low bits or its high bit reaches the high bit.
    return ~((word & lowBits) &+ lowBits | word | lowBits)
  }

  /// Where a field ends that may be in quotes.
  fileprivate func endOfField(from start: Int) -> Int {
    var at = start
    var isQuoted = false
    while at < count, isQuoted || self[at] != comma {
      if self[at] == quote { isQuoted.toggle() }
      at += 1
    }
    return at
  }

  fileprivate func prefixBytes(_ byteCount: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bindMemory(to: UInt8.self)[..<byteCount])
  }
}
