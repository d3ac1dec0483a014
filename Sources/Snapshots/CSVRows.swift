import EventLog
import Foundation

/// Reads a CSV file that `CSVWriter` wrote, row by row, and hashes it on the way.
///
/// Rows are compared by the million: a row is a range of raw bytes, quotes included, valid until the
/// next one is taken; it is split into fields only if somebody asks, and nothing is allocated for it.
final class CSVRows {
  private(set) var header: [String] = []
  /// The row at hand without its line feed; nil behind the last one.
  private(set) var row: UnsafeRawBufferPointer?

  private let path: String
  private let descriptor: Int32
  private var window: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var nextRow = 0
  private var byteCount = 0
  private var hasher: SHA256Hasher? = SHA256Hasher()
  /// Where the fields of the row at hand end, as far as they have been asked for.
  private var ends: [Int] = []
  private var unquotedKey: [UInt8] = []
  private var keyByteCount = 0

  /// Opens the file and takes its first row in hand.
  init(_ path: String, windowByteCount: Int = 1 << 20) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    window = .allocate(byteCount: windowByteCount, alignment: 64)
    guard descriptor >= 0 else {
      throw EventLogError(
        .noInput, path: path, message: "cannot open: \(String(cString: strerror(errno)))")
    }
    try next()
    guard row != nil else { throw damage("it has no header") }
    split(fieldCount: .max)
    header = ends.indices.map { String(decoding: self[$0], as: UTF8.self) }
    try next()
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    window.deallocate()
  }

  /// Takes the next row in hand.
  func next() throws {
    ends.removeAll(keepingCapacity: true)
    row = try takeRow()
    if let row { takeKey(row) }
  }

  /// The first field of the row at hand as it was before it was quoted.
  func withKey<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if !unquotedKey.isEmpty { return unquotedKey.withUnsafeBufferPointer(body) }
    guard let row else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    return body(row.prefixBytes(keyByteCount))
  }

  /// A field of the row at hand, as it stands in the file; nothing where it has no such field.
  subscript(_ field: Int) -> UnsafeRawBufferPointer {
    guard let row, field >= 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    if field >= ends.count { split(fieldCount: field + 1) }
    guard field < ends.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let start = field == 0 ? 0 : ends[field - 1] + 1
    return UnsafeRawBufferPointer(rebasing: row[start..<ends[field]])
  }

  /// Reads what is left; returns the size and the SHA-256 of the whole file.
  func finish() throws -> (byteCount: Int, sha256: String) {
    while row != nil { try next() }
    guard let hasher = hasher.take() else { preconditionFailure("a file is finished once") }
    return (byteCount, hasher.finish())
  }

  private func takeKey(_ row: UnsafeRawBufferPointer) {
    unquotedKey.removeAll(keepingCapacity: true)
    if row.first != quote {
      keyByteCount = row.firstIndex(ofByte: comma) ?? row.count
      return
    }
    let raw = self[0]
    keyByteCount = raw.count
    var at = 1
    while at < raw.count - 1 {
      unquotedKey.append(raw[at])
      at += raw[at] == quote ? 2 : 1
    }
  }

  private func split(fieldCount: Int) {
    guard let row else { return }
    var at = ends.last.map { $0 + 1 } ?? 0
    while ends.count < fieldCount, at <= row.count {
      var isQuoted = false
      while at < row.count, isQuoted || row[at] != comma {
        if row[at] == quote { isQuoted.toggle() }
        at += 1
      }
      ends.append(at)
      at += 1
    }
  }

  /// Finds the end of the next row: the first line feed outside of quotes.
  private func takeRow() throws -> UnsafeRawBufferPointer? {
    var scanned = nextRow
    var isQuoted = false
    while true {
      let rest = UnsafeRawBufferPointer(rebasing: window[scanned..<filled])
      guard let length = rest.firstIndex(ofByte: lineFeed) else {
        let scannedCount = filled - nextRow
        isQuoted = isQuoted != rest.hasOddCount(ofByte: quote)
        guard try refill() else { return nil }
        scanned = nextRow + scannedCount
        continue
      }
      let line = UnsafeRawBufferPointer(rebasing: rest[..<length])
      isQuoted = isQuoted != line.hasOddCount(ofByte: quote)
      scanned += length + 1
      if isQuoted { continue }
      defer { nextRow = scanned }
      return UnsafeRawBufferPointer(rebasing: window[nextRow..<scanned - 1])
    }
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
    while true {
      let count = read(descriptor, window.baseAddress.map { $0 + rest }, window.count - rest)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw EventLogError(
          .io, path: path, message: "cannot read: \(String(cString: strerror(errno)))")
      }
      if count == 0 {
        if rest > 0 { throw damage("its last row is cut") }
        return false
      }
      hasher?.update(UnsafeRawBufferPointer(rebasing: window[rest..<rest + count]))
      byteCount += count
      filled += count
      return true
    }
  }

  private func damage(_ message: String) -> EventLogError {
    EventLogError(.damaged, path: path, message: message)
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")

extension UnsafeRawBufferPointer {
  @inline(__always)
  fileprivate func firstIndex(ofByte byte: UInt8) -> Int? {
    guard let start = baseAddress, let found = memchr(start, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - start
  }

  @inline(__always)
  fileprivate func hasOddCount(ofByte byte: UInt8) -> Bool {
    var isOdd = false
    var rest = self
    while let index = rest.firstIndex(ofByte: byte) {
      isOdd.toggle()
      rest = UnsafeRawBufferPointer(rebasing: rest[(index + 1)...])
    }
    return isOdd
  }

  fileprivate func prefixBytes(_ byteCount: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bindMemory(to: UInt8.self)[..<byteCount])
  }
}
