import Foundation
import Notation
import Testing

/// Explanations of more contributions than are set at a time.
@Suite("Explanations of thousands of contributions")
struct LongExplanationTests {
  private static let count = 9000

  private func book() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(
      """
      name: long
      interactions:
        page-view: { type: view }
        order: { type: order }
      scores:
        s:
          half_life: 30d
          points: { page-view: { points: 1, limit: 2, per: hour }, order: { points: { of: amount } } }
      """, to: "long.yaml")
    let wide = ["", "日本", "é", "\\n\\u001b[31m", "👩‍👩‍👧"]
    var lines = ""
    for number in 0..<Self.count {
      let time = timeText(milliseconds: 1_767_225_600_000 + Milliseconds(number) * 500_000)
      lines +=
        #"{"id":"\#(wide[number % 50 < 5 ? number % 5 : 0])\#(number)","time":"\#(time)","lead":"ada","#
        + #""type":"\#(number % 4 == 0 ? "order" : "view")","amount":\#(number * number % 1013)}"#
        + "\n"
    }
    try workplace.write(lines, to: "book/log/1.ndjson")
    return workplace
  }

  /// Cells set in columns, by hand.
  private func set(_ rows: [[String]], right: Set<Int>) -> [String] {
    let rows = rows.map { $0.map { visibleText($0) } }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - cell.count)
        line += (column == 0 ? "" : "  ") + (right.contains(column) ? space + cell : cell + space)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  @Test("each row stands in order and in its columns, and says what the JSON says")
  func aligned() throws {
    let book = try book()
    let arguments = [
      "explain", "ada", "--book", "book", "-p", "long.yaml", "--as-of", "2026-04-01T00:00:00Z",
    ]
    let json = try book.run(arguments + ["--json"])
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any])
    let scores = try #require(report["scores"] as? [[String: Any]])
    let items = try #require(scores[0]["contributions"] as? [[String: Any]])
    #expect(items.count == Self.count)
    func points(_ value: Any?) -> String { (value as? Int64).map { pointsText($0) } ?? "" }
    var rows = [["", "time", "interaction", "points", "", "value", "sum", "event"]]
    for item in items {
      let event = try #require(item["event"] as? [String: String])
      var factor = ""
      if let held = item["held"] as? String, let reason = item["reason"] as? String {
        factor = "\(held): \(reason)"
      } else if let weight = item["weight"] as? Double, let how = item["arithmetic"] as? String {
        factor = "x \(roundedDecimal(weight, places: 6)) = \(how)"
      }
      var offered = points(item["points"])
      if let made = item["made"] as? [String: Any], let value = made["value"] as? String {
        offered = "\(value) x \(points(made["times"])) = \(points(made["product"]))"
      }
      rows.append([
        "", event["time"] ?? "", item["interaction"] as? String ?? "", offered, factor,
        points(item["value"]), points(item["sum"]), "\(event["id"] ?? "") at \(event["at"] ?? "")",
      ])
    }
    let text = try book.run(arguments)
    #expect(text.code == 0)
    let lines = text.out.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(lines.firstIndex(of: "score s")) + 1
    let expected = set(rows, right: [3, 5, 6])
    let found = Array(lines[start..<min(start + expected.count, lines.count)])
    let wrong = zip(found, expected).first { $0 != $1 }
    #expect(wrong == nil)
    #expect(found.count == expected.count)
  }
}
