import Definition
import Files
import Foundation
import Notation
import Snapshots
import Upkeep

/// Prints a report as JSON, its keys in order.
func printJSON(_ report: some Encodable) throws {
  try printBytes(try stableJSON(report))
}

/// Prints a report as JSON on a line of its own, its keys in order.
func printJSONLine(_ report: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  try printBytes(Array(try encoder.encode(report)) + [UInt8(ascii: "\n")])
}

/// Prints lines to stdout.
///
/// - Throws: `FileError` where they cannot be written: what nobody gets to see is not said.
func printLines(_ lines: [String]) throws {
  try printBytes(Array(lines.map { $0 + "\n" }.joined().utf8))
}

/// Prints rows as CSV.
func printCSV(_ rows: [[String]]) throws {
  try printLines(rows.map { csvLine($0) })
}

func printBytes(_ bytes: [UInt8]) throws {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else {
      throw FileError(
        .io, path: "standard output",
        message: "cannot write: \(String(cString: strerror(errno)).lowercased())")
    }
    rest = rest.dropFirst(count)
  }
}

func leftPadded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// Bytes as megabytes, two decimals at the most.
func megabytes(_ bytes: Int) -> String {
  shortestDecimal((Double(bytes) / 1e4).rounded() / 100)
}

/// A count of things, one of them or several.
func counted(_ count: Int, _ thing: String) -> String {
  "\(grouped(count)) \(thing)\(count == 1 ? "" : "s")"
}

/// A count with its thousands set apart.
func grouped(_ count: Int) -> String {
  var text = ""
  for (index, digit) in String(count).reversed().enumerated() {
    if index > 0, index % 3 == 0, digit != "-" { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}

/// Rows of cells as lines, each column as wide as its widest cell; some aligned to the right.
func aligned(_ rows: [[String]], rightColumns: Set<Int>) -> [String] {
  let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    let cells = row.enumerated().map { column, cell in
      rightColumns.contains(column)
        ? leftPadded(cell, widths[column]) : padded(cell, widths[column])
    }
    return cells.joined(separator: "  ").trimmingSuffix(" ")
  }
}

/// Rows of a name, a count and a bar, aligned.
func bars(_ rows: [(name: String, count: Int)]) -> [String] {
  let nameWidth = rows.map(\.name.count).max() ?? 0
  let counts = rows.map { grouped($0.count) }
  let countWidth = counts.map(\.count).max() ?? 0
  let most = max(rows.map(\.count).max() ?? 1, 1)
  return zip(rows, counts).map { row, count in
    let bar = String(repeating: "#", count: (row.count * 30 + most - 1) / most)
    return "  \(padded(row.name, nameWidth))  "
      + String(repeating: " ", count: countWidth - count.count) + count
      + (bar.isEmpty ? "" : "  \(bar)")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var text = self[...]
    while text.last == character { text.removeLast() }
    return String(text)
  }
}
