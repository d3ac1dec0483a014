import Judging
import Snapshots

/// Compares what two variants make of each lead.
final class MovementWitness: LeadWitness {
  let movement: Movement
  private(set) var standouts: Standouts
  /// The leads of which anything differs, as `ReplayComparison` has them.
  let changed: CellTable?
  private let readers: [ShapeReader]
  private let rows: UnsafeMutablePointer<Int64>

  init(_ shape: ComparisonShape, _ variants: [Variant], namedMax: Int, keepsChanged: Bool) {
    movement = Movement(shape)
    standouts = Standouts(shape, countMax: namedMax)
    changed = keepsChanged ? CellTable(width: shape.width * 2 + 1) : nil
    readers = variants.map { ShapeReader(shape, $0.judge) }
    rows = .allocate(capacity: shape.width * 2 + 1)
    // Both sides know every lead.
    rows.initialize(repeating: 3, count: shape.width * 2 + 1)
  }

  deinit { rows.deallocate() }

  func see(
    _ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<UnsafePointer<Int64>>, _ desks: [Desk]
  ) {
    let before = rows + 1
    let after = before + movement.shape.width
    readers[0].read(cells[0], into: before)
    readers[1].read(cells[1], into: after)
    guard movement.count(before, after) else { return }
    standouts.look(at: key, before, after, movement.shape)
    changed?.append(key, rows)
  }
}

/// Compares the first variant with each of the others, by counts alone.
final class VariantsWitness: LeadWitness {
  let movements: [Movement]
  private let readers: [ShapeReader]
  private let rows: UnsafeMutablePointer<Int64>
  private let width: Int

  init(_ shape: ComparisonShape, _ variants: [Variant]) {
    movements = variants.dropFirst().map { _ in Movement(shape) }
    readers = variants.map { ShapeReader(shape, $0.judge) }
    width = shape.width
    rows = .allocate(capacity: width * 2)
    rows.initialize(repeating: 0, count: width * 2)
  }

  deinit { rows.deallocate() }

  func see(
    _ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<UnsafePointer<Int64>>, _ desks: [Desk]
  ) {
    readers[0].read(cells[0], into: rows)
    for (index, movement) in movements.enumerated() {
      readers[index + 1].read(cells[index + 1], into: rows + width)
      movement.count(rows, rows + width)
    }
  }
}

/// Keeps what is compared of each lead, to be walked through in the order of keys.
final class RowWitness: LeadWitness {
  let table: CellTable
  private let reader: ShapeReader
  private let row: UnsafeMutablePointer<Int64>

  init(_ shape: ComparisonShape, _ variant: Variant) {
    table = CellTable(width: shape.width)
    reader = ShapeReader(shape, variant.judge)
    row = .allocate(capacity: shape.width)
  }

  deinit { row.deallocate() }

  func see(
    _ key: UnsafeBufferPointer<UInt8>, _ cells: UnsafePointer<UnsafePointer<Int64>>, _ desks: [Desk]
  ) {
    reader.read(cells[0], into: row)
    table.append(key, row)
  }
}
