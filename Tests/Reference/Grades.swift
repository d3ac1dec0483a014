/// A grade, by weighted percent or by a ladder.
struct GradeRule {
  struct Entry {
    var predicate: Predicate
    var value: Int
  }

  struct Criterion {
    var attribute: Text
    /// In millionths; for a ladder the thirds.
    var weight: Int
    var entries: [Entry]
    /// In millionths, "default 0".
    var otherwise: Int
    /// What a criterion of a ladder asks for.
    var predicate: Predicate
  }

  // "F D- D D+ C- C C+ B- B B+ A- A A+"
  static let ladder = [
    "F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+",
  ]

  var name: String
  /// The lower bounds of the letters, the highest first; empty for a ladder.
  var bounds: [(letter: String, bound: Int)]
  /// Where a ladder starts; nil for a weighted grade.
  var start: Int?
  var criteria: [Criterion]

  /// The letters, the best first.
  var letters: [String] {
    start == nil ? bounds.map(\.letter) : GradeRule.ladder.reversed()
  }

  init(_ name: String, _ yaml: Yaml, _ clock: Clock) throws {
    self.name = name
    start = yaml["start"]?.written.flatMap { GradeRule.ladder.firstIndex(of: $0) }
    bounds = (yaml["letters"]?.pairs ?? [])
      .map { (letter: $0, bound: $1.micro ?? 0) }
      .sorted { $0.bound > $1.bound }
    criteria = try (yaml["criteria"]?.items ?? []).map { try GradeRule.criterion($0, clock) }
  }

  private static func criterion(_ yaml: Yaml, _ clock: Clock) throws -> Criterion {
    Criterion(
      attribute: Text(yaml["attribute"]?.written ?? ""),
      weight: yaml["weight"]?.micro ?? yaml["thirds"]?.whole ?? 0,
      entries: try (yaml["values"]?.items ?? []).map {
        Entry(predicate: try Predicate($0, clock), value: $0["value"]?.micro ?? 0)
      },
      otherwise: yaml["otherwise"]?.micro ?? 0,
      predicate: try Predicate(yaml, clock))
  }
}

/// What a lead has been graded; an ungraded one has neither letter nor percent.
struct Grade {
  var letter: String?
  var percent: Int?
  var coverage = 0
}

extension GradeRule {
  func grade(attribute: (Text) -> Scalar?) -> Grade {
    let known = criteria.compactMap { criterion in
      attribute(criterion.attribute).map { (criterion: criterion, value: $0) }
    }
    // "With no known criterion the lead is ungraded: both are empty, which is neither F nor 0."
    if known.isEmpty { return Grade() }
    // "`coverage` = known weight / all weight in whole percent (0 when ungraded)."
    let knownWeight = known.reduce(0) { $0 + $1.criterion.weight }
    let allWeight = criteria.reduce(0) { $0 + $1.weight }
    let coverage = Int(roundedQuotient(100 * Int128(knownWeight), Int128(allWeight)))
    if let start {
      return Grade(letter: climb(known, from: start), percent: nil, coverage: coverage)
    }
    let percent = percent(known, weight: knownWeight)
    // "the letter is that of the highest bound ≤ percent"
    let letter = bounds.first { $0.bound <= percent * 1_000_000 }?.letter
    return Grade(letter: letter, percent: percent, coverage: coverage)
  }

  // "percent = Σ weight × value / Σ weight over known criteria, rounded to a whole number"
  private func percent(_ known: [(criterion: Criterion, value: Scalar)], weight: Int) -> Int {
    var sum: Int128 = 0
    for (criterion, value) in known {
      // "the first matching entry of `values` gives its value (0–100), else `otherwise`"
      let entry = criterion.entries.first { $0.predicate.holds(value) }
      sum += Int128(criterion.weight) * Int128(entry?.value ?? criterion.otherwise)
    }
    return Int(roundedQuotient(sum, Int128(weight) * 1_000_000))
  }

  // "each criterion whose attribute is known moves the letter up by its `thirds` if it holds, else
  // down by as many; the sum is then held on the ladder."
  private func climb(_ known: [(criterion: Criterion, value: Scalar)], from start: Int) -> String {
    var step = start
    for (criterion, value) in known {
      step += criterion.predicate.holds(value) ? criterion.weight : -criterion.weight
    }
    return GradeRule.ladder[min(max(step, 0), GradeRule.ladder.count - 1)]
  }
}
