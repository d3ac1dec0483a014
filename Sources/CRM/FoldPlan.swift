import Engine
import Files
import Notation
import Snapshots
import Tables

extension PushFolder {
  /// Takes what was acknowledged of the plan under way into the state, and ends the plan.
  ///
  /// What nobody answered for stays in doubt: it is sent again whatever it is.
  func endPlan() throws {
    guard let planName = record.plan else { return }
    let folder = "\(path)/\(planName)"
    let plan = try CRMPlan(readingFrom: "\(folder)/plan.json")
    let acks = try AckLog(in: folder)
    let stateName = try makeFolder("state")
    let old = record.state.map { "\(path)/\($0)" }
    // What this plan was not about stays as it is.
    let kept = record.targets.filter { target in !plan.objects.contains { $0.table == target.table }
    }
    for name in kept.map({ rowFileName(of: $0.table) }) {
      try copyRows("\(old ?? "")/\(name)", to: "\(path)/\(stateName)/\(name)")
    }
    var targets = kept
    for object in plan.objects {
      let rows = try PlanFold(
        old: old, plan: folder, new: "\(path)/\(stateName)", plan.files, acks, object
      ).run()
      if rows == 0 { continue }
      targets.append(
        PushRecord.Target(table: object.table, object: object.object, key: object.match))
    }
    try commit { record in
      record.state = stateName
      record.plan = nil
      record.targets = targets
      if !acks.files.isEmpty || plan.files.isEmpty { record.lastAsOf = plan.asOf }
    }
  }
}

private func copyRows(_ path: String, to copy: String) throws {
  let rows = try CSVReader(path)
  let file = try RowFile(copy, header: Array((csvLine(rows.header) + "\n").utf8))
  while let row = rows.row {
    try file.add(row)
    try rows.next()
  }
  try file.commit()
}

/// Brings together the rows of an object that were known and those of a plan.
private struct PlanFold {
  let state: StateRows?
  let sends: AnsweredRows
  let clears: AnsweredRows
  let result: RowFile

  init(
    old: String?, plan: String, new: String, _ files: [CRMPlan.File], _ acks: AckLog,
    _ object: CRMPlan.Object
  ) throws {
    let name = rowFileName(of: object.table)
    let sends = try AnsweredRows(
      "\(plan)/\(name)", files.filter { $0.table == object.table && !$0.isClearing }, acks)
    clears = try AnsweredRows(
      "\(plan)/\(rowFileName(of: object.table, isClearing: true))",
      files.filter { $0.table == object.table && $0.isClearing }, acks)
    state = try old.flatMap { try StateRows("\($0)/\(name)", fields: sends.fieldNames) }
    self.sends = sends
    result = try RowFile("\(new)/\(name)", header: sends.header)
  }

  /// Returns how many rows there are now.
  func run() throws -> Int {
    while true {
      let keys = [state?.row == nil ? nil : state?.key, sends.key, clears.key].compactMap { $0 }
      guard let least = keys.min(by: precedes) else { break }
      let isKnown = state.map { $0.row != nil && keyOrder($0.key, least) == 0 } ?? false
      if let key = sends.key, keyOrder(key, least) == 0 {
        try take(sends, isClearing: false, isKnown)
        try sends.next()
      } else if let key = clears.key, keyOrder(key, least) == 0 {
        try take(clears, isClearing: true, isKnown)
        try clears.next()
      } else if let state, let row = state.row {
        if state.isAligned {
          try result.add(row)
        } else {
          try state.withFields { try result.add(state.keyAndOwner, state.status.rawValue, $0) }
        }
      }
      if isKnown { try state?.next() }
    }
    try result.commit()
    return result.rowCount
  }

  private func take(_ rows: AnsweredRows, isClearing: Bool, _ isKnown: Bool) throws {
    if rows.reason == .dropped { return }
    if rows.answer == .taken {
      if !isClearing {
        try result.add(rows.keyAndOwner, RowStatus.acknowledged.rawValue, rows.fields)
      }
      return
    }
    let status = RowStatus.after(
      isKnown ? state?.status : nil, isRejected: rows.answer == .rejected)
    if isKnown, let state {
      try state.withFields { try result.add(state.keyAndOwner, status.rawValue, $0) }
    } else {
      try result.add(rows.keyAndOwner, status.rawValue, rows.fields)
    }
  }
}

/// The rows of a plan with what the CRM said of each.
private final class AnsweredRows {
  private let reader: CSVReader
  private let files: [CRMPlan.File]
  private let acks: AckLog
  private var split = RowFields()
  private var file = 0
  /// How many rows of the file at hand have been passed.
  private var passed = 0

  enum Answer { case taken, rejected, none }

  init(_ path: String, _ files: [CRMPlan.File], _ acks: AckLog) throws {
    reader = try CSVReader(path)
    self.files = files
    self.acks = acks
    reader.row.map { split.split($0) }
  }

  var fieldNames: [String] { Array(reader.header.dropFirst(FieldLayout.leadingCount)) }
  var header: [UInt8] { Array((csvLine(reader.header) + "\n").utf8) }
  var key: UnsafeBufferPointer<UInt8>? { reader.row == nil ? nil : reader.key }

  private var row: UnsafeRawBufferPointer {
    reader.row ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  var keyAndOwner: UnsafeRawBufferPointer { bytes(row, split.range(0..<2)) }
  var fields: UnsafeRawBufferPointer {
    bytes(row, split.range(FieldLayout.leadingCount..<split.count))
  }

  var reason: RowReason { rowReason(bytes(row, split.range(2))) }

  var answer: Answer {
    guard file < files.count, let rejected = acks.files[files[file].number] else { return .none }
    return !rejected.isEmpty && rejected.contains(Array(reader.key)) ? .rejected : .taken
  }

  func next() throws {
    // What is not sent is in no file.
    if reason != .dropped {
      passed += 1
      if file < files.count, passed == files[file].rows { (file, passed) = (file + 1, 0) }
    }
    try reader.next()
    reader.row.map { split.split($0) }
  }
}
