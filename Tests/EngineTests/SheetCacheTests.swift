import Definition
import EventLog
import Foundation
import Notation
import Reading
import Reference
import TestBooks
import TestFiles
import Testing
import Upkeep

@testable import Engine

@Suite("Sheets on disk and long segments") struct SheetCacheTests {
  /// A book of many events in a few gzip-free segments, old enough to be cached.
  private func scratch(seed: UInt64) throws -> (ScratchBook, RandomBook) {
    let random = RandomBook(seed: seed, size: 300)
    let scratch = try ScratchBook()
    try scratch.writeLog(random.segments)
    // A file that has just changed is not trusted to stay as it looks.
    usleep(60_000)
    return (scratch, random)
  }

  private func sheetFiles(_ scratch: ScratchBook) throws -> [String] {
    guard FileManager.default.fileExists(atPath: scratch.book.cache) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: scratch.book.cache)
      .filter { $0.hasSuffix(".sheet") }.sorted()
  }

  @Test("no flipped bit of the cache's index goes unseen, and no cut")
  func indexDamage() throws {
    let scratch = try ScratchBook()
    let path = "\(scratch.book.root)/index.json"
    var index = CacheIndex()
    index.halves = [String(repeating: "a", count: 16)]
    index.files[index.halves[0]] = [
      "/log/1": .init(
        look: try #require(FileLook(scratch.book.log)), sha256: String(repeating: "0", count: 64),
        lineBases: [0], lineCount: 1, inflatedByteCount: 1)
    ]
    index.save(path)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(CacheIndex.read(path)?.halves == index.halves)
    var unseen: [Int] = []
    func look(_ bytes: Data, _ number: Int) throws {
      try bytes.write(to: URL(fileURLWithPath: path))
      if CacheIndex.read(path) != nil { unseen.append(number) }
    }
    for bit in 0..<whole.count * 8 {
      var flipped = whole
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      try look(flipped, bit)
    }
    for length in 0..<whole.count { try look(whole.prefix(length), -length) }
    #expect(unseen.isEmpty)
  }

  @Test("cold or warm, the same bytes", arguments: [3, 14, 15, 92, 65] as [UInt64])
  func warm(seed: UInt64) throws {
    let (scratch, random) = try scratch(seed: seed)
    let cold = try scratch.run(definition: random.definition, asOf: random.asOf)
    #expect(try sheetFiles(scratch).count == random.segments.count)
    let warm = try scratch.run(definition: random.definition, asOf: random.asOf)
    #expect(warm.files == cold.files)
    #expect(warm.report.snapshot == cold.report.snapshot)
  }

  @Test("any doubt about a sheet, and the segment is read again")
  func doubt() throws {
    let (scratch, random) = try scratch(seed: 7)
    let cold = try scratch.run(definition: random.definition, asOf: random.asOf)
    let sheets = try sheetFiles(scratch).map { "\(scratch.book.cache)/\($0)" }
    let whole = try Data(contentsOf: URL(fileURLWithPath: sheets[0]))
    var damages = [Data(), whole.prefix(8), whole.dropLast(8), whole + Data(count: 8)]
    for place in stride(from: 0, to: whole.count, by: 97) {
      var flipped = whole
      flipped[place] ^= 4
      damages.append(flipped)
    }
    for damage in damages {
      try damage.write(to: URL(fileURLWithPath: sheets[0]))
      let again = try scratch.run(definition: random.definition, asOf: random.asOf)
      #expect(again.files == cold.files)
      // What was wrong has been written anew.
      #expect(try Data(contentsOf: URL(fileURLWithPath: sheets[0])) == whole)
    }
  }

  @Test("a segment that changes is read again, and its old sheet goes")
  func changed() throws {
    let (scratch, random) = try scratch(seed: 21)
    _ = try scratch.run(definition: random.definition, asOf: random.asOf)
    let before = try sheetFiles(scratch)
    let name = random.segments[0].path
    let line =
      #"{"id":"new-1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"somebody new"}"#
    var segments = random.segments
    segments[0].bytes += Array("\n\(line)\n".utf8)
    try scratch.writeLog([segments[0]])
    usleep(60_000)
    let warm = try scratch.run(definition: random.definition, asOf: random.asOf)
    let after = try sheetFiles(scratch)
    #expect(Set(before).subtracting(after).count == 1 && after.count == before.count)

    let fresh = try ScratchBook()
    try fresh.writeLog(segments)
    let cold = try fresh.run(definition: random.definition, asOf: random.asOf)
    #expect(warm.files == cold.files, "\(name) was not read again")
  }

  @Test("points do not touch the reading half, conditions do, and only recent halves are kept")
  func halves() throws {
    let scratch = try ScratchBook()
    try scratch.writeLog([
      (
        "a.ndjson",
        Array(#"{"id":"1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"a"}"#.utf8)
      )
    ])
    usleep(60_000)
    func definition(_ type: String, points: Int) -> String {
      """
      name: d
      interactions: { view: { type: \(type) } }
      scores: { s: { points: { view: \(points) } } }
      """
    }
    func halves() throws -> Int { try CacheReport(of: scratch.book).halves }
    _ = try scratch.run(
      definition: definition("page_view", points: 1), asOf: "2026-02-01T00:00:00Z")
    _ = try scratch.run(
      definition: definition("page_view", points: 2), asOf: "2026-02-01T00:00:00Z")
    #expect(try halves() == 1)
    for type in ["a", "b", "c", "d", "e", "f"] {
      _ = try scratch.run(definition: definition(type, points: 1), asOf: "2026-02-01T00:00:00Z")
    }
    #expect(try halves() == 4)
    try clearCache(of: scratch.book)
    #expect(try CacheReport(of: scratch.book).sheets == 0)
  }

  @Test("a long segment read in slices gives the same results", arguments: [1, 900, 5000])
  func slices(sliceByteCount: Int) throws {
    for seed in 100..<110 as Range<UInt64> {
      let random = RandomBook(seed: seed, size: 200)
      let definition: Definition
      do { definition = try Definition.load(text: random.definition, file: "d.yaml") } catch {
        continue
      }
      let scratch = try ScratchBook()
      try scratch.writeLog(random.segments)
      let plan = ReadingPlan(definition)
      let asOf = try #require(eventTime(random.asOf))
      var whole: [Sheet] = []
      var sliced: [Sheet] = []
      for segment in try listSegments(in: scratch.book.log) {
        whole += try readSegments([segment], plan: plan, cache: nil, jobs: 2) { _ in }[0].sheets
        sliced += try readLongSegment(
          segment, DecoderPool(plan: plan), jobs: 2, sliceByteCount: sliceByteCount
        )
        .sheets
      }
      #expect(sliced.count >= whole.count)
      let expected = try Results(definition, sheets: whole, asOf: asOf, jobs: 1)
      let found = try Results(definition, sheets: sliced, asOf: asOf, jobs: 2)
      #expect(found.fates == expected.fates)
      #expect(found.leadCount == expected.leadCount)
      #expect(rows(found) == rows(expected))
    }
  }

  @Test("a BGZF segment read in slices side by side gives the same results, lines and refusals")
  func blockSlices() throws {
    var sliceCount = 0
    for seed in 100..<106 as Range<UInt64> {
      let random = RandomBook(seed: seed, size: 400)
      let definition: Definition
      do { definition = try Definition.load(text: random.definition, file: "d.yaml") } catch {
        continue
      }
      let scratch = try ScratchBook()
      // Small members, so that there is something to cut.
      let text: [UInt8] = random.segments.reduce(into: []) { $0 += $1.bytes + [0x0a] }
      var blocks: [UInt8] = []
      for start in stride(from: 0, to: text.count, by: 700) {
        blocks += try blockGzip(Array(text[start..<min(start + 700, text.count)]))
      }
      try scratch.writeLog([("a.ndjson.gz", blocks)])
      let plan = ReadingPlan(definition)
      let asOf = try #require(eventTime(random.asOf))
      let segment = try #require(try listSegments(in: scratch.book.log).first)
      let whole = try readSegments([segment], plan: plan, cache: nil, jobs: 2) { _ in }[0]
      let sliced = try #require(
        try readSlicedSegment(
          segment, DecoderPool(plan: plan), drafts: nil, jobs: 2, byteCountMin: 0,
          sliceByteCount: 5000))
      sliceCount += sliced.sheets.count
      #expect(sliced.summary == whole.summary)
      #expect(sliced.eventCount == whole.eventCount)
      #expect(lines(sliced.sheets) == lines(whole.sheets))
      #expect(refusals(sliced.sheets) == refusals(whole.sheets))
      let expected = try Results(definition, sheets: whole.sheets, asOf: asOf, jobs: 1)
      let found = try Results(definition, sheets: sliced.sheets, asOf: asOf, jobs: 2)
      #expect(found.fates == expected.fates)
      #expect(rows(found) == rows(expected))
    }
    #expect(sliceCount > 30)
  }

  /// The lines in the segment that have a row.
  private func lines(_ sheets: [Sheet]) -> [Int] {
    sheets.flatMap { sheet in
      (0..<sheet.rowCount).map { sheet.lineBase + Int(sheet.rows[$0].line) }
    }.sorted()
  }

  private func refusals(_ sheets: [Sheet]) -> [String] {
    sheets.flatMap { sheet in
      sheet.refusals.map { "\(sheet.lineBase + Int($0.line)) \($0.reason.name)" }
    }
  }

  /// Every lead's cells by its key.
  private func rows(_ results: Results) -> [String: [Int64]] {
    var rows: [String: [Int64]] = [:]
    let accounts = results.judge.layout.account
    for part in results.leads.parts {
      for row in 0..<part.count {
        var cells = (0..<part.width).map { part.cell(row, $0) }
        // Accounts are numbered as they are met, which slices may change; their names tell.
        cells[accounts] = 0
        rows[part.keys.string(row)] = cells
      }
    }
    return rows
  }
}
