import Definition
import Judging
import Snapshots

/// Leads with what is compared of each, which several may walk through at a time.
protocol RowSource: Sendable {
  /// Begins at the first lead that does not come before a key; at the first of all without one.
  func walk(from key: [UInt8]?) throws -> any RowWalk
  /// Throws if what is walked through is not what it should be.
  func check() throws
}

/// Leads in the order of their keys.
protocol RowWalk: AnyObject {
  /// The key of the lead at hand, valid until the next one; nil behind the last.
  var key: UnsafeBufferPointer<UInt8>? { get }
  /// The name of the account of the lead at hand; empty without one.
  var accountName: [UInt8] { get }
  /// Fills a row of the shape's width, once for each lead; of accounts only a bench's leads have numbers.
  func read(into row: UnsafeMutablePointer<Int64>) throws
  func next() throws
}

extension SnapshotLeads: RowWalk {}

/// The leads of a published snapshot.
struct SnapshotRows: RowSource {
  let folder: String
  let manifest: Manifest
  let shape: ComparisonShape

  func walk(from key: [UInt8]?) throws -> any RowWalk {
    let leads = try SnapshotLeads(
      folder: folder, manifest, scores: shape.scores,
      choices: shape.grades.map { ("grade.\($0.name)", $0.values) }
        + shape.personas.map { ("persona.\($0.name)", $0.values) }, lists: shape.lists)
    if let key { try leads.skip(to: key) }
    return leads
  }

  func check() throws { try SnapshotLeads.check(folder: folder, manifest) }
}

/// The leads that a bench has judged.
final class JudgedRows: RowSource, @unchecked Sendable {
  let shape: ComparisonShape
  let accounts: KeyList
  fileprivate let places: UnsafeBufferPointer<LeadPlace>
  private let parts: [CellTable]
  private let order: LeadOrder

  init(_ parts: [CellTable], _ shape: ComparisonShape, accounts: KeyList, jobs: Int) throws {
    self.parts = parts
    self.shape = shape
    self.accounts = accounts
    order = try LeadOrder(parts, jobs: jobs)
    places = try order.sortedPlaces(jobs: jobs)
  }

  /// Keys, in order, that divide the leads into about as many equal parts; fewer of few leads.
  func keys(dividingInto partCount: Int) -> [[UInt8]] {
    if places.count < partCount { return [] }
    return (1..<partCount).map { Array(key(of: places[$0 * places.count / partCount])) }
  }

  func walk(from key: [UInt8]?) -> any RowWalk { JudgedWalk(self, from: key.map(place) ?? 0) }

  func check() {}

  fileprivate func key(of place: LeadPlace) -> UnsafeBufferPointer<UInt8> {
    parts[Int(place.part)].keys[Int(place.row)]
  }

  fileprivate func unpack(_ place: LeadPlace, into row: UnsafeMutablePointer<Int64>) {
    parts[Int(place.part)].unpack(Int(place.row), shape.width, into: row)
  }

  fileprivate func accountNumber(of place: LeadPlace) -> Int64 {
    parts[Int(place.part)].cell(Int(place.row), shape.account)
  }

  /// The first place that does not come before a key.
  private func place(of key: [UInt8]) -> Int {
    key.withUnsafeBufferPointer { key in
      var low = 0
      var high = places.count
      while low < high {
        let middle = (low + high) / 2
        if precedes(self.key(of: places[middle]), key) { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}

/// One who walks through the leads of a bench.
private final class JudgedWalk: RowWalk {
  private let rows: JudgedRows
  private var at: Int

  init(_ rows: JudgedRows, from place: Int) {
    self.rows = rows
    at = place
  }

  var key: UnsafeBufferPointer<UInt8>? {
    at < rows.places.count ? rows.key(of: rows.places[at]) : nil
  }

  var accountName: [UInt8] {
    let number = rows.accountNumber(of: rows.places[at])
    return number == LeadLayout.absent ? [] : Array(rows.accounts[Int(number)])
  }

  func read(into row: UnsafeMutablePointer<Int64>) {
    rows.unpack(rows.places[at], into: row)
  }

  func next() { at += 1 }
}
