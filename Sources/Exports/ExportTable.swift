import Tables

/// A table of a snapshot as targets get it.
package struct ExportTable: Sendable {
  /// As targets call it: `leads`, `list_sales_ready`.
  package let name: String
  /// The snapshot's file that it is read from.
  package let file: String
  package let columns: [ExportColumn]
  /// How many columns at the front tell rows apart; 0 where rows may be alike.
  package let keyCount: Int
  package let section: ExportSection

  /// Whether it is a list or a persona, whose rows are some of those of leads or accounts.
  package var isList: Bool { section == .lists }
}

/// What `--only` can name.
package enum ExportSection: String, CaseIterable, Sendable {
  case leads, accounts, tallies, memberships, lists
}

/// A column of an export.
package struct ExportColumn: Sendable {
  /// As targets call it.
  package let name: String
  /// As the snapshot's file calls it.
  package let source: String
  package let kind: Kind
  package let meaning: String

  /// What its cells hold; it follows from the definition, never from the data.
  package enum Kind: Equatable, Sendable {
    case integer
    /// A number of so many decimal places, at most 18 digits.
    case decimal(places: Int)
    case time
    case truth
    case text
  }

  package init(_ source: String, _ kind: Kind, _ meaning: String) {
    name = exportName(source)
    self.source = source
    self.kind = kind
    self.meaning = meaning
  }
}

extension ExportTable {
  package init(_ table: Table) {
    file = table.name + ".csv"
    let parts = table.name.split(separator: "/")
    switch table.name {
    case "leads": section = .leads
    case "accounts": section = .accounts
    case "tallies": section = .tallies
    case "memberships": section = .memberships
    default: section = .lists
    }
    name = section == .lists ? "list_" + exportName(String(parts[parts.count - 1])) : table.name
    columns =
      [ExportColumn(table.key.name, .text, table.key.meaning)]
      + table.columns.map { ExportColumn($0.name, .init($0.kind), $0.meaning) }
    keyCount = section == .tallies || section == .memberships ? 2 : 1
  }
}

extension ExportColumn.Kind {
  fileprivate init(_ kind: TableColumn.Kind) {
    self =
      switch kind {
      case .integer: .integer
      case .decimal(let places): .decimal(places: places)
      case .time: .time
      case .truth: .truth
      case .name, .reasons: .text
      }
  }

  /// In one word, for machines.
  package var word: String {
    switch self {
    case .integer: "integer"
    case .decimal(let places): "decimal(18,\(places))"
    case .time: "timestamp"
    case .truth: "boolean"
    case .text: "text"
    }
  }
}
