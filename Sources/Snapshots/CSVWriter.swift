/// Writes CSV into a growing buffer: RFC 4180 quoting where needed, lines ended by LF.
package final class CSVWriter: @unchecked Sendable {
  private var base: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var capacity = 1 << 12

  /// What an absent cell looks like: `LeadLayout.absent` is the same number.
  private static let absent = Int64.min
  /// More than any number or time takes.
  private static let cellByteCountMax = 32

  package init() {
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  /// Forgets what has been written; the memory is kept.
  package func removeAll() { count = 0 }

  /// What has been written.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  package func header(_ names: [String]) {
    for (index, var name) in names.enumerated() {
      if index > 0 { put(UInt8(ascii: ",")) }
      name.withUTF8(field)
    }
    endLine()
  }

  /// Writes a row of texts.
  package func fields(_ texts: [[UInt8]]) {
    for (index, text) in texts.enumerated() {
      if index > 0 {
        makeRoom(for: 1)
        put(UInt8(ascii: ","))
      }
      text.withUnsafeBufferPointer(field)
    }
    endLine()
  }

  /// Writes a row: its key, then its columns.
  package func row(
    _ key: UnsafeBufferPointer<UInt8>, _ row: CSVRow, _ cells: UnsafePointer<Int64>
  ) {
    field(key)
    for index in 0..<row.count {
      let column = row.cells[index]
      makeRoom(for: CSVWriter.cellByteCountMax)
      put(UInt8(ascii: ","))
      let cell = cells[column.place]
      if cell == CSVWriter.absent { continue }
      switch column.kind {
      case .integer: integer(cell)
      case .decimal: decimal(cell, places: column.detail)
      case .time: time(cell)
      case .name: field(row.nameLists[column.detail][Int(cell)])
      case .truth: truth(cell != 0)
      }
    }
    endLine()
  }

  /// Writes a row for each count above 0: a key, a name and the count.
  package func counts(
    _ key: UnsafeBufferPointer<UInt8>, _ names: CountedNames, _ cells: UnsafePointer<Int64>
  ) {
    var prepared = -1
    var preparedCount = 0
    for index in 0..<names.count {
      let cell = cells[names.cells[index]]
      if cell <= 0 { continue }
      let (name, nameCount) = names.fields[index]
      makeRoom(for: key.count * 2 + 3 + nameCount + CSVWriter.cellByteCountMax)
      if prepared < 0 {
        prepared = count
        field(key)
        preparedCount = count - prepared
      } else {
        // The key as it stands in the row before: it has been looked at for quotes.
        (base + count).update(from: base + prepared, count: preparedCount)
        count += preparedCount
      }
      (base + count).update(from: name, count: nameCount)
      count += nameCount
      integer(cell)
      put(UInt8(ascii: "\n"))
    }
  }

  private func endLine() {
    makeRoom(for: 1)
    put(UInt8(ascii: "\n"))
  }

  /// Writes text, in quotes where it has a comma, a quote or a line break.
  private func field(_ text: UnsafeBufferPointer<UInt8>) {
    makeRoom(for: text.count * 2 + 3)
    guard needsQuotes(text) else {
      if let start = text.baseAddress { (base + count).update(from: start, count: text.count) }
      count += text.count
      return
    }
    put(UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { put(byte) }
      put(byte)
    }
    put(UInt8(ascii: "\""))
  }

  /// Whether RFC 4180 wants the text in quotes: eight bytes at a time, by which of them are equal to
  /// one of four.
  @inline(__always)
  private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let everyByte: UInt64 = 0x0101_0101_0101_0101
    let everyHighBit: UInt64 = 0x8080_8080_8080_8080
    @inline(__always) func marks(_ word: UInt64, _ byte: UInt64) -> UInt64 {
      let difference = word ^ (everyByte &* byte)
      return (difference &- everyByte) & ~difference
    }
    @inline(__always) func hasMark(_ word: UInt64) -> Bool {
      (marks(word, 0x2c) | marks(word, 0x22) | marks(word, 0x0a) | marks(word, 0x0d))
        & everyHighBit != 0
    }
    let start = UnsafeRawPointer(text.baseAddress)
    guard let start else { return false }
    var at = 0
    while at + 8 <= text.count {
      if hasMark(start.loadUnaligned(fromByteOffset: at, as: UInt64.self)) { return true }
      at += 8
    }
    var rest: UInt64 = 0
    while at < text.count {
      rest = rest << 8 | UInt64(start.load(fromByteOffset: at, as: UInt8.self))
      at += 1
    }
    return hasMark(rest)
  }

  private func truth(_ value: Bool) {
    for byte in (value ? "true" : "false").utf8 { put(byte) }
  }

  @inline(__always)
  private func integer(_ value: Int64) {
    if value >= 0, value < 10 { return put(UInt8(truncatingIfNeeded: value) &+ 0x30) }
    if value < 0 { put(UInt8(ascii: "-")) }
    digits(value.magnitude, atLeast: 1)
  }

  private func decimal(_ value: Int64, places: Int) {
    var unit: UInt64 = 1
    for _ in 0..<places { unit *= 10 }
    if value < 0 { put(UInt8(ascii: "-")) }
    digits(value.magnitude / unit, atLeast: 1)
    var fraction = value.magnitude % unit
    guard fraction > 0 else { return }
    var width = places
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    put(UInt8(ascii: "."))
    digits(fraction, atLeast: width)
  }

  /// Days since 1970 to a date by eras of 400 years from a March, as in Hinnant's "chrono-compatible
  /// low-level date algorithms"; times here are never before 1970.
  private func time(_ milliseconds: Int64) {
    let seconds = milliseconds / 1000
    let days = seconds / 86400 + 719_468
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    number(days / 146_097 * 400 + yearOfEra + (month <= 2 ? 1 : 0), 4, then: "-")
    number(month, 2, then: "-")
    number(dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2, then: "T")
    let second = seconds % 86400
    number(second / 3600, 2, then: ":")
    number(second / 60 % 60, 2, then: ":")
    number(second % 60, 2, then: ".")
    number(milliseconds % 1000, 3, then: "Z")
  }

  @inline(__always)
  private func number(_ value: Int64, _ width: Int, then mark: Unicode.Scalar) {
    digits(UInt64(value), atLeast: width)
    put(UInt8(ascii: mark))
  }

  /// Writes digits from the last to the first, into room that has been made.
  @inline(__always)
  private func digits(_ value: UInt64, atLeast width: Int) {
    var width = width
    var bound: UInt64 = 1
    for _ in 0..<width { bound &*= 10 }
    while width < 20, value >= bound {
      width += 1
      bound &*= 10
    }
    var rest = value
    var at = width
    while at > 0 {
      at -= 1
      base[count + at] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
      rest /= 10
    }
    count += width
  }

  /// Writes a byte into room that has been made.
  @inline(__always)
  private func put(_ byte: UInt8) {
    base[count] = byte
    count &+= 1
  }

  @inline(__always)
  private func makeRoom(for more: Int) {
    if count + more > capacity { grow(by: more) }
  }

  @inline(never)
  private func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}

/// Names with the cells that count them, as they stand between a key and its count: `,name,`.
package final class CountedNames: @unchecked Sendable {
  let count: Int
  let cells: UnsafeMutablePointer<Int>
  let fields: UnsafeMutablePointer<(UnsafePointer<UInt8>, Int)>

  package init(_ names: [(name: String, cell: Int)]) {
    count = names.count
    cells = .allocate(capacity: max(1, count))
    fields = .allocate(capacity: max(1, count))
    for (index, (name, cell)) in names.enumerated() {
      let csv = CSVWriter()
      csv.header(["", name, ""])
      // Without the line feed.
      let byteCount = csv.bytes.count - 1
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCount)
      for (place, byte) in csv.bytes.prefix(byteCount).enumerated() {
        (copy + place).initialize(to: byte)
      }
      (cells + index).initialize(to: cell)
      (fields + index).initialize(to: (UnsafePointer(copy), byteCount))
    }
  }

  deinit {
    for index in 0..<count { fields[index].0.deallocate() }
    fields.deallocate()
    cells.deallocate()
  }
}
