import Notation

/// What tells patterns apart that do not match the same.
enum PatternKey: Hashable, Sendable {
  /// Folded.
  case text([UInt32])
  case number(Double)
  case bool(Bool)
}

extension Predicate.Pattern {
  var key: PatternKey {
    switch self {
    case .text(let glob): .text(glob.tokens)
    case .number(let number): .number(number)
    case .bool(let bool): .bool(bool)
    }
  }

  /// The keys of the patterns that match whatever this one does, but for those with a wildcard that are
  /// another pattern.
  var keysOfWhatItMatches: [PatternKey] {
    switch self {
    case .text(let glob):
      var keys = [key]
      if let number = jsonNumber(glob.pattern) { keys.append(.number(number)) }
      for (bool, text) in [(true, Self.yes), (false, Self.no)] where text.tokens == glob.tokens {
        keys.append(.bool(bool))
      }
      return keys
    case .number: return [key]
    case .bool(let bool): return [key, .text((bool ? Self.yes : Self.no).tokens)]
    }
  }
}

/// The patterns of a test, each found without a look at the others.
struct PatternSet {
  private var keys: Set<PatternKey> = []
  private var wildcards: [Glob] = []
  /// Whether it certainly matches whatever is there at all.
  private(set) var coversAll = false

  /// Of more patterns with wildcards than these nothing is told: it would take too long.
  private static let wildcardCountMax = 200

  init(_ patterns: [Predicate.Pattern]) {
    for pattern in patterns {
      keys.insert(pattern.key)
      guard case .text(let glob) = pattern, !glob.isLiteral else { continue }
      if glob.tokens == [Glob.anyRun] { coversAll = true }
      if wildcards.count < PatternSet.wildcardCountMax { wildcards.append(glob) }
    }
  }

  /// Returns whether something here certainly matches whatever a pattern matches.
  func covers(_ other: Predicate.Pattern) -> Bool {
    if coversAll || other.keysOfWhatItMatches.contains(where: keys.contains) { return true }
    switch other {
    case .text(let glob):
      return glob.isLiteral && wildcards.contains { $0.matches(glob.pattern) }
    case .bool(let bool): return wildcards.contains { $0.matches(bool ? "true" : "false") }
    case .number: return false
    }
  }
}

/// Tests of one subject, to ask whether one of them takes all that another would.
struct EarlierTests {
  private var tests: [(parts: [(part: Predicate.Part, patterns: PatternSet?)], number: Int)] = []
  /// The tests that compare with what has no wildcard, and with nothing else, by each key.
  private var byKey: [PatternKey: [Int]] = [:]
  private var others: [Int] = []

  /// Of more tests than these that could be meant nothing is told: it would take too long.
  private static let lookCountMax = 200

  /// `number`: what `firstImplied` tells of it.
  mutating func append(_ predicate: Predicate, number: Int) {
    let index = tests.count
    tests.append(
      (
        predicate.parts.map { part in
          guard case .oneOf(let patterns) = part else { return (part, nil) }
          return (part, PatternSet(patterns))
        }, number
      ))
    guard predicate.parts.count == 1, case .oneOf(let patterns) = predicate.parts[0],
      !patterns.contains(where: \.hasWildcard)
    else { return others.append(index) }
    for key in Set(patterns.map(\.key)) { byKey[key, default: []].append(index) }
  }

  /// Returns the first test that certainly holds wherever another does.
  func firstImplied(by other: Predicate) -> Int? {
    var first = tests.count
    func look(at candidates: [Int]) {
      for index in candidates.prefix(EarlierTests.lookCountMax) where index < first {
        if isImplied(tests[index].parts, by: other) { first = index }
      }
    }
    look(at: others)
    for case .oneOf(let patterns) in other.parts {
      for key in patterns.first?.keysOfWhatItMatches ?? [] { look(at: byKey[key] ?? []) }
    }
    return first < tests.count ? tests[first].number : nil
  }

  private func isImplied(
    _ parts: [(part: Predicate.Part, patterns: PatternSet?)], by other: Predicate
  ) -> Bool {
    parts.allSatisfy { $0.part.isImplied(by: other, $0.patterns) }
  }
}

extension Predicate.Pattern {
  fileprivate var hasWildcard: Bool {
    if case .text(let glob) = self { !glob.isLiteral } else { false }
  }
}
