import Definition
import Judging
import Snapshots
import Tables

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
struct JudgedRows: RowSource {
  let shape: ComparisonShape
  package let accounts: KeyList
  fileprivate let rows: SortedRows

  init(_ parts: [CellTable], _ shape: ComparisonShape, accounts: KeyList, jobs: Int) throws {
    self.shape = shape
    self.accounts = accounts
    rows = try SortedRows(parts, jobs: jobs)
  }

  /// Keys, in order, that divide the leads into about as many equal parts; none of few leads.
  func keys(dividingInto partCount: Int) -> [[UInt8]] {
    if rows.count < partCount { return [] }
    return (1..<partCount).map { Array(rows.key($0 * rows.count / partCount)) }
  }

  func walk(from key: [UInt8]?) -> any RowWalk {
    JudgedWalk(self, at: key.map(rows.index(from:)) ?? 0)
  }

  func check() {}
}

/// One who walks through the leads of a bench.
private final class JudgedWalk: RowWalk {
  private let leads: JudgedRows
  private let rows: SortedRows
  private var place: Int

  init(_ leads: JudgedRows, at place: Int) {
    self.leads = leads
    rows = leads.rows
    self.place = place
  }

  var key: UnsafeBufferPointer<UInt8>? { place < rows.count ? rows.key(place) : nil }

  var accountName: [UInt8] {
    let number = rows.cell(place, leads.shape.account)
    return number == LeadLayout.absent ? [] : Array(leads.accounts[Int(number)])
  }

  func read(into row: UnsafeMutablePointer<Int64>) {
    rows.unpack(place, leads.shape.width, into: row)
  }

  func next() { place += 1 }
}
