import Definition
import Foundation
import Reference
import TestBooks
import Testing

@testable import Snapshots

@Suite("Comparing snapshots") struct ComparisonTests {
  @Test("what changed is the same in however many parts it is compared")
  func parts() throws {
    let rows = try (1..<9 as Range<UInt64>).map(compareInParts).reduce(0, +)
    #expect(rows > 100)
  }

  /// Returns how many changes there are in a random book.
  private func compareInParts(seed: UInt64) throws -> Int {
    let random = RandomBook(seed: seed, size: 2000)
    let scratch = try ScratchBook()
    try scratch.writeLog(random.segments)
    var snapshots: [PublishedSnapshot] = []
    for asOf in ["2025-06-01T00:00:00Z", random.asOf] {
      // A definition that cannot be loaded is another test's.
      guard (try? Definition.load(text: random.definition, file: "")) != nil else { return 0 }
      let report = try scratch.run(definition: random.definition, asOf: asOf).report
      let name = String(report.snapshot.split(separator: "/").last ?? "")
      let snapshot = PublishedSnapshot(name, in: scratch.book.snapshots)
      snapshots.append(try #require(snapshot))
    }
    let new = ComparedFiles(folder: snapshots[1].path, try snapshots[1].manifest().files)
    func compare(partCount: Int) throws -> (Changes, Data) {
      let path = "\(scratch.book.root)/changes-\(partCount).csv"
      let comparison = try Comparison(
        since: EarlierSnapshot(snapshots[0]), new, letters: GradeLetters(before: [:], after: [:]),
        into: SnapshotFile(path), partCount: partCount)
      return (
        try comparison.compare(nil, jobs: 2), try Data(contentsOf: URL(fileURLWithPath: path))
      )
    }
    let whole = try compare(partCount: 1)
    for partCount in [2, 3, 20] {
      let divided = try compare(partCount: partCount)
      #expect(divided.0 == whole.0)
      #expect(divided.1 == whole.1)
    }
    return whole.0.file.rows
  }
}
