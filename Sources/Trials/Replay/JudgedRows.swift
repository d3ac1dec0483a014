import Definition
import Judging
import Snapshots
import Tables

/// The leads that a variant has judged.
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

/// One who walks through judged leads.
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
