import Notation

/// A table of results, described once for whoever writes it, reads it or documents it.
///
/// Its rows are made from those of the leads or the accounts: whole numbers with a key each.
package struct Table: Sendable {
  /// The path of its file without the ending, such as `lists/sales-ready`.
  package let name: String
  /// What the key of a row is, and what that means.
  package let key: (name: String, meaning: String)
  /// The columns behind the key.
  package let columns: [TableColumn]
  package let rows: Rows
  /// The order of its rows; nil where it is that of their keys.
  package let sequence: RowSequence?

  /// Which rows a lead or an account has in it.
  package enum Rows: Sendable {
    /// One.
    case each
    /// One where a cell has a value.
    case having(cell: Int, value: Int64)
    /// One for each of some cells that is above 0: the cell's place among them, then its value.
    case counts([Int])
    /// One for each of some cells that has a value: the cell's place among them.
    case marks([(cell: Int, value: Int64)])
  }

  package init(
    _ name: String, key: (name: String, meaning: String), _ columns: [TableColumn],
    rows: Rows = .each, sequence: RowSequence? = nil
  ) {
    self.name = name
    self.key = key
    self.columns = columns
    self.rows = rows
    self.sequence = sequence
  }

  /// The names of all columns, the key first.
  package var header: [String] { [key.name] + columns.map(\.name) }
}

/// Tables that are made of the same rows.
package struct TableGroup: Sendable {
  package let tables: [Table]
  /// In any order.
  package let rows: [CellTable]

  package init(_ tables: [Table], of rows: [CellTable]) {
    self.tables = tables
    self.rows = rows
  }
}

/// A column of a table: what it is called, which cell of a row it shows, and what that means.
package struct TableColumn: Sendable {
  package let name: String
  package let cell: Int
  package let kind: Kind
  /// In a sentence, for people.
  package let meaning: String

  /// What a cell holds; an absent one is `CellTable.absent`, whatever the kind.
  package enum Kind: Sendable {
    case integer
    /// A whole number of 10^-places.
    case decimal(places: Int)
    /// Milliseconds since 1970.
    case time
    /// An index into names.
    case name(KeyList)
    /// 1 and 0.
    case truth
    /// Up to three pairs of cells: an index into names, and whole points.
    case reasons(KeyList)
  }

  /// How many pairs of cells reasons have at most.
  package static let reasonCountMax = 3

  package init(_ name: String, _ cell: Int, _ kind: Kind, _ meaning: String) {
    self.name = name
    self.cell = cell
    self.kind = kind
    self.meaning = meaning
  }

  /// A column of whole numbers.
  package init(_ name: String, _ cell: Int, _ meaning: String) {
    self.init(name, cell, .integer, meaning)
  }

  /// What a row has in it, as text; empty where that is absent.
  package func text(_ cells: UnsafePointer<Int64>) -> String {
    let value = cells[cell]
    if value == CellTable.absent { return "" }
    return switch kind {
    case .integer: "\(value)"
    case .decimal(let places): decimalText(value, places: places)
    case .time: timeText(milliseconds: value)
    case .name(let names): names.string(Int(value))
    case .truth: value == 0 ? "false" : "true"
    case .reasons(let names):
      (0..<TableColumn.reasonCountMax).map { cells + (cell + $0 * 2) }
        .filter { $0[0] != CellTable.absent }
        .map { "\(names.string(Int($0[0]))) +\($0[1])" }.joined(separator: ", ")
    }
  }
}
