/// Writes CSV into a growing buffer: RFC 4180 quoting where needed, lines ended by LF.
package struct CSVWriter {
  package private(set) var bytes: [UInt8] = []

  /// What an absent cell looks like; `LeadLayout.absent` is the same number.
  private static let absent = Int64.min

  package init() {}

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  package mutating func header(_ names: [String]) {
    for (index, name) in names.enumerated() {
      if index > 0 { comma() }
      field(name.utf8)
    }
    endLine()
  }

  /// Writes a row: its key, then its columns.
  @inline(__always)
  package mutating func row(
    _ key: ArraySlice<UInt8>, _ columns: [CSVColumn], _ cells: UnsafePointer<Int64>
  ) {
    field(key)
    for column in columns {
      comma()
      value(cells[column.cell], column.format)
    }
    endLine()
  }

  package mutating func comma() { bytes.append(UInt8(ascii: ",")) }
  package mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  @inline(__always)
  private mutating func value(_ cell: Int64, _ format: CellFormat) {
    guard cell != CSVWriter.absent else { return }
    switch format {
    case .integer: integer(cell)
    case .decimal(let places): decimal(cell, places: places)
    case .time: time(cell)
    case .name(let names): field(names[Int(cell)].utf8)
    case .key(let keys): field(keys[Int(cell)])
    case .truth: bytes.append(contentsOf: (cell == 0 ? "false" : "true").utf8)
    }
  }

  package mutating func field(_ text: some Collection<UInt8>) {
    let needsQuotes = text.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0a || byte == 0x0d
    }
    guard needsQuotes else {
      bytes.append(contentsOf: text)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func integer(_ value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(value.magnitude, atLeast: 1)
  }

  private mutating func decimal(_ value: Int64, places: Int) {
    var unit: UInt64 = 1
    for _ in 0..<places { unit *= 10 }
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(value.magnitude / unit, atLeast: 1)
    var fraction = value.magnitude % unit
    guard fraction > 0 else { return }
    var width = places
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    bytes.append(UInt8(ascii: "."))
    digits(fraction, atLeast: width)
  }

  /// Days since 1970 to a date by eras of 400 years from a March, as in Hinnant's "chrono-compatible
  /// low-level date algorithms"; times here are never before 1970.
  private mutating func time(_ milliseconds: Int64) {
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
  private mutating func number(_ value: Int64, _ width: Int, then mark: Unicode.Scalar) {
    digits(UInt64(value), atLeast: width)
    bytes.append(UInt8(ascii: mark))
  }

  @inline(__always)
  private mutating func digits(_ value: UInt64, atLeast width: Int) {
    var text: (UInt64, UInt64, UInt64) = (0, 0, 0)
    withUnsafeMutableBytes(of: &text) { buffer in
      var rest = value
      var at = 24
      repeat {
        at -= 1
        buffer[at] = UInt8(truncatingIfNeeded: rest % 10) &+ 0x30
        rest /= 10
      } while rest > 0 || 24 - at < width
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[at...]))
    }
  }
}
