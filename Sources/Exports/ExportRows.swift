import Engine
import Files
import Notation
import Snapshots

/// The rows of a table, one at a time; only the one at hand is in memory.
final class ExportRows {
  private let rows: CSVReader
  private let path: String
  private let columnCount: Int
  private(set) var number = 0
  private var unquoted: [UInt8] = []

  init(_ table: ExportTable, of snapshot: PublishedSnapshot) throws {
    path = "\(snapshot.path)/\(table.file)"
    rows = try CSVReader(path)
    columnCount = table.columns.count
    guard rows.header == table.columns.map(\.source) else {
      throw ExportRows.isOtherVersion(snapshot, table.file, "its columns are others")
    }
  }

  static func isOtherVersion(
    _ snapshot: PublishedSnapshot, _ file: String, _ what: String
  ) -> RunError {
    RunError(
      .badData, "\(snapshot.name)/\(file): \(what) than this version makes of the definition",
      hint: "publish a snapshot with this version: scorebook run")
  }

  /// Whether there is a row at hand.
  var isRow: Bool { rows.row != nil }

  func next() throws {
    try rows.next()
    number += 1
  }

  /// A cell as it stands in the file.
  subscript(_ column: Int) -> UnsafeRawBufferPointer { rows[column] }

  /// Calls back with a text as it was before it was quoted.
  func withText<Result>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let field = rows[column]
    guard field.first == UInt8(ascii: "\"") else { return try body(field) }
    unquoted.removeAll(keepingCapacity: true)
    var isSecond = false
    for byte in field.dropFirst().dropLast() {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if !isSecond { unquoted.append(byte) }
    }
    return try unquoted.withUnsafeBytes(body)
  }

  /// What is wrong with a cell that is not of its column's kind.
  func damage(_ column: ExportColumn) -> FileError {
    FileError(
      .damaged, path: path,
      message: "row \(number + 1): '\(column.source)' is no \(column.kind.word)"
    )
  }
}

/// A number of a file: a whole number of 10^-places; nil where it is none, or has more digits than fit.
func scaledNumber(_ text: UnsafeRawBufferPointer, places: Int) -> Int64? {
  guard let start = text.baseAddress else { return nil }
  var at = start
  let end = start + text.count
  let isNegative = text[0] == UInt8(ascii: "-")
  if isNegative { at += 1 }
  if at == end { return nil }
  var number: Int64 = 0
  var placesLeft = -1
  func add(_ digit: UInt8) -> Bool {
    let (tenfold, isTooMuch) = number.multipliedReportingOverflow(by: 10)
    // Downwards, where there is one number more.
    let (sum, isBeyond) = tenfold.subtractingReportingOverflow(Int64(digit))
    number = sum
    return !isTooMuch && !isBeyond
  }
  while at < end {
    let byte = at.load(as: UInt8.self)
    at += 1
    if byte == UInt8(ascii: "."), placesLeft < 0, places > 0 {
      placesLeft = places
      continue
    }
    let digit = byte &- UInt8(ascii: "0")
    guard digit < 10, placesLeft != 0, add(digit) else { return nil }
    if placesLeft > 0 { placesLeft -= 1 }
  }
  if placesLeft < 0 { placesLeft = places }
  for _ in 0..<placesLeft where !add(0) { return nil }
  if isNegative { return number }
  return number == .min ? nil : 0 - number
}

/// The milliseconds of a time of a file; nil where it is none.
func milliseconds(_ text: UnsafeRawBufferPointer) -> Milliseconds? {
  let bytes = text.bindMemory(to: UInt8.self)
  guard let start = bytes.baseAddress else { return nil }
  return eventTime(start, bytes.count)
}
