import Definition
import Reading
import Reference
import Tables
import TestBooks
import Testing
import Workers

@testable import Engine

/// Judging that is dealt out, as to other machines.
@Suite("Judging tasks") struct JudgingTaskTests {
  @Test(
    "a task divided into slices comes to the same rows, sums and counts, in any order",
    arguments: 1...24 as ClosedRange<UInt64>)
  func divided(seed: UInt64) throws {
    let random = RandomBook(seed: seed, size: 150)
    guard let definition = try? Definition.load(text: random.definition, file: "d.yaml") else {
      return
    }
    let scratch = try ScratchBook()
    try scratch.writeLog(random.segments)
    let log = try scratch.gather(definition, asOf: random.asOf)
    let task = JudgingTask(log, log.judge(definition))
    let whole = try task.judgeLeads(jobs: 2)
    for count in [1, 3, 8] {
      let tasks = try task.divided(into: count)
      var together = try #require(tasks.last).judgeLeads(jobs: 1)
      for task in tasks.dropLast().reversed() { together += try task.judgeLeads(jobs: 2) }
      #expect(together.count == whole.count)
      #expect(together.fates == whole.fates)
      #expect(together.counts == whole.counts)
      #expect(try rows(together) == rows(whole))
      #expect(try accounts(together, log) == accounts(whole, log))
    }
  }

  @Test("a slice has the rows of its own leads alone")
  func slices() throws {
    let random = RandomBook(seed: 5, size: 150)
    let definition = try Definition.load(text: random.definition, file: "d.yaml")
    let scratch = try ScratchBook()
    try scratch.writeLog(random.segments)
    let log = try scratch.gather(definition, asOf: random.asOf)
    let all = log.set.sheets.reduce(0) { $0 + $1.rowCount }
    let parts = try JudgingTask(log, log.judge(definition)).divided(into: 4).map { task in
      task.set.sheets.reduce(0) { $0 + $1.rowCount }
    }
    #expect(parts.allSatisfy { $0 < all })
    #expect(parts.reduce(0, +) <= all)
  }

  private func rows(_ leads: JudgedLeads) throws -> [[UInt8]: [Int64]] {
    let rows = try SortedRows(leads.parts, jobs: 1)
    let width = try #require(leads.parts.first).width
    return Dictionary(
      uniqueKeysWithValues: (0..<rows.count).map { row in
        (Array(rows.key(row)), (0..<width).map { rows.cell(row, $0) })
      })
  }

  private func accounts(_ leads: JudgedLeads, _ log: GatheredLog) throws -> [[UInt8]: [Int64]] {
    let (table, _) = try leads.accounts(of: log)
    return Dictionary(
      uniqueKeysWithValues: (0..<table.count).map { row in
        (Array(table.keys[row]), (0..<table.width).map { table.cell(row, $0) })
      })
  }
}

/// Several who stand on one gathered log at a time.
@Suite("Requests at once") struct RequestsAtOnceTests {
  @Test("a gathered log serves several at a time, and one of them is given up by itself")
  func atOnce() throws {
    let random = RandomBook(seed: 7, size: 200)
    let definition = try Definition.load(text: random.definition, file: "d.yaml")
    let scratch = try ScratchBook()
    try scratch.writeLog(random.segments)
    let log = try scratch.gather(definition, asOf: random.asOf)
    let task = JudgingTask(log, log.judge(definition))
    let alone = try task.judgeLeads(jobs: 1)

    let unwanted = Cancellation()
    unwanted.ask()
    let counts = Slots<Int>(4)
    let givenUp = Slots<Bool>(4)
    try parallel(4, jobs: 4) { request in
      do {
        let cancellation = request == 2 ? unwanted : Cancellation()
        counts[request] = try cancellation.during { try task.judgeLeads(jobs: 2).count }
        givenUp[request] = false
      } catch is GivenUp {
        givenUp[request] = true
      }
    }
    #expect(givenUp.elements == [false, false, true, false])
    #expect(counts.elements == [alone.count, alone.count, alone.count])
  }
}
