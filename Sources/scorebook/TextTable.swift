import Definition
import EventLog
import Foundation
import Notation
import Upkeep

/// Rows for a person to read: names to the left, numbers to the right, bars behind them.
struct TextTable {
  /// How a column is set.
  enum Column {
    case name(String)
    case number(String)
    /// A bar of at most twenty marks; its cells are shares, 0 to 1.
    case bar

    fileprivate var header: String {
      switch self {
      case .name(let header), .number(let header): header
      case .bar: ""
      }
    }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  private static let barWidth = 20.0

  init(_ columns: [Column]) { self.columns = columns }

  /// Cells in the order of columns; an absent one stays empty.
  mutating func add(_ cells: [String?]) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    rows.append(
      zip(columns, cells).map { column, cell in
        // As it will be printed, or columns would not line up.
        guard case .bar = column else { return visibleText(cell ?? "") }
        let share = cell.flatMap(Double.init) ?? 0
        return String(
          repeating: "#", count: Int((min(max(share, 0), 1) * TextTable.barWidth).rounded(.up)))
      })
  }

  /// The lines, two spaces in; the header is left out where no column has one.
  var lines: [String] {
    let headers = columns.map(\.header)
    let shown = headers.allSatisfy(\.isEmpty) ? rows : [headers] + rows
    let widths = columns.indices.map { column in shown.map(\.[column].count).max() ?? 0 }
    return shown.map { row in
      let cells = columns.indices.map { index -> String in
        let space = String(repeating: " ", count: widths[index] - row[index].count)
        if case .number = columns[index] { return space + row[index] }
        return row[index] + space
      }
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

/// A number with exactly so many decimals, so that a column of them lines up.
func fixedDecimal(_ value: Double, places: Int = 2) -> String {
  let text = String(format: "%.\(places)f", value)
  // What rounds to nothing has no sign.
  return text.hasPrefix("-") && !text.contains { ("1"..."9").contains($0) }
    ? String(text.dropFirst()) : text
}

/// A share in percent, one decimal.
func percent(_ share: Double) -> String { fixedDecimal(share * 100, places: 1) + "%" }
