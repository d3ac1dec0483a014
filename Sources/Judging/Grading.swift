import Definition

/// A grade compiled for attribute cells: each criterion a table by the number of the value.
struct CompiledGrade: Sendable {
  private var criteria: [Criterion]
  private var method: Method
  /// The weight of all criteria, in millionths or thirds.
  private let totalWeight: Int128

  private struct Criterion {
    var cell: Int
    var weight: Int128
    /// The criterion's value by the attribute's: millionths of a percent, or thirds up and down.
    var values: [Int64]
  }

  private enum Method {
    case weighted([Letter])
    case ladder(start: Int64)
  }

  init(_ grade: Grade, _ finder: CellFinder) {
    func table(_ attribute: String, _ value: (Scalar) -> Int64) -> (cell: Int, values: [Int64]) {
      let (cell, reading) = finder.attribute(attribute)
      guard case .oneOf(let scalars) = reading else { return (cell, []) }
      return (cell, scalars.map(value))
    }
    switch grade.method {
    case .weighted(let letters, let criteria):
      method = .weighted(letters)
      self.criteria = criteria.map { criterion in
        let table = table(criterion.attribute) { scalar in
          criterion.values.first { $0.predicate.holds(for: scalar) }?.value ?? criterion.otherwise
        }
        return Criterion(
          cell: table.cell, weight: Int128(criterion.weight), values: table.values)
      }
    case .ladder(let start, let criteria):
      method = .ladder(start: Int64(start))
      self.criteria = criteria.map { criterion in
        let table = table(criterion.attribute) { scalar in
          Int64(criterion.predicate.holds(for: scalar) ? criterion.thirds : -criterion.thirds)
        }
        return Criterion(
          cell: table.cell, weight: Int128(criterion.thirds), values: table.values)
      }
    }
    totalWeight = criteria.reduce(0) { $0 + $1.weight }
  }

  /// Returns the cells of a lead's letter, percent and coverage; with nothing known the lead is
  /// ungraded, which is neither F nor 0.
  func judge(_ cells: UnsafePointer<Int64>) -> (letter: Int64, percent: Int64, coverage: Int64) {
    var known: Int128 = 0
    var sum: Int128 = 0
    for criterion in criteria {
      let value = cells[criterion.cell]
      guard value != LeadLayout.absent else { continue }
      known += criterion.weight
      switch method {
      case .weighted: sum += criterion.weight * Int128(criterion.values[Int(value)])
      case .ladder: sum += Int128(criterion.values[Int(value)])
      }
    }
    guard known > 0 else { return (LeadLayout.absent, LeadLayout.absent, 0) }
    let coverage = roundedQuotient(known * 100, totalWeight)
    switch method {
    case .weighted(let letters):
      let percent = roundedQuotient(sum, known * 1_000_000)
      let letter = letters.firstIndex { Double(percent) >= $0.bound } ?? letters.count - 1
      return (Int64(letter), percent, coverage)
    case .ladder(let start):
      let top = Int64(Grade.ladder.count - 1)
      let step = min(max(start + Int64(sum), 0), top)
      // Letters are numbered best first.
      return (top - step, LeadLayout.absent, coverage)
    }
  }
}
