import Foundation
import Testing

@testable import Reference

/// A small book, written by hand in a test.
struct HandBook {
  var definition: String
  var asOf = "2026-03-01T00:00:00Z"
  var segments: [(path: String, bytes: [UInt8])] = []
  /// Lines of a segment that is not known yet, and the last of the log.
  var unknown: [String] = []

  init(_ definition: String, asOf: String = "2026-03-01T00:00:00Z", _ lines: [String]) {
    self.definition = definition
    self.asOf = asOf
    segments = [("a.ndjson", Array(lines.joined(separator: "\n").utf8))]
  }

  func result() throws -> HandResult {
    var input = ReferenceInput(
      definition: definition, segments: segments, asOf: asOf, features: Feature.all)
    input.segments.append(("z.ndjson", Array(unknown.joined(separator: "\n").utf8)))
    input.unknown = ["z.ndjson"]
    return HandResult(result: try recompute(input))
  }
}

/// What a hand-written book came to, cell by cell.
struct HandResult {
  var result: ReferenceResult
  var counts: ReferenceCounts { result.counts }

  /// The rows of a file; only for cells that need no quotes.
  func rows(_ file: String) -> [[String]] {
    (result.files[file] ?? "").split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    }
  }

  func cell(_ key: String, _ column: String, in file: String = "leads.csv") -> String? {
    let rows = rows(file)
    guard let index = rows.first?.firstIndex(of: column) else { return nil }
    return rows.dropFirst().first { $0.first == key }?[index]
  }

  func keys(_ file: String = "leads.csv") -> [String] { rows(file).dropFirst().map { $0[0] } }

  func tally(_ lead: String, _ interaction: String) -> String? {
    rows("tallies.csv").first { $0[0] == lead && $0[1] == interaction }?[2]
  }
}

/// An event as a line; `rest` are further members.
func line(
  _ id: String, _ time: String, _ type: String, _ lead: String, _ rest: String = ""
) -> String {
  let tail = rest.isEmpty ? "" : "," + rest
  return "{\"id\":\"\(id)\",\"time\":\"\(time)\",\"type\":\"\(type)\",\"lead\":\"\(lead)\"\(tail)}"
}

/// A definition with one interaction that every page view is an occurrence of.
func viewing(_ rest: String = "") -> String {
  """
  name: test
  interactions:
    view: { type: page_view }
    open: { type: open }
  scores:
    s:
      points: { view: 1 }
  \(rest)
  """
}

/// What conditions compare times with, as of 1970 in a time zone.
func handClock(_ zone: String = "UTC") throws -> Clock {
  Clock(asOf: 0, calendar: LocalCalendar(zone: try #require(TimeZone(identifier: zone))))
}
