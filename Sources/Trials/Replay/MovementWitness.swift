import Snapshots
import Tables

/// Compares what two variants make of each lead.
final class MovementWitness: LeadWitness {
  let movement: Movement
  private(set) var standouts: Standouts
  /// The leads of which anything differs, as `ReplayComparison` has them.
  let changed: CellTable?
  private let shape: ComparisonShape
  private let reader: (before: ShapeReader, after: ShapeReader)
  /// Whether both variants mean the same by the same cells.
  private let readAlike: Bool
  private let rows: UnsafeMutablePointer<Int64>

  init(_ shape: ComparisonShape, _ variants: [Variant], namedMax: Int, keepsChanged: Bool) {
    self.shape = shape
    movement = Movement(shape)
    standouts = Standouts(shape, countMax: namedMax)
    changed = keepsChanged ? CellTable(width: shape.width * 2 + 1) : nil
    reader = (ShapeReader(shape, variants[0].tables), ShapeReader(shape, variants[1].tables))
    readAlike = reader.before == reader.after
    rows = .allocate(capacity: shape.width * 2 + 1)
    // Both sides know every lead.
    rows.initialize(repeating: 3, count: shape.width * 2 + 1)
  }

  deinit { rows.deallocate() }

  func see(_ lead: SeenLead) {
    let cells = lead.cells
    if lead.isExcluded[0] || lead.isExcluded[1] { return seeExcluded(lead) }
    let before = rows + 1
    let after = before + shape.width
    reader.before.read(cells[0], into: before)
    if readAlike, cells[0] == cells[1] {
      movement.count(before, before)
      return
    }
    reader.after.read(cells[1], into: after)
    guard movement.count(before, after) else { return }
    standouts.look(at: lead.key, before, after, shape)
    changed?.append(lead.key, rows)
  }

  /// Of a lead that a variant leaves out, it knows nothing.
  private func seeExcluded(_ lead: SeenLead) {
    let isKnown = (before: !lead.isExcluded[0], after: !lead.isExcluded[1])
    guard isKnown.before || isKnown.after else { return }
    let before = rows + 1
    let after = before + shape.width
    if isKnown.before { reader.before.read(lead.cells[0], into: before) }
    if isKnown.after { reader.after.read(lead.cells[1], into: after) }
    let (old, new) = (
      isKnown.before ? UnsafePointer(before) : nil, isKnown.after ? UnsafePointer(after) : nil
    )
    movement.count(old, new)
    standouts.look(at: lead.key, old, new, shape)
    rows[0] = (isKnown.before ? 1 : 0) | (isKnown.after ? 2 : 0)
    changed?.append(lead.key, rows)
    rows[0] = 3
  }
}

/// Compares the first variant with each of the others, by counts alone.
final class VariantsWitness: LeadWitness {
  /// The first variant beside itself.
  private let unmoved: Movement
  /// What is counted otherwise by each of the others.
  private let changes: [Movement]
  /// The same, without reference counts: most leads are counted in some of them.
  private let counted: [Unmanaged<Movement>]
  private let readers: [ShapeReader]
  /// Of each of the others, whether it means the same by the same cells.
  private let readAlike: [Bool]
  private let rows: UnsafeMutablePointer<Int64>
  private let width: Int

  init(_ shape: ComparisonShape, _ variants: [Variant]) {
    unmoved = Movement(shape)
    let changes = variants.dropFirst().map { _ in Movement(shape) }
    self.changes = changes
    counted = changes.map { .passUnretained($0) }
    let readers = variants.map { ShapeReader(shape, $0.tables) }
    self.readers = readers
    readAlike = readers.dropFirst().map { $0 == readers[0] }
    width = shape.width
    rows = .allocate(capacity: width * 2)
    rows.initialize(repeating: 0, count: width * 2)
  }

  deinit { rows.deallocate() }

  func see(_ lead: SeenLead) {
    let cells = lead.cells
    let isExcluded = lead.isExcluded
    if !isExcluded[0] {
      readers[0].read(cells[0], into: rows)
      unmoved.count(rows, rows)
    }
    for index in changes.indices {
      if isExcluded[0] || isExcluded[index + 1] {
        if isExcluded[0] != isExcluded[index + 1] { seeExcluded(lead, index) }
        continue
      }
      if readAlike[index], cells[index + 1] == cells[0] { continue }
      readers[index + 1].read(cells[index + 1], into: rows + width)
      counted[index]._withUnsafeGuaranteedRef { $0.recount(rows, rows + width) }
    }
  }

  /// Sees a lead that either the first leaves out or one of the others.
  private func seeExcluded(_ lead: SeenLead, _ index: Int) {
    if lead.isExcluded[0] {
      readers[index + 1].read(lead.cells[index + 1], into: rows + width)
      changes[index].count(nil, rows + width)
    } else {
      changes[index].count(rows, rows, leads: -1)
      changes[index].count(rows, nil)
    }
  }

  /// Adds what it saw of one of the others.
  func add(_ index: Int, to movement: inout Movement) {
    movement += unmoved
    movement += changes[index]
  }
}

/// Keeps what is compared of each lead, to be walked through in the order of keys.
final class RowWitness: LeadWitness {
  let table: CellTable
  private let reader: ShapeReader
  private let row: UnsafeMutablePointer<Int64>

  init(_ shape: ComparisonShape, _ variant: Variant) {
    table = CellTable(width: shape.width)
    reader = ShapeReader(shape, variant.tables)
    row = .allocate(capacity: shape.width)
  }

  deinit { row.deallocate() }

  func see(_ lead: SeenLead) {
    if lead.isExcluded[0] { return }
    reader.read(lead.cells[0], into: row)
    table.append(lead.key, row)
  }
}

/// Two who see the same leads, the second one last.
struct WitnessPair<First: LeadWitness, Second: LeadWitness>: LeadWitness {
  let first: First
  let second: Second

  init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  func see(_ lead: SeenLead) {
    first.see(lead)
    second.see(lead)
  }
}
