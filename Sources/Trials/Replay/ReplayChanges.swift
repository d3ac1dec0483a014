import Definition
import Judging
import Snapshots
import Tables

extension ReplayComparison {
  /// Every change as a row, as `changes.csv` of a snapshot has them: accounts, then leads, each in the
  /// order of their keys.
  func rows() throws -> [UInt8] {
    let csv = CSVWriter()
    csv.header(changesHeader)
    for key in ready.before.symmetricDifference(ready.after).sorted(by: {
      $0.lexicographicallyPrecedes($1)
    }) {
      let isIn = ready.after.contains(key)
      csv.fields(
        [Array("account".utf8), key, []]
          + ["ready", isIn ? "in" : "out", "\(!isIn)", "\(isIn)"].map { Array($0.utf8) })
    }
    let leads = try SortedRows(changed, jobs: 1)
    var cells = [Int64](repeating: 0, count: shape.width * 2 + 1)
    for index in 0..<leads.count {
      cells.withUnsafeMutableBufferPointer { cells in
        let base = cells.baseAddress.unsafelyUnwrapped
        leads.unpack(index, cells.count, into: base)
        add(leads.key(index), base, to: csv)
      }
    }
    return Array(csv.bytes)
  }

  /// `cells`: as `changed` has them.
  private func add(
    _ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<Int64>, to csv: CSVWriter
  ) {
    let before = cells[0] & 1 == 0 ? nil : cells + 1
    let after = cells[0] & 2 == 0 ? nil : cells + 1 + shape.width
    let names = after == nil ? accountNames.before : accountNames.after
    let number = (after ?? before)?[shape.account] ?? LeadLayout.absent
    let account = number == LeadLayout.absent ? [] : Array(names[Int(number)])
    shape.forEachChange(before, after) { change in
      shape.forEachRow(of: change) { what, how, before, after in
        csv.fields(
          [Array("lead".utf8), Array(key), account]
            + [what, how, before, after].map { Array($0.utf8) })
      }
    }
  }
}
