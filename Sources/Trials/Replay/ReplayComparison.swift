import Definition
import Engine
import Judging
import Reading
import Snapshots
import Tables
import Workers

/// What two judgements of a log's leads come to, beside each other.
struct ReplayComparison {
  let shape: ComparisonShape
  var movement: Movement
  var standouts: Standouts
  /// The leads of which anything differs, where they are wanted: a mark for each side that knows the
  /// lead, the row before, the row after.
  var changed: [CellTable] = []
  /// The names that the account's number in a row means, on each side.
  var accountNames: (before: KeyList, after: KeyList)
  var accounts: (before: AccountMembers, after: AccountMembers) = (.init(), .init())

  /// The lists of accounts that can be compared, in the order of their names.
  var accountLists: [String] {
    Set(accounts.before.lists.keys).union(accounts.after.lists.keys)
      .subtracting(accounts.before.limitedLists)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Compares two definitions that read the log alike: each lead is gathered once.
  init(
    on log: GatheredLog, before: Variant, after: Variant, namedMax: Int, keepsChanges: Bool
  ) throws {
    let shape = ComparisonShape(before: before.names, after: after.names)
    let fold = try log.fold([before, after], addsUpAccounts: true) {
      MovementWitness(
        shape, [before, after], namedMax: namedMax, keepsChanged: keepsChanges)
    }
    self.shape = shape
    movement = Movement(shape)
    standouts = Standouts(shape, countMax: namedMax)
    accountNames = (log.set.accounts, log.set.accounts)
    for witness in fold.witnesses {
      movement += witness.movement
      standouts += witness.standouts
      if let table = witness.changed { changed.append(table) }
    }
    accounts = (fold.accounts[0], fold.accounts[1])
  }

  /// Compares leads that are walked through side by side, parts of them by several workers.
  ///
  /// `before`: its accounts are told by name, for those leads that only it knows.
  init(
    _ shape: ComparisonShape, _ before: any RowSource, _ after: JudgedRows, namedMax: Int,
    keepsChanges: Bool, jobs: Int
  ) throws {
    let bounds = after.keys(dividingInto: jobs * 4)
    let parts = Slots<ComparedRows>(bounds.count + 1)
    // The first task is not a part: it looks whether what the others walk through is sound.
    try parallel(bounds.count + 2, jobs: jobs) { task in
      if task == 0 { return try before.check() }
      let part = task - 1
      var rows = ComparedRows(shape, namedMax: namedMax, keepsChanges: keepsChanges)
      let first = part == 0 ? nil : bounds[part - 1]
      try rows.compare(
        before.walk(from: first), after.walk(from: first),
        upTo: part < bounds.count ? bounds[part] : nil)
      parts[part] = rows
    }
    self.shape = shape
    movement = Movement(shape)
    standouts = Standouts(shape, countMax: namedMax)
    accountNames = (KeyList(), after.accounts)
    for part in parts.elements {
      movement += part.movement
      standouts += part.standouts
      guard let changed = part.changed else { continue }
      self.changed.append(changed.numbering(from: accountNames.before.count, shape))
      for name in 0..<part.accountNames.count {
        accountNames.before.append(part.accountNames[name])
      }
    }
  }
}

/// What one worker finds of leads that it walks through.
private struct ComparedRows {
  var movement: Movement
  var standouts: Standouts
  /// As `ReplayComparison` has them.
  let changed: CellTable?
  /// The accounts of leads that are gone, by the numbers that the table has.
  let accountNames = KeyList()
  private let shape: ComparisonShape

  init(_ shape: ComparisonShape, namedMax: Int, keepsChanges: Bool) {
    self.shape = shape
    movement = Movement(shape)
    standouts = Standouts(shape, countMax: namedMax)
    changed = keepsChanges ? CellTable(width: shape.width * 2 + 1) : nil
  }

  /// Compares leads up to a key, or to the end.
  mutating func compare(
    _ before: any RowWalk, _ after: any RowWalk, upTo end: [UInt8]?
  ) throws {
    let cells = UnsafeMutablePointer<Int64>.allocate(capacity: shape.width * 2 + 1)
    cells.initialize(repeating: LeadLayout.absent, count: shape.width * 2 + 1)
    defer { cells.deallocate() }
    try walkSideBySide(before, after, upTo: end, width: shape.width) { key, old, new in
      guard movement.count(old, new) else { return }
      standouts.look(at: key, old, new, shape)
      guard let changed else { return }
      cells[0] = (old == nil ? 0 : 1) | (new == nil ? 0 : 2)
      if let old {
        (cells + 1).update(from: old, count: shape.width)
        cells[1 + shape.account] =
          new == nil ? number(of: before.accountName) : LeadLayout.absent
      }
      if let new { (cells + 1 + shape.width).update(from: new, count: shape.width) }
      changed.append(key, cells)
    }
  }

  private func number(of account: [UInt8]) -> Int64 {
    if account.isEmpty { return LeadLayout.absent }
    account.withUnsafeBufferPointer(accountNames.append)
    return Int64(accountNames.count - 1)
  }
}

extension CellTable {
  /// The same changes, with the accounts of leads that are gone numbered on.
  fileprivate func numbering(from first: Int, _ shape: ComparisonShape) -> CellTable {
    if first == 0 { return self }
    let table = CellTable(width: width)
    var cells = [Int64](repeating: 0, count: width)
    cells.withUnsafeMutableBufferPointer { cells in
      let base = cells.baseAddress.unsafelyUnwrapped
      for row in 0..<count {
        unpack(row, width, into: base)
        if base[1 + shape.account] != LeadLayout.absent { base[1 + shape.account] += Int64(first) }
        table.append(keys[row], base)
      }
    }
    return table
  }
}
