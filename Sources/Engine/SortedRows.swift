import Snapshots

/// The rows of several tables in the order of their keys.
final class SortedRows: @unchecked Sendable {
  private let parts: [CellTable]
  private let order: LeadOrder
  private let places: UnsafeBufferPointer<LeadPlace>

  init(_ parts: [CellTable], jobs: Int) throws {
    self.parts = parts
    order = try LeadOrder(parts, jobs: jobs)
    places = try order.sortedPlaces(jobs: jobs)
  }

  var count: Int { places.count }

  /// Valid as long as the rows are kept.
  func key(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    parts[Int(places[index].part)].keys[Int(places[index].row)]
  }

  /// Unpacks the first cells of a row.
  func unpack(_ index: Int, _ cellCount: Int, into cells: UnsafeMutablePointer<Int64>) {
    parts[Int(places[index].part)].unpack(Int(places[index].row), cellCount, into: cells)
  }

  /// One cell of a row: for the few that are looked up.
  func cell(_ index: Int, _ column: Int) -> Int64 {
    parts[Int(places[index].part)].cell(Int(places[index].row), column)
  }

  /// The first row that does not come before a key.
  func index(from key: [UInt8]) -> Int {
    key.withUnsafeBufferPointer { key in
      var low = 0
      var high = count
      while low < high {
        let middle = (low + high) / 2
        if precedes(self.key(middle), key) { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
