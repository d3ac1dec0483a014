import Notation
import Tables

/// Columns prepared for writing: plain values, so that a row costs no reference count.
package final class CSVColumns: @unchecked Sendable {
  struct Cell {
    var place: Int
    var kind: Kind
    /// Of a decimal: its places.
    ///
    /// Of a name, and of reasons: which list of names.
    var detail: Int
  }

  enum Kind: UInt8 { case integer, decimal, time, name, truth, reasons }

  let cells: UnsafeMutablePointer<Cell>
  let count: Int
  /// The names as they stand in a file.
  let nameLists: UnsafeMutablePointer<KeyList.Bytes>
  /// The most bytes that a row takes behind its key, the line feed included.
  let byteCountMax: Int
  private let fields: [KeyList]

  package init(_ columns: [TableColumn]) {
    count = columns.count
    cells = .allocate(capacity: max(1, columns.count))
    var lists: [KeyList] = []
    var reasonByteCount = 0
    for (index, column) in columns.enumerated() {
      let (kind, detail): (Kind, Int) =
        switch column.kind {
        case .integer: (.integer, 0)
        case .decimal(let places): (.decimal, places)
        case .time: (.time, 0)
        case .truth: (.truth, 0)
        case .name(let names): (.name, lists.append(counting: names.asFields()))
        case .reasons(let names): (.reasons, lists.append(counting: names))
        }
      if case .reasons(let names) = column.kind {
        reasonByteCount +=
          TableColumn.reasonCountMax * (names.byteCountMax + TextCursor.cellByteCountMax)
      }
      (cells + index).initialize(to: Cell(place: column.cell, kind: kind, detail: detail))
    }
    fields = lists
    nameLists = .allocate(capacity: max(1, lists.count))
    for (index, list) in lists.enumerated() { (nameLists + index).initialize(to: list.contents) }
    byteCountMax =
      1 + columns.count * (1 + TextCursor.cellByteCountMax)
      + lists.reduce(0) { $0 + $1.byteCountMax } + reasonByteCount
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

extension KeyList {
  /// The bytes of the longest text.
  var byteCountMax: Int { (0..<count).reduce(0) { max($0, self[$1].count) } }

  /// The texts as they stand in a CSV file; the list itself where none of them needs quotes.
  func asFields() -> KeyList {
    guard (0..<count).contains(where: { needsCSVQuotes(self[$0]) }) else { return self }
    let fields = KeyList()
    for index in 0..<count {
      csvField(Array(self[index])).withUnsafeBufferPointer(fields.append)
    }
    return fields
  }
}
