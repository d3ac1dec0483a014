// "`NAME: { sum | mean | max: SUBJECT, of: CONDITION, best: N, weights: [ { when: CONDITION, weight:
// W } ], otherwise: 1, range: [a, b] }`", or a blend.
struct AccountScoreRule {
  enum Gathering: String, CaseIterable {
    case sum, mean, max
  }

  var name: String
  private var gathering: Gathering?
  private var subject = ""
  private var condition: Condition
  private var best: Int?
  /// Weights in millionths.
  private var weights: [(condition: Condition, weight: Int)]
  private var otherwise: Int
  private var blend: [(subject: String, weight: Int)]
  private var range: ClosedRange<Int>?

  init(_ name: String, _ yaml: Yaml, _ condition: (Yaml?) throws -> Condition) throws {
    self.name = name
    gathering = Gathering.allCases.first { yaml[$0.rawValue] != nil }
    subject = gathering.flatMap { yaml[$0.rawValue]?.written } ?? ""
    self.condition = try condition(yaml["of"])
    best = yaml["best"]?.whole
    weights = try (yaml["weights"]?.items ?? []).map {
      (condition: try condition($0["when"]), weight: $0["weight"]?.micro ?? 0)
    }
    otherwise = yaml["otherwise"]?.micro ?? 1_000_000
    blend = (yaml["blend"]?.pairs ?? []).map { (subject: $0, weight: $1.micro ?? 0) }
    if let bounds = yaml["range"]?.items.compactMap(\.whole), bounds.count == 2 {
      range = bounds[0]...bounds[1]
    }
  }

  /// The score; nil where it is empty.
  func score(_ account: Account) -> AccountScore? {
    guard let exact = gathering == nil ? blended(account) : gathered(account) else { return nil }
    let raw = held(exact, within: furthest * 1_000_000)
    // "`score` is raw rounded, then held within `range`."
    var value = wholeFromMicro(raw)
    if let range { value = min(max(value, range.lowerBound), range.upperBound) }
    return AccountScore(raw: raw, value: value, isHeld: Int128(raw) != exact)
  }

  /// In millionths.
  private func gathered(_ account: Account) -> Int128? {
    // "Each lead that meets `of` gives its value times the weight of the first entry that holds (else
    // `otherwise`), exact, rounded to a millionth; with `best`, the N greatest of these"
    let given = account.leads.filter { condition.holds($0.subject) }.map { lead -> Int128 in
      let weight = weights.first { $0.condition.holds(lead.subject) }?.weight ?? otherwise
      return roundedQuotient(Int128(lead.micro(subject)) * Int128(weight), 1_000_000)
    }
    let taken = given.sorted(by: >).prefix(best ?? .max)
    let sum = taken.reduce(0, +)
    // "No lead: a sum is 0, mean and maximum are empty."
    switch gathering {
    case .sum, nil: return sum
    case .mean: return taken.isEmpty ? nil : roundedQuotient(sum, Int128(taken.count))
    case .max: return taken.first
    }
  }

  // "over `score.NAME` above it, `total.`, `max.`, `mean.` as their columns have them, by the rule for
  // blends of leads"
  private func blended(_ account: Account) -> Int128 {
    var sum: Int128 = 0
    var allWeight: Int128 = 0
    var presentWeight: Int128 = 0
    for part in blend {
      allWeight += Int128(part.weight)
      guard let hundredths = account.hundredths(part.subject) else { continue }
      presentWeight += Int128(part.weight)
      sum += Int128(part.weight) * Int128(hundredths)
    }
    if presentWeight == 0 { return 0 }
    // The product may be beyond 128 bits: whole parts first, then what they leave.
    let divisor = 100 * presentWeight
    let whole = sum / divisor
    return whole * allWeight + roundedQuotient(sum % divisor * allWeight, divisor)
  }
}

/// What an account scores.
struct AccountScore {
  /// In millionths.
  var raw: Int
  var value: Int
  var isHeld: Bool
}

extension Lead {
  /// A number that an account's score is gathered from, in millionths.
  fileprivate func micro(_ name: String) -> Int {
    if let score = name.suffix(after: "raw.") { return scores[score]?.raw ?? 0 }
    return Int(subject(name)?.number ?? 0) * 1_000_000
  }
}

extension Account {
  /// A part of a blend, in hundredths.
  fileprivate func hundredths(_ name: String) -> Int? {
    if let score = name.suffix(after: "mean.") { return mean(score) }
    let whole =
      name.suffix(after: "total.").map { total($0) }
      ?? name.suffix(after: "max.").flatMap { max($0) }
      ?? name.suffix(after: "score.").flatMap { ownScores[$0]?.value }
    return whole.map { 100 * $0 }
  }
}
