import Definition
import EventLog
import Foundation
import Reading
import TestBooks
import Testing

@testable import Engine

@Suite("a segment read in parts") struct PartReadingTests {
  private let plan: ReadingPlan

  init() throws {
    plan = ReadingPlan(
      try Definition.load(
        text: "name: p\ninteractions: { view: { type: page_view } }", file: "p.yaml"))
  }

  private func line(_ id: Int) -> String {
    #"{"id":"\#(id)","time":"2026-03-01T00:00:00Z","type":"page_view","lead":"l\#(id % 3)"}"# + "\n"
  }

  private func segment(_ text: String, in folder: String) throws -> Segment {
    let file = "\(folder)/a.ndjson"
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return Segment(path: "a.ndjson", file: file, byteCount: text.utf8.count)
  }

  @Test(
    "each part has its own lines, wherever they are cut, by their numbers in the segment",
    arguments: [
      [9], [4, 5], [0, 9], [9, 0], [1, 1, 1, 6], [3, 0, 6], [4, 4], [2, 100], [1, 2, 3, 4, 5],
    ])
  func parts(lineCounts: [Int]) throws {
    let scratch = try ScratchBook()
    // A blank line, a refused one, one that is too long, and a last one without its line feed.
    let lines =
      [line(1), "\n", line(3), "oops\n", line(5), String(repeating: "x", count: 2 << 20) + "\n"]
      + [line(7), line(8), String(line(9).dropLast())]
    let segment = try segment(lines.joined(), in: scratch.book.root)
    let readings = try readParts(of: segment, lineCounts: lineCounts, plan: plan)
    #expect(readings.count == lineCounts.count)
    var first = 1
    for (index, (reading, count)) in zip(readings, lineCounts).enumerated() {
      let end = index == lineCounts.count - 1 ? 10 : min(10, first + count)
      let range = first..<max(first, end)
      #expect(reading.eventCount == range.count { [1, 3, 5, 7, 8, 9].contains($0) })
      let refused = reading.sheets.flatMap { sheet in
        sheet.refusals.map { sheet.lineBase + Int($0.line) }
      }
      #expect(refused == [4, 6].filter(range.contains))
      #expect(reading.summary == readings[0].summary && reading.segment == segment)
      first = min(10, first + count)
    }
  }
}
