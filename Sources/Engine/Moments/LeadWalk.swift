import Snapshots

/// Goes through leads in the order of their keys.
final class LeadWalk {
  private let moments: LeadMoments
  private let order: LeadOrder
  private let places: UnsafeBufferPointer<LeadPlace>
  private var place = 0
  private let row: UnsafeMutablePointer<Int64>

  init(_ moments: LeadMoments, jobs: Int) throws {
    self.moments = moments
    order = try LeadOrder(moments.parts, jobs: jobs)
    places = try order.sortedPlaces(jobs: jobs)
    row = .allocate(capacity: moments.width)
  }

  deinit { row.deallocate() }

  /// The key of the lead at hand; nil behind the last.
  var key: UnsafeBufferPointer<UInt8>? {
    guard place < places.count else { return nil }
    return moments.parts[Int(places[place].part)].keys[Int(places[place].row)]
  }

  var cells: UnsafePointer<Int64> {
    moments.parts[Int(places[place].part)]
      .unpack(Int(places[place].row), moments.width, into: row)
    return UnsafePointer(row)
  }

  func step() { place += 1 }
}
