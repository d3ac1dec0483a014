import Audit
import Chance
import Definition
import Engine
import EventLog
import Foundation
import Notation
import Reading
import Reference
import TestBooks
import Testing

/// Sheets that somebody made up, with the checksums that belong to them.
@Suite("Forged sheets") struct ForgedSheetsTests {
  /// Changes a few words of a sheet's region.
  private func forge(_ file: [UInt8], _ dice: inout SeededDice) -> [UInt8] {
    let regionByteCount = file.withUnsafeBytes { SheetBlocks($0)?.region.count ?? 0 }
    // What begins on a multiple of eight.
    var words = [UInt64](repeating: 0, count: regionByteCount / 8)
    return words.withUnsafeMutableBytes { region in
      region.copyBytes(from: file[..<regionByteCount])
      for _ in 0..<Int.random(in: 1...3, using: &dice) {
        // Half of them in the header and what stands near its end, where few numbers lead to many.
        let most = Bool.random(using: &dice) ? min(1200, region.count) : region.count
        let place = Int.random(in: 0..<most / 4, using: &dice) * 4
        let word = region.load(fromByteOffset: place, as: UInt32.self)
        let other = region.load(
          fromByteOffset: Int.random(in: 0..<region.count / 4, using: &dice) * 4, as: UInt32.self)
        let new = [
          0, 1, .max, 1 << 31, word &+ 1, word &- 1,
          word ^ 1 << UInt32.random(in: 0..<32, using: &dice),
          other, UInt32.random(in: 0..<300, using: &dice),
        ].randomElement(using: &dice)
        region.storeBytes(of: new ?? 0, toByteOffset: place, as: UInt32.self)
      }
      let ending = SheetEnding(of: UnsafeRawBufferPointer(region))
      return Array(region) + ending.words.withUnsafeBytes { Array($0) }
    }
  }

  @Test(
    "whatever is in a sheet whose checksums are right, nothing traps, and most is refused",
    arguments: [7, 21, 33] as [UInt64])
  func forged(seed: UInt64) throws {
    var dice = SeededDice(seed: seed)
    // Where two numbers that fade are compared, a history has thousands of true crossings, and takes its time.
    let random = RandomBook(
      seed: seed, size: 60, features: Feature.inEngine.subtracting([.personasByPoints]))
    let scratch = try ScratchBook()
    try scratch.writeLog(random.segments)
    usleep(60_000)
    try scratch.run(definition: random.definition, asOf: random.asOf)
    let definition = try Definition.load(text: random.definition, file: "d.yaml")
    let subject = AuditSubject(
      definition: definition, asOf: eventTime(random.asOf) ?? 0, knownAt: nil)
    let plan = ReadingPlan(definition)
    let log = Log(of: scratch.book, jobs: 1)
    let results = try Results(
      definition, LogReader(log).sheets(for: plan, .apart), asOf: subject.asOf, jobs: 1)
    let leads = results.leads.parts.flatMap { part in
      (0..<part.count).map { String(decoding: part.keys[$0], as: UTF8.self) }
    }.prefix(3)
    let files = try FileManager.default.subpathsOfDirectory(atPath: scratch.book.cache)
      .filter { $0.hasSuffix(".sheet") }.sorted().map { "\(scratch.book.cache)/\($0)" }
    var (refusedCount, usedCount) = (0, 0)
    for _ in 0..<80 {
      let file = try #require(files.randomElement(using: &dice))
      let whole = try Data(contentsOf: URL(fileURLWithPath: file))
      try Data(forge(Array(whole), &dice)).write(to: URL(fileURLWithPath: file))
      if openSheetFile(file, of: plan) == nil { refusedCount += 1 } else { usedCount += 1 }
      // First by parts, before whoever reads all makes it again.
      let lead = try #require(leads.randomElement(using: &dice))
      _ = try? explain(ExplainPlan(book: scratch.book, subject: subject, lead: lead, jobs: 1))
      _ = try? Results(
        definition, LogReader(log).sheets(for: plan), asOf: subject.asOf, jobs: 1)
      _ = try? history(
        HistoryPlan(
          book: scratch.book, subject: subject, who: .lead(lead), step: .week, jobs: 1))
      try whole.write(to: URL(fileURLWithPath: file))
    }
    #expect(refusedCount > usedCount && usedCount > 0)
  }
}
