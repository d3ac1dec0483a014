import Definition

/// A grade compiled for attribute cells: each criterion a table by the number of the value.
struct CompiledGrade: ~Copyable, @unchecked Sendable {
  private let criteria: Fixed<Criterion>
  /// The lowest percent of each letter, the best first; of a ladder none.
  private let bounds: Fixed<Double>
  /// The step a ladder starts at; nil where the criteria are weighted.
  private let start: Int64?
  /// The weight of all criteria, in millionths or thirds.
  private let totalWeight: Int128
  private let count: Int
  /// Whether no sum of weights times values needs more than 64 bits.
  private let fitsInt64: Bool

  private struct Criterion {
    var cell: Int
    var weight: Int128
    /// The criterion's value by the attribute's: millionths of a percent, or thirds up and down.
    var values: Fixed<Int64>
  }

  init(_ grade: Grade, _ finder: CellFinder) {
    func table(_ attribute: String, _ value: (Scalar) -> Int64) -> (cell: Int, values: Fixed<Int64>)
    {
      let (cell, reading) = finder.attribute(attribute)
      guard case .oneOf(let scalars) = reading else { return (cell, Fixed([])) }
      return (cell, Fixed(scalars.map(value)))
    }
    let compiled: [Criterion]
    switch grade.method {
    case .weighted(let letters, let criteria):
      start = nil
      bounds = Fixed(letters.map { Double($0.bound) })
      compiled = criteria.map { criterion in
        let table = table(criterion.attribute) { scalar in
          criterion.value(for: scalar)
        }
        return Criterion(
          cell: table.cell, weight: Int128(criterion.weight), values: table.values)
      }
    case .ladder(let start, let criteria):
      self.start = Int64(start)
      bounds = Fixed([])
      compiled = criteria.map { criterion in
        let table = table(criterion.attribute) { scalar in
          Int64(criterion.thirds(for: scalar))
        }
        return Criterion(
          cell: table.cell, weight: Int128(criterion.thirds), values: table.values)
      }
    }
    criteria = Fixed(compiled)
    totalWeight = compiled.reduce(0) { $0 + $1.weight }
    count = compiled.count
    // Values are millionths of 0 to 100.
    fitsInt64 = totalWeight * 100_000_000 < 1 << 62
  }

  /// Whether both grade every lead alike.
  func isSame(as other: borrowing CompiledGrade) -> Bool {
    let (theirs, ours) = (other.criteria, criteria)
    return start == other.start && bounds.elementsEqual(other.bounds)
      && ours.count == theirs.count
      && (0..<ours.count).allSatisfy { index in
        ours[index].cell == theirs[index].cell && ours[index].weight == theirs[index].weight
          && ours[index].values.elementsEqual(theirs[index].values)
      }
  }

  /// Returns the cells of a lead's letter, percent and coverage; with nothing known the lead is
  /// ungraded, which is neither F nor 0.
  func judge(_ cells: UnsafePointer<Int64>) -> (letter: Int64, percent: Int64, coverage: Int64) {
    if fitsInt64 { return judge(cells, as: Int64.self) }
    return judge(cells, as: Int128.self)
  }

  @inline(__always)
  private func judge<Wide: SignedInteger & FixedWidthInteger>(
    _ cells: UnsafePointer<Int64>, as _: Wide.Type
  ) -> (letter: Int64, percent: Int64, coverage: Int64) {
    let criteria = criteria.base
    let isWeighted = start == nil
    var known: Wide = 0
    var sum: Wide = 0
    for index in 0..<count {
      let value = cells[criteria[index].cell]
      guard value != LeadLayout.absent else { continue }
      let weight = Wide(truncatingIfNeeded: criteria[index].weight)
      known &+= weight
      let points = Wide(truncatingIfNeeded: criteria[index].values.base[Int(value)])
      sum &+= isWeighted ? weight &* points : points
    }
    guard known > 0 else { return (LeadLayout.absent, LeadLayout.absent, 0) }
    return result(Int128(known), Int128(sum))
  }

  @inline(__always)
  private func result(
    _ known: Int128, _ sum: Int128
  ) -> (letter: Int64, percent: Int64, coverage: Int64) {
    let coverage = Int64(roundedQuotient(known * 100, totalWeight))
    if let start {
      let top = Int64(Grade.ladder.count - 1)
      let step = min(max(start + Int64(sum), 0), top)
      // Letters are numbered best first.
      return (top - step, LeadLayout.absent, coverage)
    }
    let percent = Int64(roundedQuotient(sum, known * 1_000_000))
    var letter = 0
    while letter < bounds.count - 1, Double(percent) < bounds[letter] { letter += 1 }
    return (Int64(letter), percent, coverage)
  }
}
