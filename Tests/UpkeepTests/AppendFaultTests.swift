import Engine
import EventLog
import Files
import Foundation
import TestBooks
import TestFiles
import Testing
import Upkeep

@Suite("append, when the disk or the process fails")
struct AppendFaultTests {
  private static let lineCount = 7
  private static let batchCount = 3

  /// A book with a segment, and a file of seven events and a line that is none.
  private func scratch() throws -> (scratch: ScratchBook, plan: AppendPlan) {
    let scratch = try ScratchBook()
    let earlier = "\(scratch.book.root)/earlier.ndjson"
    try Data((event(100) + event(101)).utf8).write(to: URL(fileURLWithPath: earlier))
    _ = try Disk.$current.withValue(FaultyDisk.quick) {
      try append(AppendPlan(book: scratch.book, files: [earlier]))
    }
    let file = "\(scratch.book.root)/input.ndjson"
    let lines = (1...Self.lineCount).map(event)
    try Data((lines[..<4].joined() + "oops\n" + lines[4...].joined()).utf8)
      .write(to: URL(fileURLWithPath: file))
    let plan = AppendPlan(
      book: scratch.book, files: [file], batch: BatchLimits(eventCount: Self.batchCount))
    return (scratch, plan)
  }

  private func event(_ number: Int) -> String {
    #"{"id":"\#(number)","time":"2026-01-01T00:00:0\#(number % 10)Z","type":"t","lead":"a"}"# + "\n"
  }

  private func ids(_ book: Book) throws -> [Int] {
    try book.lines().map { line in
      try #require(Int(line.split(separator: "\"")[3]))
    }
  }

  @Test(
    "at every system call: each batch is there whole or not at all, and doing it again completes it",
    arguments: FaultyDisk.faults)
  func everyCall(fault: FaultyDisk.Fault) throws {
    let clean = FaultyDisk(at: 0)
    let (untouched, untouchedPlan) = try scratch()
    _ = try Disk.$current.withValue(clean.disk) { try append(untouchedPlan) }
    withExtendedLifetime(untouched) {}
    #expect(clean.trace.count > 40)
    try FaultyDisk.forEachFault(fault, calls: clean.trace) { faulty, after in
      let (scratch, plan) = try scratch()
      var confirmed = 0
      let report = try? Disk.$current.withValue(faulty.disk) {
        try append(plan) { confirmed += $0.counts.appended }
      }
      if report != nil { confirmed = Self.lineCount }

      let found = try ids(scratch.book).filter { $0 < 100 }
      #expect(found == Array(1...Self.lineCount).prefix(found.count).map { $0 }, "\(after)")
      #expect(found.count % Self.batchCount == 0 || found.count == Self.lineCount, "\(after)")
      #expect(found.count >= confirmed, "\(after): \(confirmed) were called durable")

      let again = try Disk.$current.withValue(FaultyDisk.quick) { try append(plan) }
      #expect(again.lines == Self.lineCount + 1 && again.refused == 1)
      #expect(again.duplicate == found.count && again.appended == Self.lineCount - found.count)
      #expect(try ids(scratch.book) == [100, 101] + Array(1...Self.lineCount), "\(after)")
      try scratch.book.expectTidyLog()
      let refused = try scratch.book.quarantined()
      #expect(refused.filter { $0.contains(#""text":"oops""#) }.count == 1, "\(after)")
    }
  }

  @Test(
    "nothing is called durable before the file, its folder, and its entry in the chain are synced")
  func order() throws {
    let (scratch, plan) = try scratch()
    defer { withExtendedLifetime(scratch) {} }
    let faulty = FaultyDisk(at: 0)
    var traces: [[String]] = []
    _ = try Disk.$current.withValue(faulty.disk) {
      try append(plan) { _ in traces.append(faulty.trace) }
    }
    let name = "000002.ndjson.gz"
    let first = try #require(traces.first).drop { !$0.contains(name) }
    let steps = first.map { step in
      step.replacingOccurrences(
        of: #"\.000002\.ndjson\.gz\.\d+-\d+\.tmp"#, with: "temporary", options: .regularExpression)
    }
    #expect(
      Array(steps) == [
        "open temporary", "write temporary", "write temporary", "sync temporary",
        "close temporary", "rename \(name)", "open log", "sync log", "close log",
        "open chain.ndjson", "truncate chain.ndjson", "write chain.ndjson", "sync chain.ndjson",
        "close chain.ndjson",
      ])
  }
}

extension Book {
  /// All lines of the log, in order.
  func lines() throws -> [String] {
    var text: [UInt8] = []
    for segment in try listSegments(in: log) {
      try readLines(of: segment) { text += Array($0.bytes) }
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The lines in quarantine.
  func quarantined() throws -> [String] {
    guard FileManager.default.fileExists(atPath: quarantine) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: quarantine).sorted().flatMap {
      try String(contentsOfFile: "\(quarantine)/\($0)", encoding: .utf8).split(separator: "\n")
        .map(String.init)
    }
  }

  /// Expects that every segment is in the chain as it is on disk, and that nothing else is in the log.
  func expectTidyLog(but others: Set<String> = []) throws {
    let inventory = try LogInventory(log: log)
    #expect(inventory.faults.isEmpty)
    var names = others.union([chainFileName])
    for item in inventory.items where !others.contains(item.segment.path) {
      let entry = try #require(item.entry, "\(item.segment.path) is not in the chain")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: item.segment.file))
      #expect(bytes.count == entry.bytes)
      #expect(bytes.withUnsafeBytes { SHA256Hasher.hex(of: $0) } == entry.sha256)
      names.insert(item.segment.path)
    }
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: log)) == names)
  }
}
