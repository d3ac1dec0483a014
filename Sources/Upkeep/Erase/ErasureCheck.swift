import Definition
import Engine
import EventLog
import Intake
import Notation
import Reading
import Snapshots
import Tables

/// What each lead comes to but for some: their rows, as a snapshot would have them.
struct ErasureCheck {
  private struct Row: Equatable {
    var key: [UInt8]
    var digest: LineDigest
  }

  private var rows: [Row] = []

  var count: Int { rows.count }

  /// Judges the whole log from its text, without the cache.
  init(
    than left: Set<[UInt8]>, in segments: [Segment], definition: Definition, asOf: Milliseconds,
    jobs: Int
  ) throws {
    let readings = try readSegments(
      segments, plan: ReadingPlan(definition), cache: nil, jobs: jobs
    ) { _ in }
    let results = try Results(
      definition, sheets: readings.flatMap(\.sheets), asOf: asOf, jobs: jobs)
    try results.forEachLeadRow { key, row in
      let key = Array(key)
      if !left.contains(key) { rows.append(Row(key: key, digest: LineDigest(row))) }
    }
  }

  /// Returns a lead that is not the same in both; nil if all are.
  func firstDifference(from other: ErasureCheck) -> String? {
    if rows == other.rows { return nil }
    let count = zip(rows, other.rows).prefix { $0 == $1 }.count
    let odd = count < rows.count ? rows[count] : other.rows[count]
    return String(decoding: odd.key, as: UTF8.self)
  }
}

extension Results {
  /// Hands on each lead's row as `leads.csv` has it, in the order of their keys.
  fileprivate func forEachLeadRow(
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeRawBufferPointer) -> Void
  ) throws {
    let columns = CSVColumns(tables.leads.columns)
    let cellCount = judge.layout.storedCount
    let cells = UnsafeMutablePointer<Int64>.allocate(capacity: cellCount)
    defer { cells.deallocate() }
    let order = try RowOrder(leads.parts, jobs: 1)
    let text = CSVWriter()
    for range in 0..<order.rangeCount {
      for place in order.sortedPlaces(ofRange: range) {
        let part = leads.parts[Int(place.part)]
        let key = part.keys[Int(place.row)]
        part.unpack(Int(place.row), cellCount, into: cells)
        text.removeAll()
        text.row(key, columns, cells)
        body(key, text.bytes)
      }
    }
  }
}
