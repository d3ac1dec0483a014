import Definition
import Notation

// What a lead gives to the scores of its account. A number may be beyond 64 bits, so it has two cells, of which the
// upper one is absent where the lead gives nothing.

/// What is taken of each lead, as the fold needs it.
struct CompiledAggregate: ~Copyable, @unchecked Sendable {
  /// Where the value stands, and how many micro-points its unit is.
  let value: Int
  let unit: Int64
  let condition: CellCondition
  let weights: Fixed<CompiledLeadWeight>
  let otherwise: Int64

  init(_ aggregate: LeadAggregate, _ cells: CellFinder) {
    value = cells(aggregate.subject).0
    unit = if case .raw = aggregate.subject { 1 } else { 1_000_000 }
    condition = CellCondition(aggregate.condition, cells)
    weights = Fixed(count: aggregate.weights.count) { index in
      CompiledLeadWeight(
        condition: CellCondition(aggregate.weights[index].condition, cells),
        weight: aggregate.weights[index].weight)
    }
    otherwise = aggregate.otherwise
  }

  /// The cells that it depends on.
  var cells: [Int] {
    [value] + condition.cells + (0..<weights.count).flatMap { weights[$0].condition.cells }
  }

  func isSame(as other: borrowing CompiledAggregate) -> Bool {
    let (ours, others) = (weights, other.weights)
    return value == other.value && otherwise == other.otherwise
      && condition.isSame(as: other.condition) && ours.count == others.count
      && (0..<ours.count).allSatisfy {
        ours[$0].weight == others[$0].weight && ours[$0].condition.isSame(as: others[$0].condition)
      }
  }

  /// The weight of a lead.
  func weight(_ cells: UnsafePointer<Int64>) -> Int64 {
    for index in 0..<weights.count where weights[index].condition.holds(cells) {
      return weights[index].weight
    }
    return otherwise
  }

  /// The weight of a lead all along between two times; nil where it may be one or another.
  func weight(
    between least: UnsafePointer<Int64>, and most: UnsafePointer<Int64>
  ) -> Int64? {
    for index in 0..<weights.count {
      guard let holds = weights[index].condition.holds(between: least, and: most) else {
        return nil
      }
      if holds { return weights[index].weight }
    }
    return otherwise
  }

  /// What a lead of some weight gives.
  func given(_ cells: UnsafePointer<Int64>, weight: Int64) -> Int128 {
    let micropoints = Int128(cells[value]) * Int128(unit)
    // Not even a raw of eighteen digits times a weight of fifteen has as many as 127 bits hold.
    return weight == 1_000_000
      ? micropoints : roundedQuotient(micropoints * Int128(weight), 1_000_000)
  }
}

struct CompiledLeadWeight: ~Copyable {
  let condition: CellCondition
  let weight: Int64
}

/// What a lead gives a score of its account.
package struct GivenPart: Sendable, Equatable {
  /// Micro-points, before the weight and after it.
  package var value: Int128
  package var weight: Int64
  package var given: Int128
}

extension Judge {
  /// Fills what a lead gives to its account, once all else of it is known.
  @inline(never)
  func give(_ cells: UnsafeMutablePointer<Int64>) {
    for index in 0..<aggregates.count {
      (cells[layout.aggregates + 2 * index], cells[layout.aggregates + 2 * index + 1]) =
        given(index, cells)
    }
    for (index, window) in layout.activeWindows.enumerated() {
      cells[layout.active + index] = cells[layout.measures(window).activities] > 0 ? 1 : 0
    }
  }

  /// The two cells of what a lead gives.
  func given(_ index: Int, _ cells: UnsafePointer<Int64>) -> (lower: Int64, upper: Int64) {
    guard aggregates[index].condition.holds(cells) else { return (0, LeadLayout.absent) }
    let weight = aggregates[index].weight(cells)
    return ExactSums.cells(of: aggregates[index].given(cells, weight: weight))
  }

  /// What a lead gives to a score of its account, by the aggregate; nil where it gives nothing.
  package func part(of index: Int, _ cells: UnsafePointer<Int64>) -> GivenPart? {
    guard aggregates[index].condition.holds(cells) else { return nil }
    let weight = aggregates[index].weight(cells)
    return GivenPart(
      value: aggregates[index].given(cells, weight: 1_000_000), weight: weight,
      given: aggregates[index].given(cells, weight: weight))
  }

  /// The same as `give` of the least and the most between two times; what may be anything is open.
  func give(least: Desk, most: Desk) {
    for index in 0..<aggregates.count {
      let cell = layout.aggregates + 2 * index
      let isGiven = aggregates[index].condition.holds(between: least.cells, and: most.cells)
      let weight = aggregates[index].weight(between: least.cells, and: most.cells)
      for (desk, open) in [(least, LeadLayout.absent), (most, LeadLayout.open)] {
        if isGiven == false {
          (desk.cells[cell], desk.cells[cell + 1]) = (0, LeadLayout.absent)
        } else if isGiven == true, let weight {
          (desk.cells[cell], desk.cells[cell + 1]) = ExactSums.cells(
            of: aggregates[index].given(desk.cells, weight: weight))
        } else {
          (desk.cells[cell], desk.cells[cell + 1]) = (0, open)
        }
      }
    }
    for (index, window) in layout.activeWindows.enumerated() {
      for desk in [least, most] {
        desk.cells[layout.active + index] =
          desk.cells[layout.measures(window).activities] > 0 ? 1 : 0
      }
    }
  }
}
