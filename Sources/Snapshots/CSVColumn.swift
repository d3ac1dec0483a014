/// A column of a CSV file: its header and how the cells below it are written.
package struct CSVColumn: Sendable {
  package var name: String
  package var cell: Int
  package var format: CellFormat

  package init(_ name: String, _ cell: Int, _ format: CellFormat = .integer) {
    self.name = name
    self.cell = cell
    self.format = format
  }
}

/// How a cell is written; an absent one is empty, whatever the format.
package enum CellFormat: Sendable {
  case integer
  /// A whole number of 10^-places: written without trailing zeros.
  case decimal(places: Int)
  /// Milliseconds since 1970 as RFC 3339 UTC with milliseconds.
  case time
  /// An index into names.
  case name(KeyList)
  /// 1 and 0 as `true` and `false`.
  case truth
}

/// Columns prepared for writing: plain values, so that a row costs no reference count.
package final class CSVRow: @unchecked Sendable {
  struct Cell {
    var place: Int
    var kind: Kind
    /// Of a decimal: its places.
    ///
    /// Of a name: which list of names.
    var detail: Int
  }

  enum Kind: UInt8 { case integer, decimal, time, name, truth }

  package let names: [String]
  let cells: UnsafeMutablePointer<Cell>
  let count: Int
  /// The names as they stand in a file.
  let nameLists: UnsafeMutablePointer<KeyList.Bytes>
  /// The most bytes that a row takes behind its key, the line feed included.
  let byteCountMax: Int
  private let fields: [KeyList]

  package init(_ columns: [CSVColumn]) {
    names = columns.map(\.name)
    count = columns.count
    cells = .allocate(capacity: max(1, columns.count))
    var lists: [KeyList] = []
    for (index, column) in columns.enumerated() {
      let (kind, detail): (Kind, Int) =
        switch column.format {
        case .integer: (.integer, 0)
        case .decimal(let places): (.decimal, places)
        case .time: (.time, 0)
        case .truth: (.truth, 0)
        case .name(let names): (.name, lists.append(counting: names.asFields()))
        }
      (cells + index).initialize(to: Cell(place: column.cell, kind: kind, detail: detail))
    }
    fields = lists
    nameLists = .allocate(capacity: max(1, lists.count))
    for (index, list) in lists.enumerated() { (nameLists + index).initialize(to: list.contents) }
    byteCountMax =
      1 + columns.count * (1 + TextCursor.cellByteCountMax)
      + lists.reduce(0) { $0 + $1.byteCountMax }
  }

  deinit {
    cells.deallocate()
    nameLists.deallocate()
  }
}

extension [KeyList] {
  /// Appends a list and returns its index.
  fileprivate mutating func append(counting list: KeyList) -> Int {
    append(list)
    return count - 1
  }
}
