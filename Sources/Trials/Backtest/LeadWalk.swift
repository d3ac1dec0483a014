import Tables

/// Goes through leads in the order of their keys.
final class LeadWalk {
  private let rows: SortedRows
  private let width: Int
  private var place = 0
  private let row: UnsafeMutablePointer<Int64>

  init(_ cutoffs: LeadsAtCutoff, jobs: Int) throws {
    rows = try SortedRows(cutoffs.parts, jobs: jobs)
    width = cutoffs.width
    row = .allocate(capacity: width)
  }

  deinit { row.deallocate() }

  /// The key of the lead at hand; nil behind the last.
  var key: UnsafeBufferPointer<UInt8>? { place < rows.count ? rows.key(place) : nil }

  var cells: UnsafePointer<Int64> {
    rows.unpack(place, width, into: row)
    return UnsafePointer(row)
  }

  func step() { place += 1 }
}
