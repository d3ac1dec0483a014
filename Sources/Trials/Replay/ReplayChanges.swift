import Definition
import Judging
import Snapshots
import Tables

extension ReplayComparison {
  /// Changes as rows of `changes.csv`: which accounts are ready and on lists, then every change of a lead, each in the
  /// order of their keys.
  ///
  /// `reasons`: tells when and through what; nil where nobody can.
  func rows(_ reasons: (any ChangeReasons)?, jobs: Int) throws -> [UInt8] {
    var rows = ChangeRows()
    for (key, changes) in accountChanges {
      key.withUnsafeBufferPointer { key in
        for change in changes { rows.add(.account, key, account: [], change) }
      }
    }
    let leads = try SortedRows(changed, jobs: 1)
    var cells = [Int64](repeating: 0, count: shape.width * 2 + 1)
    for index in 0..<leads.count {
      cells.withUnsafeMutableBufferPointer { cells in
        let base = cells.baseAddress.unsafelyUnwrapped
        leads.unpack(index, cells.count, into: base)
        add(leads.key(index), base, to: &rows)
      }
    }
    let csv = CSVWriter()
    csv.header(changesHeader)
    return try Array(csv.bytes) + ChangeRows.csv([rows], reasons, jobs: jobs)[0]
  }

  /// What changes of each account, in the order of their keys: first whether it is ready.
  private var accountChanges: [(key: [UInt8], changes: [ChangeRow])] {
    var changes: [[UInt8]: [ChangeRow]] = [:]
    let (before, after) = accounts
    for key in before.ready.symmetricDifference(after.ready) {
      let isIn = after.ready.contains(key)
      changes[key, default: []].append(
        ChangeRow(
          what: "ready", change: isIn ? "in" : "out", before: "\(!isIn)", after: "\(isIn)",
          state: .ready(isIn)))
    }
    for name in accountLists {
      let (old, new) = (before.lists[name] ?? [], after.lists[name] ?? [])
      for key in old.symmetricDifference(new) {
        let isOn = new.contains(key)
        changes[key, default: []].append(
          ChangeRow(
            what: "list.\(name)", change: isOn ? "in" : "out", state: .list(name, isIn: isOn)))
      }
    }
    return changes.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { (key: $0.key, changes: $0.value) }
  }

  /// `cells`: as `changed` has them.
  private func add(
    _ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<Int64>, to rows: inout ChangeRows
  ) {
    let before = cells[0] & 1 == 0 ? nil : cells + 1
    let after = cells[0] & 2 == 0 ? nil : cells + 1 + shape.width
    let names = after == nil ? accountNames.before : accountNames.after
    let number = (after ?? before)?[shape.account] ?? LeadLayout.absent
    let account = number == LeadLayout.absent ? [] : Array(names[Int(number)])
    shape.forEachChange(before, after) { change in
      shape.forEachRow(of: change) { rows.add(.lead, key, account: account, $0) }
    }
  }
}
