import Snapshots

extension PushFolder {
  /// The keys of the records in a file of a plan.
  func keys(of file: CRMPlan.File, plan: String) throws -> Set<[UInt8]> {
    let folder = "\(path)/\(plan)"
    let underWay = try CRMPlan(readingFrom: "\(folder)/plan.json")
    let before = underWay.files.filter {
      $0.table == file.table && $0.isClearing == file.isClearing && $0.number < file.number
    }
    let rows = try CSVReader(
      "\(folder)/\(rowFileName(of: file.table, isClearing: file.isClearing))")
    var skipped = before.reduce(0) { $0 + $1.rows }
    var keys: Set<[UInt8]> = []
    while rows.row != nil, keys.count < file.rows {
      if rowReason(rows[2]) != .dropped {
        if skipped > 0 { skipped -= 1 } else { keys.insert(Array(rows.key)) }
      }
      try rows.next()
    }
    return keys
  }
}
