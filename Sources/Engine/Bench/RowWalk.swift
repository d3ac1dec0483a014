import Judging
import Snapshots

/// Leads in the order of their keys, with what is compared of each.
protocol RowWalk: AnyObject {
  /// The key of the lead at hand; nil behind the last one.
  var key: [UInt8]? { get }
  /// The name of the account of the lead at hand; empty without one.
  var accountName: [UInt8] { get }
  /// Fills a row of the shape's width, the account left out; once for each lead.
  func read(into row: UnsafeMutablePointer<Int64>) throws
  func next() throws
  /// Throws if what was walked through is not what it should be.
  func check() throws
}

extension SnapshotLeads: RowWalk {}

/// The leads that a bench has judged.
final class TableWalk: RowWalk {
  private let parts: [CellTable]
  private let order: LeadOrder
  private let shape: ComparisonShape
  private let accounts: KeyList
  private var range = 0
  private var places: UnsafeBufferPointer<LeadPlace>
  private var at = 0
  private var row: [Int64]

  init(_ parts: [CellTable], _ shape: ComparisonShape, accounts: KeyList, jobs: Int) throws {
    self.parts = parts
    self.shape = shape
    self.accounts = accounts
    order = try LeadOrder(parts, jobs: jobs)
    places = order.sortedPlaces(ofRange: 0)
    row = [Int64](repeating: 0, count: shape.width)
    settle()
  }

  private(set) var key: [UInt8]?

  /// LeadLayout.absent without an account.
  var accountNumber: Int64 { row[shape.account] }

  var accountName: [UInt8] {
    let number = accountNumber
    return number == LeadLayout.absent ? [] : Array(accounts[Int(number)])
  }

  func read(into row: UnsafeMutablePointer<Int64>) {
    row.update(from: self.row, count: shape.account)
  }

  func next() {
    at += 1
    settle()
  }

  func check() {}

  /// Takes the lead at hand out of its table.
  private func settle() {
    while at == places.count, range + 1 < order.rangeCount {
      range += 1
      places = order.sortedPlaces(ofRange: range)
      at = 0
    }
    guard at < places.count else {
      key = nil
      return
    }
    let part = parts[Int(places[at].part)]
    let place = Int(places[at].row)
    key = Array(part.keys[place])
    row.withUnsafeMutableBufferPointer { row in
      part.unpack(place, row.count, into: row.baseAddress.unsafelyUnwrapped)
    }
  }
}
