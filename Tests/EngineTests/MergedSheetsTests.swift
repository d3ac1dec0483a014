import Definition
import EventLog
import Foundation
import Reading
import Reference
import TestBooks
import Testing
import Upkeep

@testable import Engine

@Suite("Merged sheets") struct MergedSheetsTests {
  /// A random book cut into many more segments than are left unmerged.
  private func scratch(seed: UInt64) throws -> (ScratchBook, RandomBook) {
    let random = RandomBook(seed: seed, size: 300)
    let scratch = try ScratchBook()
    var segments: [(path: String, bytes: [UInt8])] = []
    for segment in random.segments {
      let lines = segment.bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
      let lineCount = max(1, lines.count / 12)
      for (part, start) in stride(from: 0, to: lines.count, by: lineCount).enumerated() {
        let bytes = lines[start..<min(start + lineCount, lines.count)].joined(separator: [0x0a])
        segments.append(("\(segment.path.prefix { $0 != "." })-\(part).ndjson", Array(bytes)))
      }
    }
    try scratch.writeLog(segments)
    // A file that has just changed is not trusted to stay as it looks.
    usleep(60_000)
    return (scratch, random)
  }

  private func merged(_ scratch: ScratchBook) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: scratch.book.cache)
      .filter { $0.hasSuffix(".merged.sheet") }.sorted()
  }

  @Test(
    "sheets met a second time are merged, and the results stay the same to the byte",
    arguments: 1..<25 as Range<UInt64>)
  func same(seed: UInt64) throws {
    let (scratch, random) = try scratch(seed: seed)
    guard (try? Definition.load(text: random.definition, file: "d.yaml")) != nil else { return }
    let cold = try scratch.run(definition: random.definition, asOf: random.asOf)
    #expect(try merged(scratch).isEmpty)
    let merging = try scratch.run(definition: random.definition, asOf: random.asOf)
    #expect(try merged(scratch).count == 1)
    let warm = try scratch.run(definition: random.definition, asOf: random.asOf)
    #expect(merging.files == cold.files)
    #expect(warm.files == cold.files)
  }

  @Test("a merged sheet is what its segments in one file come to, but for what only those need")
  func pure() throws {
    var eventCount = 0
    for seed in 30..<40 as Range<UInt64> {
      let (scratch, random) = try scratch(seed: seed)
      guard let definition = try? Definition.load(text: random.definition, file: "d.yaml") else {
        continue
      }
      let plan = ReadingPlan(definition)
      let segments = try EventLog.listSegments(in: scratch.book.log)
      let readings = try readSegments(segments, plan: plan, cache: nil, jobs: 2) { _ in }
      let file = try mergedFile(readings, plan)

      let other = try ScratchBook()
      let text: [UInt8] = try segments.reduce(into: []) { text, segment in
        text += try Data(contentsOf: URL(fileURLWithPath: segment.file))
        if let last = text.last, last != 0x0a { text.append(0x0a) }
      }
      try other.writeLog([("a.ndjson", text)])
      let whole = try readSegments(
        EventLog.listSegments(in: other.book.log), plan: plan, cache: nil, jobs: 1
      ) { _ in }
      try file.withUnsafeBytes { bytes in
        let sheet = try #require(Sheet.open(bytes) { _ in })
        #expect(sheet.classCounts.isEmpty && sheet.unmatchedTypes.isEmpty)
        let found = try contents(of: sheet)
        let wanted = try contents(of: #require(whole[0].sheets.first))
        #expect(found == wanted)
        eventCount += sheet.rowCount
      }
    }
    #expect(eventCount > 500)
  }

  /// The file that some segments' sheets are merged into; those before `second` are merged first.
  private func mergedFile(
    _ readings: [SegmentReading], _ plan: ReadingPlan, second: Int? = nil
  ) throws -> [UInt8] {
    var (sheets, bases) = ([Sheet](), [UInt32]())
    var lineCount = 0
    for (index, reading) in readings.enumerated() {
      sheets += reading.sheets
      bases += reading.sheets.map { UInt32(lineCount + $0.lineBase) }
      lineCount += reading.summary.lineCount
      guard index + 1 == second else { continue }
      let first = try mergedFile(sheets, bases, plan)
      let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: first.count, alignment: 8)
      memory.copyBytes(from: first)
      sheets = [
        try #require(Sheet.open(UnsafeRawBufferPointer(memory)) { $0.deallocate() })
      ]
      bases = [0]
    }
    return try mergedFile(sheets, bases, plan)
  }

  private func mergedFile(
    _ sheets: [Sheet], _ lineBases: [UInt32], _ plan: ReadingPlan
  ) throws -> [UInt8] {
    let merge = try SheetMerge(
      sheets, lineBases: lineBases, dictionaryCount: plan.valueDictionaryCount, jobs: 2)
    let region = UnsafeMutableRawBufferPointer.allocate(
      byteCount: merge.frame.byteCount, alignment: 8)
    defer { region.deallocate() }
    region.initializeMemory(as: UInt8.self, repeating: 0)
    try merge.write(to: region)
    return Array(region)
      + SheetEnding(of: UnsafeRawBufferPointer(region)).words.withUnsafeBytes { Array($0) }
  }

  @Test("merged sheets merge with others into the same bytes as all sheets at once")
  func mergedAgain() throws {
    for seed in 50..<60 as Range<UInt64> {
      let (scratch, random) = try scratch(seed: seed)
      guard let definition = try? Definition.load(text: random.definition, file: "d.yaml") else {
        continue
      }
      let plan = ReadingPlan(definition)
      let readings = try readSegments(
        EventLog.listSegments(in: scratch.book.log), plan: plan, cache: nil, jobs: 2
      ) { _ in }
      let atOnce = try mergedFile(readings, plan)
      for second in [1, readings.count / 2, readings.count - 1] {
        let again = try mergedFile(readings, plan, second: second)
        #expect(again == atOnce)
      }
    }
  }

  /// All that a sheet says of keys and events, with what it numbers for itself spelled out.
  private func contents(of sheet: Sheet) throws -> [String] {
    let values = try SheetSet([sheet], dictionaryCount: 0, jobs: 1)
    let keys = (0..<sheet.keyCount).map { key in
      var notes = values.views[0].notes(of: UInt32(key))
      let rows = sheet.rows(of: key).map { row in
        var said: [String] = []
        if row.hasNotes {
          notes.forEach { note, payload in
            let what =
              switch note.kind {
              case .account:
                String(decoding: sheet.accountName(Int(payload)), as: UTF8.self)
              case .attribute, .touch:
                "\(sheet.values(ofAttribute: Int(note.index))[Int(payload)])"
              case .outcome: sheet.outcomes[Int(payload)]
              case .removal, .answer, .compared, .value: "\(payload)"
              }
            said.append("\(note.kind) \(note.index) \(what)")
          }
        }
        return "\(row.time) \(row.id) \(row.line) \(row.duration) "
          + "\(sheet.eventClasses[row.eventClass]) \(said)"
      }
      let isFound = sheet.find(sheet.key(key), hash: sheet.keys[key].hash) == UInt32(key)
      return "\(Array(sheet.key(key))) \(isFound) \(rows)"
    }
    return keys
      + sheet.merges.map { "\($0.time) \($0.id) \($0.lead) \($0.from) \($0.line)" }
      + sheet.forgets.map { "\($0.time) \($0.lead) \($0.line)" }
      + ["\(sheet.accountKeys.sorted()) \(sheet.lineCount)"]
  }

  @Test("with any doubt about a merged sheet it is made again from those of the segments")
  func doubt() throws {
    let (scratch, random) = try scratch(seed: 3)
    let cold = try scratch.run(definition: random.definition, asOf: random.asOf)
    _ = try scratch.run(definition: random.definition, asOf: random.asOf)
    let file = "\(scratch.book.cache)/\(try #require(try merged(scratch).first))"
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    for place in stride(from: 0, to: whole.count, by: 211) {
      var flipped = whole
      flipped[place] ^= 4
      try flipped.write(to: URL(fileURLWithPath: file))
      let again = try scratch.run(definition: random.definition, asOf: random.asOf)
      #expect(again.files == cold.files)
      #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == whole)
    }
    try FileManager.default.removeItem(atPath: file)
    #expect(
      try scratch.run(definition: random.definition, asOf: random.asOf).files == cold.files)
  }

  @Test("a segment that changes takes its merged sheet with it, a new one leaves it")
  func changed() throws {
    let (scratch, random) = try scratch(seed: 5)
    _ = try scratch.run(definition: random.definition, asOf: random.asOf)
    _ = try scratch.run(definition: random.definition, asOf: random.asOf)
    let before = try merged(scratch)
    let line =
      #"{"id":"new-1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"somebody new"}"#
    try scratch.writeLog([("ö.ndjson", Array("\(line)\n".utf8))])
    usleep(60_000)
    let later = try scratch.run(definition: random.definition, asOf: random.asOf)
    #expect(try merged(scratch) == before)
    try clearCache(of: scratch.book)
    #expect(
      try scratch.run(definition: random.definition, asOf: random.asOf).files == later.files)
    _ = try scratch.run(definition: random.definition, asOf: random.asOf)
    let all = try merged(scratch)
    #expect(all != before && !all.isEmpty)

    let first = try #require(try listSegments(in: scratch.book.log).first)
    try scratch.writeLog([(first.path, Array("\(line)\n".utf8))])
    usleep(60_000)
    let changed = try scratch.run(definition: random.definition, asOf: random.asOf)
    #expect(try Set(merged(scratch)).isDisjoint(with: all))
    try clearCache(of: scratch.book)
    #expect(
      try scratch.run(definition: random.definition, asOf: random.asOf).files == changed.files)
  }

  @Test("erasing a lead leaves no merged sheet that has it")
  func erased() throws {
    let scratch = try ScratchBook()
    let appender = try LogAppender(log: scratch.book.log)
    for segment in 0..<10 {
      var span = EventSpan()
      span.add(time: 1000)
      let line =
        #"{"id":"\#(segment)","time":"1970-01-01T00:00:01Z","type":"view","lead":"l\#(segment)"}"#
      _ = try appender.append(
        lines: [Array("\(line)\n".utf8)], span: span, appended: Int64(segment))
    }
    usleep(60_000)
    let definition = """
      name: d
      interactions: { view: { type: view } }
      """
    for _ in 0..<2 { _ = try scratch.run(definition: definition, asOf: "2026-01-01T00:00:00Z") }
    #expect(try merged(scratch).count == 1)
    _ = try erase(ErasePlan(book: scratch.book, lead: "l3"))
    #expect(try merged(scratch).isEmpty)
  }
}
