import Definition
import Notation

/// How what leads give to a score of their account is gathered.
struct Gathering {
  var method: LeadAggregate.Method
  /// How many of the greatest count; 0 for all.
  var best: Int

  init(_ aggregate: LeadAggregate) {
    method = aggregate.method
    // The greatest of any number of the greatest is the greatest.
    best = method == .max ? 0 : aggregate.best ?? 0
  }

  /// What leads gave comes to; nil for nothing where no lead gave any.
  func result(of sum: Int128, count: Int64) -> Int128? {
    switch method {
    case .sum: sum
    case .mean: count == 0 ? nil : roundedQuotient(sum, Int128(count))
    case .max: count == 0 ? nil : sum
    }
  }
}

/// A score of accounts, with all that it is made of looked up.
struct CompiledAccountScore {
  enum Source {
    case aggregate(Int)
    case blend([Term])
  }

  struct Term {
    var cell: Int
    /// How many hundredths its unit is.
    var unit: Int64
    var weight: Int64
  }

  var source: Source
  var range: ClosedRange<Int64>

  static func all(in definition: Definition, _ layout: AccountLayout) -> [CompiledAccountScore] {
    var aggregateCount = 0
    return definition.accountScores.map { score in
      let range = score.range ?? .min ... .max
      switch score.source {
      case .aggregate:
        aggregateCount += 1
        return CompiledAccountScore(source: .aggregate(aggregateCount - 1), range: range)
      case .blend(let terms):
        let compiled = terms.map { term in
          let (cell, unit): (Int, Int64) =
            switch term.source {
            case .own(let index): (layout.ownScores + index, 100)
            case .total(let index): (layout.totals + index, 100)
            case .max(let index): (layout.maxima + index, 100)
            case .mean(let index): (layout.means + index, 1)
            }
          return Term(cell: cell, unit: unit, weight: term.weight)
        }
        return CompiledAccountScore(source: .blend(compiled), range: range)
      }
    }
  }
}

extension AccountRoll {
  /// Takes what a lead gives.
  @inline(never)
  func gather(
    _ lead: UnsafePointer<Int64>, to cells: UnsafeMutablePointer<Int64>, _ given: GivenValues
  ) {
    for index in 0..<gatherings.count {
      let place = self.lead.aggregates + 2 * index
      let upper = lead[place + 1]
      if upper == LeadLayout.absent || upper == LeadLayout.open { continue }
      gather(ExactSums.number(lead[place], upper), index, cells, given)
    }
  }

  private func gather(
    _ value: Int128, _ index: Int, _ cells: UnsafeMutablePointer<Int64>, _ given: GivenValues,
    count: Int64 = 1
  ) {
    let place = cells + layout.gathered + 3 * index
    if gatherings[index].best > 0 {
      given.add(value, to: &place[0])
    } else {
      let sum = ExactSums.number(place[0], place[1])
      let isMax = gatherings[index].method == .max
      // Not even 2^32 values of ninety bits come to more than 127.
      (place[0], place[1]) = ExactSums.cells(
        of: isMax ? place[2] == 0 ? value : max(sum, value) : sum &+ value)
    }
    place[2] += count
  }

  /// Takes what another worker has gathered.
  func gather(
    partial: UnsafePointer<Int64>, _ others: GivenValues,
    to cells: UnsafeMutablePointer<Int64>, _ given: GivenValues
  ) {
    for index in 0..<gatherings.count {
      let place = partial + layout.gathered + 3 * index
      if place[2] == 0 { continue }
      if gatherings[index].best > 0 {
        others.forEach(from: place[0]) { gather($0, index, cells, given) }
      } else {
        gather(ExactSums.number(place[0], place[1]), index, cells, given, count: place[2])
      }
    }
  }

  /// One of the account's own scores, exact, in micro-points; nil where there is none.
  func ownRaw(
    _ index: Int, _ cells: UnsafePointer<Int64>, _ given: GivenValues
  ) -> Int128? {
    switch ownScores[index].source {
    case .blend(let terms): return blend(terms, cells)
    case .aggregate(let aggregate):
      let place = cells + layout.gathered + 3 * aggregate
      let gathering = gatherings[aggregate]
      if gathering.best > 0 {
        let best = given.greatest(gathering.best, from: place[0])
        return gathering.result(of: best.reduce(0, &+), count: Int64(best.count))
      }
      return gathering.result(of: ExactSums.number(place[0], place[1]), count: place[2])
    }
  }

  /// The weighted sum of the parts that are there, scaled up to the weight of all.
  private func blend(
    _ terms: [CompiledAccountScore.Term], _ cells: UnsafePointer<Int64>
  ) -> Int128 {
    var (sum, known, all) = (Int128(0), Int128(0), Int128(0))
    for term in terms {
      all += Int128(term.weight)
      let cell = cells[term.cell]
      if cell == LeadLayout.absent { continue }
      known += Int128(term.weight)
      sum += Int128(term.weight) * Int128(cell) * Int128(term.unit)
    }
    return known == 0 ? 0 : scaled(sum, by: all, over: known * 100)
  }

  /// Puts a score in its cells; returns whether it is held.
  func put(_ exact: Int128?, _ index: Int, _ cells: UnsafeMutablePointer<Int64>) -> Bool {
    guard let exact else {
      cells[layout.ownRaws + index] = LeadLayout.absent
      cells[layout.ownScores + index] = LeadLayout.absent
      return false
    }
    let raw = held(exact, within: resultMax * 1_000_000)
    let range = ownScores[index].range
    cells[layout.ownRaws + index] = raw
    cells[layout.ownScores + index] = min(max(wholePoints(raw), range.lowerBound), range.upperBound)
    return Int128(raw) != exact
  }
}

extension LeadLayout {
  /// The upper cell of what a lead may give or not, or with one weight or another.
  static let open = Int64.max
}
