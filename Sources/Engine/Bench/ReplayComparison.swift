import Definition
import Judging
import Snapshots

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
  var ready: (before: Set<[UInt8]>, after: Set<[UInt8]>) = ([], [])

  /// Compares two definitions that read the log alike: each lead is gathered once.
  init(
    on bench: Bench, before: Variant, after: Variant, namedMax: Int, keepsChanges: Bool
  ) throws {
    let shape = ComparisonShape(before: before.judge.definition, after: after.judge.definition)
    let fold = try bench.fold([before, after], findsReady: true) {
      MovementWitness(
        shape, [before, after], namedMax: namedMax, keepsChanged: keepsChanges)
    }
    self.shape = shape
    movement = Movement(shape)
    standouts = Standouts(shape, countMax: namedMax)
    accountNames = (bench.set.accounts, bench.set.accounts)
    for witness in fold.witnesses {
      movement += witness.movement
      standouts += witness.standouts
      if let table = witness.changed { changed.append(table) }
    }
    ready = (fold.ready[0], fold.ready[1])
  }

  /// Compares leads that are walked through side by side, in the order of their keys.
  ///
  /// `before`: its accounts are told by name, for those leads that only it knows.
  init(
    _ shape: ComparisonShape, _ before: any RowWalk, _ after: TableWalk,
    afterAccounts: KeyList, namedMax: Int, keepsChanges: Bool
  ) throws {
    self.shape = shape
    movement = Movement(shape)
    standouts = Standouts(shape, countMax: namedMax)
    accountNames = (KeyList(), afterAccounts)
    let table = CellTable(width: shape.width * 2 + 1)
    if keepsChanges { changed = [table] }
    let cells = UnsafeMutablePointer<Int64>.allocate(capacity: shape.width * 2 + 1)
    cells.initialize(repeating: LeadLayout.absent, count: shape.width * 2 + 1)
    defer { cells.deallocate() }
    let (rowBefore, rowAfter) = (cells + 1, cells + 1 + shape.width)
    while true {
      let (keyBefore, keyAfter) = (before.key, after.key)
      guard let key = ReplayComparison.first(keyBefore, keyAfter) else { break }
      let (hasBefore, hasAfter) = (keyBefore == key, keyAfter == key)
      if hasBefore { try before.read(into: rowBefore) }
      if hasAfter { after.read(into: rowAfter) }
      let (one, other) = (hasBefore ? rowBefore : nil, hasAfter ? rowAfter : nil)
      if movement.count(one, other) {
        key.withUnsafeBufferPointer { standouts.look(at: $0, one, other, shape) }
        if keepsChanges {
          cells[0] = (hasBefore ? 1 : 0) | (hasAfter ? 2 : 0)
          rowBefore[shape.account] = LeadLayout.absent
          rowAfter[shape.account] = LeadLayout.absent
          if hasAfter {
            rowAfter[shape.account] = after.accountNumber
          } else if !before.accountName.isEmpty {
            rowBefore[shape.account] = Int64(accountNames.before.count)
            before.accountName.withUnsafeBufferPointer { accountNames.before.append($0) }
          }
          key.withUnsafeBufferPointer { table.append($0, cells) }
        }
      }
      if hasBefore { try before.next() }
      if hasAfter { after.next() }
    }
    try before.check()
  }

  /// The key that comes first of two.
  private static func first(_ one: [UInt8]?, _ other: [UInt8]?) -> [UInt8]? {
    guard let one, let other else { return one ?? other }
    return other.lexicographicallyPrecedes(one) ? other : one
  }
}
