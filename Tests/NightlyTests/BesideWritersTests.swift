import Audit
import Definition
import Engine
import EventLog
import Files
import Foundation
import Nightly
import Notation
import Reading
import Snapshots
import TestBooks
import TestFiles
import Testing
import Upkeep

/// Each moment at which a reader without the lock may see a writer's work, brought about on purpose.
@Suite("a reader beside writers") struct BesideWritersTests {
  private static let rules = """
    name: small
    interactions: { view: { type: page_view } }
    scores: { heat: { points: { view: 10 } } }
    """

  private static func line(_ id: Int, _ lead: String) -> String {
    #"{"id":"\#(id)","time":"2026-01-10T09:00:\#(10 + id)Z","type":"page_view","lead":"\#(lead)"}"#
      + "\n"
  }

  private func append(_ ids: ClosedRange<Int>, _ lead: String, to book: Book) throws {
    let file = "\(book.root)/input.ndjson"
    try Data(ids.map { Self.line($0, lead) }.joined().utf8).write(to: URL(fileURLWithPath: file))
    _ = try Upkeep.append(AppendPlan(book: book, files: [file]))
  }

  /// A book of three appends, of `ada` and `bob`.
  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    for number in 0..<3 {
      try append(4 * number...4 * number + 2, "ada", to: scratch.book)
      try append(4 * number + 3...4 * number + 3, "bob", to: scratch.book)
    }
    return scratch
  }

  private var plan: ReadingPlan {
    get throws { ReadingPlan(try Definition.load(text: Self.rules, file: "d.yaml")) }
  }

  /// Reads the log, and lets something happen between listing it and opening the first segment, once.
  private func read(
    _ book: Book, _ cached: LogReader.Cached = .none, between: () throws -> Void
  ) throws -> (events: Int, looks: Int) {
    var looks = 0
    let events = try Log(of: book, jobs: 1).read { reader in
      looks += 1
      if looks == 1 { try between() }
      return try reader.sheets(for: plan, cached).counts.read
    }
    return (events, looks)
  }

  @Test("segments that are merged between listing and opening are read where they are now")
  func merged() throws {
    let scratch = try book()
    let found = try read(scratch.book) { _ = try compact(scratch.book) }
    #expect(found == (12, 2))
  }

  @Test("a lead that is erased between listing and opening is wholly there or wholly gone")
  func erased() throws {
    let scratch = try book()
    let found = try read(scratch.book) {
      _ = try erase(ErasePlan(book: scratch.book, lead: "ada"))
    }
    // What is left of nine of ada's and three of bob's: three and the forget.
    #expect(found == (4, 2))
  }

  @Test(
    "a segment that another program wrote, and an erasure writes anew, is read as it was listed or not"
  )
  func rewritten() throws {
    let scratch = try ScratchBook()
    for name in ["a", "b"] {
      let lines = Self.line(1, "ada") + Self.line(2, "bob")
      try scratch.writeLog([("\(name).ndjson", Array(lines.utf8))])
    }
    let found = try read(scratch.book) {
      _ = try erase(ErasePlan(book: scratch.book, lead: "ada"))
    }
    #expect(found == (3, 2))
    // Nor is the sheet of the new file taken for that of the listed one.
    let segments = try listSegments(in: scratch.book.log)
    let cache = SheetCache(scratch.book, plan: try plan)
    usleep(60_000)
    _ = try read(scratch.book, .apart) {}
    let other = "\(scratch.book.root)/other"
    try Data(Self.line(7, "cy").utf8).write(to: URL(fileURLWithPath: other))
    let plain = try #require(segments.first { $0.path == "a.ndjson" })
    #expect(rename(other, plain.file) == 0)
    usleep(60_000)
    _ = try read(scratch.book, .apart) {}
    let renewed = SheetCache(scratch.book, plan: try plan)
    #expect(renewed.reading(of: plain) == nil && cache.reading(of: plain) == nil)
    let now = try #require(try listSegments(in: scratch.book.log).first { $0.path == plain.path })
    #expect(renewed.reading(of: now)?.eventCount == 1)
  }

  @Test("damage is told at once, also of a log that is appended to meanwhile")
  func damaged() throws {
    let scratch = try book()
    let file = "\(scratch.book.log)/000003.ndjson.gz"
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    var looks = 0
    #expect(throws: FileError.self) {
      try Log(of: scratch.book, jobs: 1).read { reader in
        looks += 1
        try append(100 + looks...100 + looks, "cy", to: scratch.book)
        _ = try reader.sheets(for: plan, .none)
      }
    }
    #expect(looks == 1)
  }

  @Test("both sides of a diff stand on one look at the log, whatever is appended between them")
  func sides() throws {
    let scratch = try book()
    let first = try LogReader(Log(of: scratch.book, jobs: 1))
    try append(50...52, "cy", to: scratch.book)
    _ = try compact(scratch.book)
    let second = try LogReader(Log(of: scratch.book, jobs: 1), beside: first)
    #expect(second.known.segments == first.known.segments)
    #expect(second.known.knownAt == first.known.knownAt)
  }

  @Test("while an erasure puts its segments in place, nobody sees some old and some new")
  func halfErased() throws {
    // Of segments in the chain, of others, and of both.
    for others in [[], ["x.ndjson", "y.ndjson", "z.ndjson"]] as [[String]] {
      for hasChain in [true, false] where hasChain || !others.isEmpty {
        let scratch = hasChain ? try book() : try ScratchBook()
        let book = scratch.book
        for name in others {
          try scratch.writeLog([(name, Array((Self.line(40, "ada") + Self.line(41, "bob")).utf8))])
        }
        let watch = ErasureWatch(book)
        _ = try Disk.$current.withValue(watch.disk) {
          try erase(ErasePlan(book: book, lead: "ada"))
        }
        let counts = watch.finish()
        let whole = (hasChain ? 9 : 0) + others.count
        #expect(!counts.isEmpty && counts.allSatisfy { $0 == 0 || $0 == whole }, "\(counts)")
      }
    }
  }

  @Test("a snapshot that is pruned once `latest` leads elsewhere is looked for again")
  func pruned() throws {
    let scratch = try book()
    func publish(day: Int) throws {
      var run = RunPlan(
        Log(of: scratch.book, jobs: 1), try Definition.load(text: Self.rules, file: "d.yaml"),
        asOf: try #require(eventTime("2026-02-0\(day)T00:00:00Z")))
      run.keep.last = 1
      _ = try Nightly.run(run)
    }
    try publish(day: 1)
    let latest = "\(scratch.book.snapshots)/latest"
    var looks = 0
    let subject = try scratch.book.besideWriters {
      looks += 1
      let name = try #require(try linkTarget(latest))
      if looks == 1 { try publish(day: 2) }
      return try AuditSubject(snapshot: name, of: scratch.book)
    }
    let name = try linkTarget(latest)
    #expect(looks == 2 && subject.snapshot?.name == name)
    // From here on it is held: what was found stays until it has been compared with.
    try publish(day: 3)
    let explanation = try explain(
      ExplainPlan(book: scratch.book, subject: subject, lead: "ada", jobs: 1))
    #expect(explanation.snapshot?.isEqual == true)
    #expect(explanation.snapshot?.name == subject.snapshot?.name)
  }

  @Test("nobody can begin to hold a snapshot that is on its way out, and none that is held goes")
  func holds() throws {
    let scratch = try book()
    _ = try scratch.run(definition: Self.rules, asOf: "2026-02-01T00:00:00Z")
    let name = try scratch.latest().name
    let snapshot = try #require(PublishedSnapshot(name, in: scratch.book.snapshots))
    #expect(rename(snapshot.path, "\(snapshot.path)-aside") == 0)
    #expect(throws: FileError.self) { _ = try SnapshotHold(snapshot) }
    #expect(rename("\(snapshot.path)-aside", snapshot.path) == 0)
    _ = try scratch.run(definition: Self.rules, asOf: "2026-02-02T00:00:00Z")
    let hold = try SnapshotHold(snapshot)
    let report = try PublishedSnapshots.prune(in: scratch.book.snapshots, KeepRules(last: 1))
    #expect(report.inUse == [name] && report.removed == [])
    hold.release()
  }

  @Test("`verify` calls nothing damaged that a writer has put in another place meanwhile")
  func verified() throws {
    let scratch = try book()
    _ = try scratch.run(definition: Self.rules, asOf: "2026-02-01T00:00:00Z")
    let found = try verify(VerifyPlan(book: scratch.book, jobs: 1))
    #expect(found.isSound, "\(found.damage)")
    // A sheet that is listed and then tidied away is none.
    var looks = 0
    let answer = try scratch.book.besideWriters(isDoubtful: { !$0.isEmpty }) {
      looks += 1
      let segments = try listSegments(in: scratch.book.log)
      if looks == 1 { _ = try compact(scratch.book) }
      return segments.filter { !$0.isAsListed }
    }
    #expect(answer.isEmpty && looks == 2)
  }
}

/// A disk on which each rename of an erasure lets a reader look at the log first, for a moment.
private final class ErasureWatch: @unchecked Sendable {
  private let book: Book
  private let lock = NSLock()
  private var counts: [Int] = []
  private let looks = DispatchGroup()

  init(_ book: Book) { self.book = book }

  var disk: Disk {
    var disk = FaultyDisk.quick
    let rename = disk.rename
    disk.rename = { [self] from, to in
      let code = rename(from, to)
      look()
      return code
    }
    return disk
  }

  /// A reader that does not wait has seen the log long before the erasure goes on.
  private func look() {
    let isDone = DispatchSemaphore(value: 0)
    looks.enter()
    Thread { [self] in
      let count = (try? leadCount()) ?? -1
      lock.withLock { counts.append(count) }
      isDone.signal()
      looks.leave()
    }.start()
    _ = isDone.wait(timeout: .now() + 0.1)
  }

  /// How many events of the lead there are.
  private func leadCount() throws -> Int {
    try book.besideWriters {
      var text: [UInt8] = []
      for segment in try listSegments(in: book.log) {
        try readLines(of: segment) { text += Array($0.bytes) }
      }
      return String(decoding: text, as: UTF8.self).split(separator: "\n").count {
        $0.contains(#""type":"page_view","lead":"ada""#)
      }
    }
  }

  func finish() -> [Int] {
    looks.wait()
    return lock.withLock { counts }
  }
}
