/// The rows of several tables in the order of their keys.
package final class SortedRows: @unchecked Sendable {
  private let parts: [CellTable]
  private let order: RowOrder
  private let places: UnsafeBufferPointer<RowPlace>

  package init(_ parts: [CellTable], jobs: Int) throws {
    self.parts = parts
    order = try RowOrder(parts, jobs: jobs)
    places = try order.sortedPlaces(jobs: jobs)
  }

  package var count: Int { places.count }

  /// How many cells each row has.
  package var width: Int { parts.first?.width ?? 0 }

  /// Valid as long as the rows are kept.
  package func key(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    parts[Int(places[index].part)].keys[Int(places[index].row)]
  }

  /// Unpacks the first cells of a row.
  package func unpack(_ index: Int, _ cellCount: Int, into cells: UnsafeMutablePointer<Int64>) {
    parts[Int(places[index].part)].unpack(Int(places[index].row), cellCount, into: cells)
  }

  /// One cell of a row: for the few that are looked up.
  package func cell(_ index: Int, _ column: Int) -> Int64 {
    parts[Int(places[index].part)].cell(Int(places[index].row), column)
  }

  /// The first row that does not come before a key.
  package func index(from key: [UInt8]) -> Int {
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
