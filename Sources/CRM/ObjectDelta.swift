import Notation
import Tables

/// Tells what of an object is to be sent, by what the CRM has acknowledged.
struct ObjectDelta {
  private let layout: FieldLayout
  private let state: StateRows?
  private let sends: RowFile
  private let clears: RowFile
  private var fields = RowFields()
  private(set) var counts: CRMPlan.Object

  /// `state`: the folder with what was acknowledged; `plan`: where rows to send go.
  init(_ layout: FieldLayout, state: String?, plan: String) throws {
    self.layout = layout
    let table = layout.object.table
    self.state = try state.flatMap {
      try StateRows("\($0)/\(rowFileName(of: table))", fields: layout.fields.map(\.name))
    }
    sends = try RowFile("\(plan)/\(rowFileName(of: table))", header: layout.header)
    clears = try RowFile(
      "\(plan)/\(rowFileName(of: table, isClearing: true))", header: layout.header)
    counts = CRMPlan.Object(layout.object)
  }

  /// `current`: nil of an object that the map no longer has, of which nothing is sent any more.
  mutating func run(_ current: CurrentRows?) throws {
    try current?.forEach { key, row in
      try clearUp(to: key)
      fields.split(row)
      if let state, state.row != nil, keyOrder(state.key, key) == 0 {
        counts.known += 1
        try compare(row, with: state)
        try state.next()
      } else {
        counts.new += 1
        // Who comes onto a list changes it.
        if isList { counts.steadyChanges += 1 }
        try send(row, RowReason.new.rawValue)
      }
    }
    try clearUp(to: nil)
    if let current {
      counts.rows = current.counts.rows
      counts.notSelected = current.counts.notSelected
      counts.withoutKey = current.counts.withoutKey
    }
    try sends.commit()
    try clears.commit()
  }

  private var isList: Bool { layout.object.table.hasPrefix("lists/") }

  /// Clears the records that come before a key: nothing of ours is for them any more.
  private mutating func clearUp(to key: UnsafeBufferPointer<UInt8>?) throws {
    guard let state else { return }
    while state.row != nil {
      if let key, !precedes(state.key, key) { return }
      if state.status == .newRejected {
        try state.withFields { try clears.add(state.keyAndOwner, RowReason.dropped.rawValue, $0) }
      } else {
        counts.known += 1
        counts.cleared += 1
        counts.steadyChanges += 1
        try state.withFields { try clears.add(state.keyAndOwner, RowReason.cleared.rawValue, $0) }
      }
      try state.next()
    }
  }

  private func send(_ row: UnsafeRawBufferPointer, _ status: String) throws {
    try sends.add(
      bytes(row, fields.range(0..<2)), status,
      bytes(row, fields.range(FieldLayout.leadingCount..<fields.count)))
  }

  private mutating func compare(_ row: UnsafeRawBufferPointer, with state: StateRows) throws {
    let changed = changedFields(row, state)
    if changed.contains(where: { layout.fields[$0].isSteady }) { counts.steadyChanges += 1 }
    switch state.status {
    case .acknowledged:
      if changed.isEmpty {
        counts.unchanged += 1
        return
      }
      counts.changed += 1
      let names = changed.map { layout.fields[$0].name }.joined(separator: " ")
      try send(row, csvField("\(RowReason.changed.rawValue) \(names)"))
    case .rejected, .newRejected:
      counts.rejected += 1
      try send(row, RowReason.rejected.rawValue)
    case .unknown, .newUnknown:
      counts.unacknowledged += 1
      try send(row, RowReason.unacknowledged.rawValue)
    }
  }

  /// The fields whose change sends the row.
  private func changedFields(_ row: UnsafeRawBufferPointer, _ state: StateRows) -> [Int] {
    let sending = FieldLayout.leadingCount..<FieldLayout.leadingCount + layout.sendingCount
    if state.isAligned, let old = state.row,
      bytes(row, fields.range(sending)).elementsEqual(bytes(old, state.fields.range(sending)))
    {
      return []
    }
    return (0..<layout.sendingCount).filter { index in
      guard let old = state.field(index) else { return true }
      let new = bytes(row, fields.range(FieldLayout.leadingCount + index))
      if new.elementsEqual(old) { return false }
      guard let least = layout.fields[index].minChange, let one = millionths(old),
        let other = millionths(new)
      else { return true }
      return (one - other).magnitude >= Int128(least).magnitude
    }
  }
}

/// Returns a number of a file of ours as millionths; nil where it is none.
private func millionths(_ text: UnsafeRawBufferPointer) -> Int128? {
  let isNegative = text.first == UInt8(ascii: "-")
  var value: Int128 = 0
  var decimals: Int?
  guard text.count > (isNegative ? 1 : 0), text.count <= 30 else { return nil }
  for byte in text.dropFirst(isNegative ? 1 : 0) {
    if byte == UInt8(ascii: "."), decimals == nil {
      decimals = 0
    } else if UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte, (decimals ?? 0) < 6 {
      value = value * 10 + Int128(byte - UInt8(ascii: "0"))
      decimals = decimals.map { $0 + 1 }
    } else {
      return nil
    }
  }
  for _ in (decimals ?? 0)..<6 { value *= 10 }
  return isNegative ? -value : value
}
