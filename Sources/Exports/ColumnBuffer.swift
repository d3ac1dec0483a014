/// The cells of a column in one group of rows, until they are encoded.
final class ColumnBuffer: @unchecked Sendable {
  let column: ExportColumn
  let isNullable: Bool
  /// Whole numbers, decimals, milliseconds, and 1 and 0.
  private(set) var numbers: [Int64] = []
  private(set) var text: [UInt8] = []
  private(set) var textEnds: [Int] = []
  /// Of each row 1, or 0 where the cell is empty.
  private(set) var levels: [UInt32] = []
  private(set) var nullCount = 0

  init(_ column: ExportColumn, isNullable: Bool) {
    self.column = column
    self.isNullable = isNullable
  }

  var rowCount: Int { levels.count }
  var valueCount: Int { levels.count - nullCount }
  var byteCount: Int { text.count + 8 * valueCount }

  func removeAll() {
    numbers.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    textEnds.removeAll(keepingCapacity: true)
    levels.removeAll(keepingCapacity: true)
    nullCount = 0
  }

  /// Takes the cell of the row at hand.
  ///
  /// - Throws: `FileError` where it is not of the column's kind.
  func append(_ rows: ExportRows, _ index: Int) throws {
    let field = rows[index]
    if field.isEmpty, isNullable {
      levels.append(0)
      nullCount += 1
      return
    }
    levels.append(1)
    switch column.kind {
    case .text:
      rows.withText(index) { text.append(contentsOf: $0) }
      textEnds.append(text.count)
    case .integer: numbers.append(try scaledNumber(field, places: 0) ?? fail(rows))
    case .decimal(let places): numbers.append(try scaledNumber(field, places: places) ?? fail(rows))
    case .time: numbers.append(try milliseconds(field) ?? fail(rows))
    case .truth:
      if field.elementsEqual("true".utf8) {
        numbers.append(1)
      } else if field.elementsEqual("false".utf8) {
        numbers.append(0)
      } else {
        throw rows.damage(column)
      }
    }
  }

  private func fail(_ rows: ExportRows) throws -> Int64 { throw rows.damage(column) }

  /// The same text in so many rows.
  func fill(_ value: String, rowCount: Int) {
    guard rowCount > 0 else { return }
    levels = [UInt32](repeating: value.isEmpty ? 0 : 1, count: rowCount)
    nullCount = value.isEmpty ? rowCount : 0
    if value.isEmpty { return }
    switch column.kind {
    case .time:
      let time = Array(value.utf8).withUnsafeBytes(milliseconds) ?? 0
      numbers = [Int64](repeating: time, count: rowCount)
    default:
      let bytes = Array(value.utf8)
      for _ in 0..<rowCount {
        text += bytes
        textEnds.append(text.count)
      }
    }
  }

  func textRange(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : textEnds[index - 1])..<textEnds[index]
  }
}
