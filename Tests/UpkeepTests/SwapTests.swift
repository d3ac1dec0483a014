import Definition
import Engine
import EventLog
import Files
import Foundation
import Nightly
import Notation
import TestBooks
import TestFiles
import Testing
import Upkeep

@Suite("Swaps of segments: compaction and erasure")
struct SwapTests {
  private static let definition = """
    name: swaps
    interactions: { view: { type: page_view }, ask: { type: form_fill } }
    scores: { s: { points: { view: { points: 2, limit: 3, per: day }, ask: 10 } } }
    """
  private static let asOf = "2026-03-01T00:00:00Z"

  private static func event(_ number: Int, _ lead: String, _ type: String = "page_view") -> String {
    let second = number < 10 ? "0\(number)" : "\(number)"
    return #"{"id":"\#(number)","time":"2026-01-01T00:00:\#(second)Z","type":"\#(type)","#
      + #""lead":"\#(lead)"}"# + "\n"
  }

  private static let foreign = "000003.other.ndjson"

  /// A copy of a book that is made once.
  private func scratch(_ template: Result<ScratchBook, any Error> = large) throws -> ScratchBook {
    let copy = try ScratchBook()
    try FileManager.default.removeItem(atPath: copy.book.root)
    try FileManager.default.copyItem(atPath: template.get().book.root, toPath: copy.book.root)
    return copy
  }

  private static let merge =
    #"{"id":"m","time":"2026-01-01T00:00:59Z","type":"merge","lead":"a","from":"b"}"# + "\n"

  /// Seven segments, the fourth by another program; `a` and `b` are one person.
  private static let large = Result {
    try makeScratch([
      event(1, "a") + event(2, "b"), event(3, "b"), event(4, "c") + event(5, "c", "form_fill"),
      merge + event(6, "c"), event(7, "a") + event(7, "a"), event(8, "d"),
    ])
  }

  /// Enough for each kind of step, and few enough to fail each of them.
  private static let small = Result {
    try makeScratch([merge + event(1, "c"), event(2, "d"), event(3, "b"), event(4, "c")])
  }

  private static func makeScratch(_ batches: [String]) throws -> ScratchBook {
    let scratch = try ScratchBook()
    for (index, batch) in batches.enumerated() {
      let file = "\(scratch.book.root)/input.ndjson"
      try Data(batch.utf8).write(to: URL(fileURLWithPath: file))
      _ = try Disk.$current.withValue(FaultyDisk.quick) {
        try append(AppendPlan(book: scratch.book, files: [file]))
      }
      if index == 2 {
        let lines = event(9, "a") + "no event\n" + event(10, "d")
        try Data(lines.utf8).write(to: URL(fileURLWithPath: "\(scratch.book.log)/\(foreign)"))
      }
    }
    return scratch
  }

  private func results(_ scratch: ScratchBook) throws -> [String: [UInt8]] {
    try scratch.run(definition: Self.definition, asOf: Self.asOf).files
  }

  private func parts(_ book: Book) throws -> [String] {
    try LogInventory(log: book.log).items.flatMap(\.parts).map { "\($0.appended) \($0.lines)" }
  }

  private func paths(_ book: Book) throws -> [String] {
    try listSegments(in: book.log).map(\.path)
  }

  @Test("merged segments have the same lines, the same results and the same times of appending")
  func compaction() throws {
    let scratch = try scratch()
    let before = (try scratch.book.lines(), try results(scratch), try parts(scratch.book))
    let originals = try LogInventory(log: scratch.book.log).items
    let report = try compact(scratch.book)
    #expect(report.segmentsBefore == 7 && report.segmentsAfter == 3)
    #expect(
      try paths(scratch.book) == [
        "000001-000003.000007.ndjson.gz", "000003.other.ndjson", "000004-000006.000008.ndjson.gz",
      ])
    #expect(try scratch.book.lines() == before.0)
    #expect(try results(scratch) == before.1)
    #expect(try parts(scratch.book) == before.2)
    try scratch.book.expectTidyLog(but: [Self.foreign])

    // Each part with an end marker is, to the byte, the segment that was once appended.
    let merged = try LogInventory(log: scratch.book.log).items.filter { $0.entry != nil }
    var digests: [String] = []
    for item in merged {
      var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: item.segment.file)))
      for part in item.parts {
        digests.append(SHA256Hasher.hex(of: bytes[..<part.bytes] + BlockGzipWriter.endMarker))
        bytes.removeFirst(part.bytes)
      }
      #expect(bytes == BlockGzipWriter.endMarker)
    }
    #expect(digests == originals.compactMap { $0.entry?.sha256 })
    #expect(try compact(scratch.book).merges.isEmpty)
  }

  @Test("what was known at a time is the same after a merge")
  func knownAt() throws {
    let scratch = try ScratchBook()
    let definition = try Definition.load(text: Self.definition, file: "d.yaml")
    for number in 1...4 {
      let file = "\(scratch.book.root)/input.ndjson"
      let line = Self.event(number, "lead-\(number)")
      try Data(line.utf8).write(to: URL(fileURLWithPath: file))
      _ = try append(AppendPlan(book: scratch.book, files: [file]))
      // The clock that tells what was known goes by milliseconds.
      usleep(2000)
    }
    let times = try LogInventory(log: scratch.book.log).items.flatMap(\.parts).map(\.appended)
    #expect(Set(times).count == 4)
    func leads(at time: String) throws -> [UInt8] {
      _ = try Nightly.run(
        RunPlan(
          Log(of: scratch.book, knownAt: eventTime(time)), definition,
          asOf: try #require(eventTime(Self.asOf))))
      return try #require(try scratch.csvFiles()["leads.csv"])
    }
    let before = try times.map(leads)
    #expect(before.map { $0.count { $0 == 10 } } == [2, 3, 4, 5])
    #expect(try compact(scratch.book).segmentsAfter == 1)
    #expect(try times.map(leads) == before)
  }

  @Test("a segment that is not what the chain says is not merged, and nothing changes")
  func damaged() throws {
    let scratch = try scratch()
    let path = "\(scratch.book.log)/000002.ndjson.gz"
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    bytes[bytes.count - 30] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let before = try paths(scratch.book)
    let error = try #require(throws: FileError.self) { try compact(scratch.book) }
    #expect(error.exitCode == 65 && error.path == "000002.ndjson.gz")
    #expect(try paths(scratch.book) == before)
  }

  @Test(
    "a compaction cut off at any system call leaves the same log, and the next one completes it",
    arguments: FaultyDisk.faults)
  func compactionFaults(fault: FaultyDisk.Fault) throws {
    let clean = FaultyDisk(at: 0)
    let untouched = try scratch(Self.small)
    _ = try Disk.$current.withValue(clean.disk) { try compact(untouched.book) }
    try FaultyDisk.forEachFault(fault, calls: clean.trace) { faulty, after in
      let scratch = try scratch(Self.small)
      let before = (try scratch.book.lines(), try parts(scratch.book))
      _ = try? Disk.$current.withValue(faulty.disk) { try compact(scratch.book) }
      #expect(try scratch.book.lines() == before.0, "\(after)")
      #expect(try parts(scratch.book) == before.1, "\(after)")
      _ = try Disk.$current.withValue(FaultyDisk.quick) { try compact(scratch.book) }
      #expect(try scratch.book.lines() == before.0, "\(after)")
      #expect(try parts(scratch.book) == before.1, "\(after)")
      #expect(try paths(scratch.book).count == 3, "\(after)")
      try scratch.book.expectTidyLog(but: [Self.foreign])
    }
  }

  @Test("an erased lead is in no segment, its receipt says from where it went, and others stay")
  func erasure() throws {
    let scratch = try scratch()
    let definition = try Definition.load(text: Self.definition, file: "d.yaml")
    let before = try results(scratch)
    let receipt = try erase(ErasePlan(book: scratch.book, lead: "b", definition: definition))
    #expect(receipt.keys == ["a", "b"])
    #expect(receipt.lines == 7 && receipt.otherLeadsUnchanged == 2)
    #expect(
      receipt.segments.map { "\($0.path) \($0.lines)" } == [
        "000001.ndjson.gz 2", "000002.ndjson.gz 1", "000003.other.ndjson 1", "000004.ndjson.gz 1",
        "000005.ndjson.gz 2",
      ])
    #expect(receipt.snapshots.count == 1 && !receipt.isPurged)
    let left = try scratch.book.lines()
    #expect(left.filter { $0.contains(#""lead":"a""#) || $0.contains(#""lead":"b""#) }.count == 2)
    #expect(left.filter { $0.contains(#""type":"forget""#) }.count == 2)
    #expect(left.contains("no event"))
    try scratch.book.expectTidyLog(but: [Self.foreign])
    let after = try results(scratch)
    let old = try #require(before["leads.csv"]).split(separator: 10)
    let new = try #require(after["leads.csv"]).split(separator: 10)
    #expect(new.elementsEqual(old.filter { $0.first != UInt8(ascii: "a") }))
    #expect(new.count == 3)
    let again = try erase(ErasePlan(book: scratch.book, lead: "b", purges: true))
    #expect(again.lines == 0 && again.segments.isEmpty && again.isPurged)
    #expect(again.snapshots == receipt.snapshots)
  }

  @Test("what came after the forget stays, but for later copies")
  func later() throws {
    let scratch = try scratch()
    let noon = try #require(eventTime("2026-01-01T00:00:04Z"))
    let receipt = try erase(ErasePlan(book: scratch.book, lead: "a", time: noon))
    // The merge is later than the forget, so the forget does not reach the other key.
    #expect(receipt.keys == ["a"] && receipt.lines == 1 && receipt.laterLines == 4)
    let error = try #require(throws: RunError.self) {
      try erase(ErasePlan(book: scratch.book, lead: "nobody"))
    }
    #expect(error.exitCode == 66)
  }

  @Test(
    "an erasure cut off at any system call brings nobody back, and the next one completes it",
    arguments: FaultyDisk.faults)
  func erasureFaults(fault: FaultyDisk.Fault) throws {
    let clean = FaultyDisk(at: 0)
    let untouched = try scratch(Self.small)
    _ = try Disk.$current.withValue(clean.disk) {
      try erase(ErasePlan(book: untouched.book, lead: "a"))
    }
    try FaultyDisk.forEachFault(fault, calls: clean.trace) { faulty, after in
      let scratch = try scratch(Self.small)
      let all = try scratch.book.lines()
      let others = all.filter { !$0.contains(#""lead":"a""#) && !$0.contains(#""lead":"b""#) }
      let receipt = try? Disk.$current.withValue(faulty.disk) {
        try erase(ErasePlan(book: scratch.book, lead: "a"))
      }
      let found = try scratch.book.lines()
      #expect(found.filter(others.contains) == others, "\(after)")
      // A forget is there before any line of the lead goes.
      let isForgotten = found.contains { $0.contains(#""type":"forget""#) }
      #expect(isForgotten || found == all, "\(after)")
      if receipt != nil { #expect(found.count == others.count + 2, "\(after)") }
      // Its merge may be gone already when it is done once more; the other key's lines go all the same.
      _ = try Disk.$current.withValue(FaultyDisk.quick) {
        try erase(ErasePlan(book: scratch.book, lead: "a"))
      }
      let left = try scratch.book.lines()
      #expect(left.filter { !$0.contains(#""type":"forget""#) } == others, "\(after)")
      #expect(left.count == others.count + 2, "\(after): no forget more than one of each key")
      try scratch.book.expectTidyLog(but: [Self.foreign])
    }
  }

  /// Reads a log over and over, on a thread of its own, until it has so many lines.
  private final class Reader: @unchecked Sendable {
    private let book: Book
    let hasBegun = DispatchSemaphore(value: 0)
    let isDone = DispatchSemaphore(value: 0)
    private(set) var counts: [Int] = []
    private(set) var wrong: [String] = []

    init(_ book: Book) { self.book = book }

    func read(until last: Int) {
      while counts.last != last, wrong.isEmpty {
        do {
          let ids = try ids()
          if ids != (1...max(ids.count, 1)).map({ $0 }) { wrong.append("\(ids)") }
          counts.append(ids.count)
        } catch { wrong.append("\(error)") }
        hasBegun.signal()
      }
      hasBegun.signal()
      isDone.signal()
    }

    private func ids() throws -> [Int?] {
      try book.besideWriters {
        let segments = try listSegments(in: book.log)
        var text: [UInt8] = []
        for segment in segments { try readLines(of: segment) { text += Array($0.bytes) } }
        return String(decoding: text, as: UTF8.self).split(separator: "\n")
          .map { Int($0.split(separator: "\"")[3]) }
      }
    }
  }

  @Test("a reader that holds no lock sees, at any instant, the segments before a swap or after it")
  func readers() throws {
    let scratch = try ScratchBook()
    let book = scratch.book
    let file = "\(book.root)/input.ndjson"
    func append(_ number: Int) throws {
      try Data(Self.event(number, "a").utf8).write(to: URL(fileURLWithPath: file))
      _ = try Upkeep.append(AppendPlan(book: book, files: [file]))
    }
    try append(1)
    let reader = Reader(book)
    Thread { reader.read(until: 41) }.start()
    reader.hasBegun.wait()
    for number in 2...41 {
      try append(number)
      if number.isMultiple(of: 2) { _ = try compact(book) }
    }
    reader.isDone.wait()
    #expect(reader.wrong == [])
    #expect(reader.counts == reader.counts.sorted() && reader.counts.count > 1)
    withExtendedLifetime(scratch) {}
  }

  /// The states that a crash can leave a swap in, made by hand, and what a reader sees in each.
  @Test(
    "in each state between the old segments and the new one, the log is the same",
    arguments: [
      (["1", "2"], false, false), (["1", "2", ".new"], false, false),
      (["1", "2", ".new"], true, false), (["1", "2", "new"], true, false),
      (["1", "new"], true, false), (["2", "new"], true, false), (["new"], true, false),
      (["1", ".new"], true, true), (["2"], true, true), ([".new"], true, true),
    ] as [([String], Bool, Bool)])
  func states(files: [String], isEntered: Bool, isDamaged: Bool) throws {
    let whole = try ScratchBook()
    for number in 1...2 {
      let file = "\(whole.book.root)/input.ndjson"
      try Data(Self.event(number, "a").utf8).write(to: URL(fileURLWithPath: file))
      _ = try append(AppendPlan(book: whole.book, files: [file]))
    }
    let lines = try whole.book.lines()
    let old = try ["000001", "000002"].map {
      try Data(contentsOf: URL(fileURLWithPath: "\(whole.book.log)/\($0).ndjson.gz"))
    }
    let chain = try Data(contentsOf: URL(fileURLWithPath: "\(whole.book.log)/\(chainFileName)"))
    let new = try #require(compact(whole.book).merges.first?.segment)
    let merged = try Data(contentsOf: URL(fileURLWithPath: "\(whole.book.log)/\(new)"))

    let log = whole.book.log
    try FileManager.default.removeItem(atPath: "\(log)/\(new)")
    let names = ["1": "000001.ndjson.gz", "2": "000002.ndjson.gz", "new": new, ".new": ".\(new)"]
    for file in files {
      let name = try #require(names[file])
      let bytes = file == "1" ? old[0] : file == "2" ? old[1] : merged
      try bytes.write(to: URL(fileURLWithPath: "\(log)/\(name)"))
    }
    if !isEntered { try chain.write(to: URL(fileURLWithPath: "\(log)/\(chainFileName)")) }
    if isDamaged {
      #expect(try SegmentListing(log: log).faults.count == 1)
      return
    }
    #expect(try whole.book.lines() == lines)
    // The next writer finishes, whatever it writes.
    _ = try compact(whole.book)
    #expect(try whole.book.lines() == lines)
    try whole.book.expectTidyLog()
  }
}
