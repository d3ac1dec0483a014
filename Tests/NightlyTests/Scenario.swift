import Foundation
import Testing

/// A definition, what was done, and what must come of it: see `Scenarios/README.md`.
struct Scenario: Sendable, CustomTestStringConvertible {
  var title: String
  /// The file and the line of the heading.
  var place: String
  var definition = ""
  var asOf = ""
  var events = ScenarioTable()
  /// What is expected of each file, by its path in a snapshot; `counts` is the summary's events.
  var expected: [(file: String, table: ScenarioTable)] = []

  var testDescription: String { "\(place): \(title)" }

  /// The events as lines of a log.
  var lines: [String] {
    events.rows.enumerated().map { number, row in
      var members: [(String, String)] = []
      var fields: [(String, String)] = []
      if row["id"] == nil { members.append(("id", "\"e\(number + 1)\"")) }
      for column in events.columns {
        guard let cell = row[column], !cell.isEmpty else { continue }
        if column == "time" {
          members.append((column, "\"\(Self.time(cell))\""))
        } else if column.hasPrefix("fields.") {
          fields.append((String(column.dropFirst(7)), Self.json(cell)))
        } else if Self.textColumns.contains(column), cell != "null", cell != "\"\"" {
          members.append((column, "\"\(cell)\""))
        } else {
          members.append((column, Self.json(cell)))
        }
      }
      if !fields.isEmpty { members.append(("fields", Self.object(fields))) }
      return Self.object(members)
    }
  }

  private static let textColumns = [
    "id", "type", "lead", "account", "from", "outcome", "event", "path",
  ]

  private static func object(_ members: [(String, String)]) -> String {
    "{\(members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}"
  }

  /// A number, `true`, `false`, `null` or a quoted text as it is; else a text.
  private static func json(_ cell: String) -> String {
    let isLiteral = ["true", "false", "null"].contains(cell) || cell.hasPrefix("\"")
    return isLiteral || Double(cell) != nil ? cell : "\"\(cell)\""
  }

  /// `2026-02-01`, `2026-02-01 10:00`, `2026-02-01 10:00:30` or a time as the log has it.
  static func time(_ cell: String) -> String {
    if cell.contains("T") { return cell }
    let parts = cell.split(separator: " ")
    guard parts.count == 2 else { return "\(cell)T00:00:00Z" }
    return "\(parts[0])T\(parts[1])\(parts[1].count == 5 ? ":00" : "")Z"
  }
}

/// Rows of cells under their headings.
struct ScenarioTable: Sendable {
  var columns: [String] = []
  var rows: [[String: String]] = []

  /// Takes a line of cells between bars: first the headings, of which those in parentheses are notes.
  mutating func take(_ line: String) throws {
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
      .map { $0.trimmingCharacters(in: .whitespaces) }
    if headings.isEmpty {
      headings = cells
      columns = cells.filter { !$0.hasPrefix("(") }
    } else {
      guard cells.count == headings.count else { throw ScenarioFault("uneven row: \(line)") }
      let named = zip(headings, cells).filter { columns.contains($0.0) && !$0.1.isEmpty }
      rows.append(Dictionary(uniqueKeysWithValues: named))
    }
  }

  private var headings: [String] = []

  /// Whether the rows stand in their order.
  let isOrdered: Bool

  init(isOrdered: Bool = false) { self.isOrdered = isOrdered }
}

struct ScenarioFault: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

extension Scenario {
  /// All scenarios of the folder, in the order of its files.
  static func all() throws -> [Scenario] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Scenarios").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".scenario") }
      .flatMap { name in
        try parse(String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8), file: name)
      }
  }

  static func parse(_ text: String, file: String) throws -> [Scenario] {
    var scenarios: [Scenario] = []
    var section = ""
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      let place = "\(file):\(index + 1)"
      if line.hasPrefix("# ") {
        var next = Scenario(title: String(line.dropFirst(2)), place: place)
        next.definition = scenarios.last?.definition ?? ""
        scenarios.append(next)
        section = "prose"
      } else if let header = Section(line), !scenarios.isEmpty {
        section = line
        switch header {
        case .definition: scenarios[scenarios.count - 1].definition = ""
        case .events: break
        case .asOf(let time): scenarios[scenarios.count - 1].asOf = Scenario.time(time)
        case .expected(let file):
          scenarios[scenarios.count - 1].expected.append((file, ScenarioTable()))
        case .ordered(let file):
          scenarios[scenarios.count - 1].expected.append((file, ScenarioTable(isOrdered: true)))
        }
      } else if line.hasPrefix("  "), let header = Section(section) {
        switch header {
        case .definition: scenarios[scenarios.count - 1].definition += line.dropFirst(2) + "\n"
        case .events: try scenarios[scenarios.count - 1].events.take(line)
        case .expected, .ordered:
          let last = scenarios[scenarios.count - 1].expected.count - 1
          try scenarios[scenarios.count - 1].expected[last].table.take(line)
        case .asOf: throw ScenarioFault("\(place): nothing stands under an as-of")
        }
      } else if !line.isEmpty, section != "prose" {
        throw ScenarioFault("\(place): no section: \(line)")
      }
    }
    return scenarios
  }

  private enum Section {
    case definition, events
    case asOf(String)
    case expected(String)
    /// The same, its rows in their order.
    case ordered(String)

    init?(_ line: String) {
      switch line {
      case "definition": self = .definition
      case "events": self = .events
      case "leads", "accounts", "tallies", "memberships": self = .expected("\(line).csv")
      case "counts": self = .expected("counts")
      case _ where line.hasPrefix("as of "): self = .asOf(String(line.dropFirst(6)))
      case _ where line.hasPrefix("list "): self = .expected("lists/\(line.dropFirst(5)).csv")
      case _ where line.hasPrefix("ordered list "):
        self = .ordered("lists/\(line.dropFirst(13)).csv")
      default: return nil
      }
    }
  }
}
