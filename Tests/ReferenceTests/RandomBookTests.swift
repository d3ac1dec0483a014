import Testing

@testable import Reference

/// The random books must be worth recomputing: most of them hold something of everything.
@Suite struct RandomBookTests {
  private static let seeds: ClosedRange<UInt64> = 1...200

  @Test func theSameSeedGivesTheSameBook() {
    let one = RandomBook(seed: 7)
    let other = RandomBook(seed: 7)
    #expect(one.definition == other.definition)
    #expect(one.segments.map(\.path) == other.segments.map(\.path))
    #expect(one.segments.map(\.bytes) == other.segments.map(\.bytes))
  }

  @Test func recomputingTwiceAndInAnyOrderOfSegmentsIsTheSame() throws {
    for seed in UInt64(1)...10 {
      var input = RandomBook(seed: seed).input
      let one = try recompute(input)
      input.segments.reverse()
      let other = try recompute(input)
      #expect(one.files == other.files)
      #expect(one.counts == other.counts)
    }
  }

  /// Each feature alone makes a definition that differs from that without, in some book.
  @Test(arguments: Feature.allCases.filter { !RandomBookTests.comeByThemselves.contains($0) })
  func aFeatureIsUsedWhereItIsInTheSet(feature: Feature) {
    let isUsed = (UInt64(1)...12).contains { seed in
      let plain = RandomBook(seed: seed, features: [])
      let book = RandomBook(seed: seed, features: [feature])
      return plain.definition != book.definition
        || plain.segments.map(\.bytes) != book.segments.map(\.bytes)
    }
    #expect(isUsed)
  }

  /// These change the files alone, or go with others.
  private static let comeByThemselves: Set<Feature> = [
    .memberships, .ladderWithoutPercent, .selfMerges, .reasons,
  ]

  @Test func booksHoldSomethingOfEveryFeature() throws {
    var all = LaterStatistics()
    for seed in UInt64(1)...60 {
      let result = try recompute(RandomBook(seed: seed, features: Feature.all).input)
      #expect(result.counts.balance, "seed \(seed)")
      all.add(result)
    }
    print(all)
    let counts = [
      all.ignored, all.withdraws, all.withdrawn, all.withoutEffect, all.notJoined, all.excluded,
      all.groups, all.withoutValue, all.cutLists, all.touches, all.entered, all.reasons,
      all.accountLists, all.accountScores, all.heldAccounts,
    ]
    #expect(counts.allSatisfy { $0 > 0 })
    // Not all that is withdrawn is withdrawn in vain, and not every lead is excluded.
    #expect(all.withoutEffect < all.withdraws)
    #expect(all.excluded < all.leads)
  }

  @Test func booksHoldSomethingOfEverything() throws {
    var statistics = Statistics()
    for seed in RandomBookTests.seeds {
      let book = RandomBook(seed: seed)
      let result = try recompute(book.input)
      #expect(result.counts.balance, "seed \(seed)")
      statistics.add(result, book)
    }
    print(statistics.report)
    #expect(statistics.share(of: statistics.leadsWithScore, statistics.scoreCells) > 0.3)
    #expect(statistics.share(of: statistics.known, statistics.gradeCells) > 0.3)
    #expect(statistics.share(of: statistics.booksWithRefused, 200) > 0.8)
    #expect(statistics.share(of: statistics.booksWithDuplicates, 200) > 0.9)
    #expect(statistics.share(of: statistics.booksWithErased, 200) > 0.4)
    #expect(statistics.share(of: statistics.booksWithFuture, 200) > 0.8)
    #expect(statistics.heldLeads > 20)
    #expect(statistics.heldAccounts > 5)
  }
}

/// What many books came to.
private struct Statistics {
  var books = 0
  var counts = ReferenceCounts()
  var scoreCells = 0
  var leadsWithScore = 0
  var scoreValues: Set<Int> = []
  var gradeCells = 0
  var known = 0
  var personaCells = 0
  var withPersona = 0
  var booksWithSeveralPersonas = 0
  var lists = 0
  var partialLists = 0
  var ready = 0
  var unready = 0
  var booksWithRefused = 0
  var booksWithDuplicates = 0
  var booksWithConflicts = 0
  var booksWithErased = 0
  var booksWithFuture = 0
  var stopped = ReferenceRuleCounts()
  var groupHeld = 0
  var refused: [String: Int] = [:]
  var answers = 0
  var heldLeads = 0
  var heldAccounts = 0

  mutating func add(_ result: ReferenceResult, _ book: RandomBook) {
    let found = result.counts
    books += 1
    counts.read += found.read
    counts.used += found.used
    counts.leads += found.leads
    counts.accounts += found.accounts
    counts.duplicates += found.duplicates
    counts.conflicts += found.conflicts
    counts.erased += found.erased
    counts.future += found.future
    counts.forgets += found.forgets
    counts.invalidAnswers += found.invalidAnswers
    refused.merge(found.refused, uniquingKeysWith: +)
    for values in found.scoreValues.values {
      for (value, leads) in values {
        scoreCells += leads
        if value != 0 { leadsWithScore += leads }
        scoreValues.insert(value)
      }
    }
    for letters in found.grades.values {
      gradeCells += letters.values.reduce(0, +)
      known += letters.reduce(0) { $0 + ($1.key.isEmpty ? 0 : $1.value) }
    }
    for names in found.personas.values {
      personaCells += names.values.reduce(0, +)
      withPersona += names.reduce(0) { $0 + ($1.key.isEmpty ? 0 : $1.value) }
    }
    if found.personas.values.contains(where: { $0.count > 1 }) { booksWithSeveralPersonas += 1 }
    lists += found.lists.count
    partialLists += found.lists.values.filter { $0 > 0 && $0 < found.leads }.count
    let accounts = result.files["accounts.csv"] ?? ""
    ready += accounts.split(separator: "\n").filter { $0.hasSuffix(",true") }.count
    unready += accounts.split(separator: "\n").filter { $0.hasSuffix(",false") }.count
    booksWithRefused += found.refusedInAll > 0 ? 1 : 0
    booksWithDuplicates += found.duplicates > 0 ? 1 : 0
    booksWithConflicts += found.conflicts > 0 ? 1 : 0
    booksWithErased += found.erased > 0 ? 1 : 0
    booksWithFuture += found.future > 0 ? 1 : 0
    answers += found.promoters + found.passives + found.detractors
    for rules in found.rules.values {
      for rule in rules.values {
        stopped.occurrences += rule.occurrences
        stopped.counted += rule.counted
        stopped.stoppedByRepeat += rule.stoppedByRepeat
        stopped.stoppedByLimit += rule.stoppedByLimit
        stopped.leadsHeldByCap += rule.leadsHeldByCap
      }
    }
    groupHeld += found.groupCaps.values.reduce(0) { $0 + $1.reduce(0, +) }
    heldLeads += found.heldLeads.values.reduce(0, +)
    heldAccounts += found.heldAccounts.values.reduce(0, +)
  }

  func share(of part: Int, _ whole: Int) -> Double { Double(part) / Double(max(whole, 1)) }

  var report: String {
    """
    \(books) books: read \(counts.read), used \(counts.used), leads \(counts.leads), \
    accounts \(counts.accounts)
    duplicates \(counts.duplicates), conflicts \(counts.conflicts), erased \(counts.erased), \
    future \(counts.future), forgets \(counts.forgets)
    refused \(refused.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    books with refused \(booksWithRefused), duplicates \(booksWithDuplicates), \
    conflicts \(booksWithConflicts), erased \(booksWithErased), future \(booksWithFuture)
    score cells not 0: \(share(of: leadsWithScore, scoreCells)) of \(scoreCells), \
    \(scoreValues.count) values
    grades known: \(share(of: known, gradeCells)) of \(gradeCells)
    personas given: \(share(of: withPersona, personaCells)) of \(personaCells), \
    several in \(booksWithSeveralPersonas) books
    lists with some but not all: \(partialLists) of \(lists); ready \(ready), not \(unready)
    rules: \(stopped), group caps held \(groupHeld)
    answers \(answers), invalid \(counts.invalidAnswers); held: leads \(heldLeads), \
    accounts \(heldAccounts)
    """
  }
}
