import Definition
import Reference
import TestBooks
import Testing

/// Touches, leads that are left out and what is asked of their keys, accounts and times: wherever the log is cut, and
/// by however many workers, they come to the same.
@Suite struct ManySubjectsTests {
  private static let seeds = 2000..<2008 as Range<UInt64>

  /// A book of dice whose definition says these things too; nil where dice made one that may not be.
  private func book(_ seed: UInt64) -> (book: RandomBook, definition: String)? {
    let book = RandomBook(seed: seed, features: [])
    guard let definition = try? Definition.load(text: book.definition, file: "d.yaml"),
      let interaction = definition.interactions.first?.name
    else { return nil }
    let text =
      book.definition + """

        touches:
          one: { first: \(interaction), property: campaign }
          other: { last: \(interaction), property: path }
        exclude:
          any:
            - { lead: "*a*", account: { exists: true } }
            - { touch.other: "/*", busiest_hour@30d: { min: 2 } }
            - { outcome: won }
            - { last_seen: { ago: { min: 1d, max: 20d } } }

        """
    return (try? Definition.load(text: text, file: "d.yaml")) == nil ? nil : (book, text)
  }

  @Test(
    "enough of the books say all of it, and leave some leads out, for the tests here to mean something"
  )
  func soundBooks() throws {
    let summaries = try Self.seeds.compactMap(book).map { book, definition in
      let scratch = try ScratchBook()
      try scratch.writeLog(book.segments)
      return try scratch.run(definition: definition, asOf: book.asOf).report.summary
    }
    #expect(summaries.count >= 4)
    #expect(summaries.reduce(0) { $0 + $1.leads.excluded } > 10)
    #expect(summaries.reduce(0) { $0 + $1.leads.known } > 10)
  }

  @Test(
    "1, 2 and 7 workers, one segment and forty, cold and merged sheets: the same", arguments: seeds)
  func same(seed: UInt64) throws {
    guard let (book, definition) = book(seed) else { return }
    let lines = book.segments.flatMap {
      $0.bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    }
    var snapshots: [SnapshotBytes] = []
    for (count, jobs) in [(1, 1), (3, 2), (40, 7)] {
      let scratch = try ScratchBook()
      try scratch.writeLog(
        (0..<count).map { index in
          let part = lines[lines.count * index / count..<lines.count * (index + 1) / count]
          return (path: "\(100 + index).ndjson", bytes: Array(part.joined(separator: [0x0a])))
        })
      // The second run merges what the first one read, the third has it.
      for _ in 0..<3 {
        snapshots.append(
          try scratch.snapshot(definition: definition, asOf: book.asOf, jobs: jobs))
      }
    }
    for snapshot in snapshots.dropFirst() {
      #expect(snapshot.differences(from: snapshots[0], without: ["manifest.json"]) == [])
    }
  }
}
