import Definition
import Judging
import Reference
import TestBooks
import Testing

@testable import Trials

/// A lead that another definition has judged already, and what of it is judged again.
@Suite("Judging by difference") struct JudgeDifferenceTests {
  @Test("leads judged by difference are those judged in full, cell by cell and count by count")
  func sameAsInFull() throws {
    let reach = try reach(of: 1...40) { definition, _ in definition }
    // The draws must have met what is hard.
    #expect(reach.variants > 250 && reach.moving > 100 && reach.held > 50 && reach.ready > 50)
    #expect(reach.onAccountLists > 50)
    #expect(reach.compared > reach.variants * 9 / 10)
    #expect(reach.atTheEnd > 50 && reach.excluded > 50)
  }

  @Test("so they are where points are made of values, limits slide, and personas are by points")
  func sameAsInFullEnriched() throws {
    let reach = try reach(of: 1...30) { $0.enriched(seed: $1) }
    #expect(reach.variants > 200 && reach.moving > 75 && reach.withoutValue > 100)
    #expect(reach.compared > reach.variants * 9 / 10)
  }

  private func reach(
    of seeds: ClosedRange<UInt64>, _ enriched: (Definition, UInt64) -> Definition
  ) throws -> Reach {
    var reach = Reach()
    for seed in seeds {
      // Who is left out is drawn here, so that enough leads are left.
      let features = Feature.inEngine.subtracting([.exclude])
      let random = RandomBook(seed: seed, size: 120, features: features)
      guard let loaded = try? Definition.load(text: random.definition, file: "d.yaml") else {
        continue
      }
      var base = enriched(loaded, seed)
      if seed % 4 == 0 {
        let busy = Condition.test(LeadSubject.activities(window: nil), Predicate([.min(4)]))
        base.exclude = .any([busy] + (base.lists.last.map { [$0.condition] } ?? []))
      }
      var draw = Draw(seed: seed)
      let varied = (0..<12).map { _ in
        (0..<draw.within(1...3)).reduce(base) { definition, _ in definition.varied(&draw) }
      }
      let scratch = try ScratchBook()
      try scratch.writeLog(random.segments)
      let gathered = try scratch.gather(base, asOf: random.asOf)
      let variants = [gathered.variant(base)] + varied.map(gathered.variant)
      let together = try gathered.fold(variants, addsUpAccounts: true) { CellWitness(variants) }
      for (index, variant) in variants.enumerated() {
        let alone = try gathered.fold([variant], addsUpAccounts: true) { CellWitness([variant]) }
        let cells = (together.cells(of: index), alone.cells(of: 0))
        #expect(cells.0 == cells.1, "seed \(seed), variant \(index)")
        #expect(together.counts[index] == alone.counts[0], "seed \(seed), variant \(index)")
        #expect(together.accounts[index] == alone.accounts[0], "seed \(seed), variant \(index)")
        reach.excluded += together.excludedCount(of: index)
        if base.exclude != nil { continue }
        reach.variants += 1
        if JudgeDifference(variants[0].judge, variant.judge) != nil { reach.compared += 1 }
        if cells.0 != together.cells(of: 0) { reach.moving += 1 }
        reach.held += together.counts[index].heldByGroupCap.reduce(0, +)
        reach.atTheEnd += together.counts[index].heldRaws.reduce(0, +)
        reach.ready += together.accounts[index].ready.count
        reach.onAccountLists += together.accounts[index].lists.values.reduce(0) { $0 + $1.count }
        reach.withoutValue += together.counts[index].rules.reduce(0) { $0 + $1.noValue }
      }
    }
    return reach
  }

  @Test("of more rules than a word has bits, each is told from the others")
  func manyRules() throws {
    let count = 70
    let interactions = (0..<count).map { "  i\($0): { type: page_view, path: \"/\($0)\" }" }
    let points = (0..<count).map { "      i\($0): \($0 + 1)" }
    let base = try Definition.load(
      text: """
        name: many
        interactions:
        \(interactions.joined(separator: "\n"))
        scores:
          s:
            points:
        \(points.joined(separator: "\n"))
        """, file: "d.yaml")
    var draw = Draw(seed: 3)
    let lines = (0..<2000).map { line in
      #"{"id":"\#(line)","time":"2026-01-01T00:00:00Z","type":"page_view","#
        + #""lead":"lead-\#(draw.below(300))","path":"/\#(draw.below(count))"}"#
    }
    let scratch = try ScratchBook()
    try scratch.writeLog([("1.ndjson", Array(lines.joined(separator: "\n").utf8))])
    let gathered = try scratch.gather(base, asOf: "2026-02-01T00:00:00Z")
    // Rules 2 and 66 look alike in one word.
    let variants = try
      ([base]
      + [2, 66, 69].map { rule in
        try base.setting([Setting(path: "scores.s.points.i\(rule)", value: "500")], file: "d.yaml")
          .definition
      }).map(gathered.variant)
    let together = try gathered.fold(variants, addsUpAccounts: true) { CellWitness(variants) }
    for (index, variant) in variants.enumerated() {
      let alone = try gathered.fold([variant], addsUpAccounts: true) { CellWitness([variant]) }
      #expect(together.cells(of: index) == alone.cells(of: 0), "variant \(index)")
      #expect(index == 0 || together.cells(of: index) != together.cells(of: 0))
    }
  }

  @Test("two definitions that count other windows are not compared")
  func otherWindows() throws {
    func judge(_ days: Int) throws -> Judge {
      let definition = try Definition.load(
        text: """
          name: windows
          interactions: { view: { type: page_view } }
          scores: { s: { points: { view: 1 } } }
          lists: { busy: { activities@\(days)d: { min: 2 } } }
          """, file: "d.yaml")
      return Judge(
        definition: definition, attributes: [], values: LogValues(),
        subjects: definition.leadSubjects, classes: classes, asOf: 0)
    }
    let classes = ClassTable([])
    #expect(try JudgeDifference(judge(7), judge(7)) != nil)
    #expect(try JudgeDifference(judge(7), judge(30)) == nil)
  }
}

/// What has been met.
private struct Reach {
  var variants = 0
  var compared = 0
  var moving = 0
  var held = 0
  /// Scores that were held where numbers end.
  var atTheEnd = 0
  var ready = 0
  var onAccountLists = 0
  /// Occurrences without a value that points could be made of.
  var withoutValue = 0
  var excluded = 0
}

/// Keeps every cell of every lead that is not left out.
private final class CellWitness: LeadWitness {
  private(set) var cells: [[[UInt8]: [Int64]]]
  private(set) var excludedCounts: [Int]
  private let cellCounts: [Int]

  init(_ variants: [Variant]) {
    cells = variants.map { _ in [:] }
    excludedCounts = variants.map { _ in 0 }
    cellCounts = variants.map(\.judge.layout.cellCount)
  }

  func see(_ lead: SeenLead) {
    for (index, count) in cellCounts.enumerated() {
      if lead.isExcluded[index] {
        excludedCounts[index] += 1
        continue
      }
      self.cells[index][Array(lead.key)] = Array(
        UnsafeBufferPointer(start: lead.cells[index], count: count))
    }
  }
}

extension VariantFold<CellWitness> {
  fileprivate func excludedCount(of variant: Int) -> Int {
    witnesses.reduce(0) { $0 + $1.excludedCounts[variant] }
  }

  fileprivate func cells(of variant: Int) -> [[UInt8]: [Int64]] {
    witnesses.reduce(into: [:]) { all, witness in
      all.merge(witness.cells[variant]) { one, _ in one }
    }
  }
}
