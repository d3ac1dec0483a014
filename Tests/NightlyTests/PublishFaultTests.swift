import Definition
import Engine
import EventLog
import Files
import Foundation
import Nightly
import Notation
import Snapshots
import TestBooks
import TestFiles
import Testing
import Upkeep

@Suite("run, when the disk lies or the book goes away") struct PublishFaultTests {
  private static let definition = """
    name: d
    interactions: { view: { type: page_view } }
    scores: { s: { points: { view: 1 } } }
    lists: { some: { score.s: { min: 1 } } }
    """

  private func scratch() throws -> ScratchBook {
    let scratch = try ScratchBook()
    let line = #"{"id":"1","time":"2026-01-01T00:00:00Z","type":"page_view","lead":"a"}"# + "\n"
    try scratch.writeLog([("a.ndjson", Array((line + "no event\n").utf8))])
    _ = try scratch.run(definition: Self.definition, asOf: "2026-02-01T00:00:00Z")
    return scratch
  }

  private func plan(_ book: Book) throws -> RunPlan {
    let definition = try Definition.load(text: Self.definition, file: "d.yaml")
    let asOf = try #require(eventTime("2026-02-02T00:00:00Z"))
    return RunPlan(Log(of: book, jobs: 1), definition, asOf: asOf, refusedShareMax: 1)
  }

  @Test("a write that says it took more than it did is noticed, whichever it is")
  func lies() throws {
    let clean = FaultyDisk(at: 0)
    let untouched = try scratch()
    _ = try Disk.$current.withValue(clean.disk) { try Nightly.run(plan(untouched.book)) }
    var noticed = 0
    try FaultyDisk.forEachFault(.lying, calls: clean.trace) { faulty, after in
      let scratch = try scratch()
      let before = try linkTarget("\(scratch.book.snapshots)/latest")
      let report = try? Disk.$current.withValue(faulty.disk) { try Nightly.run(plan(scratch.book)) }
      if report == nil {
        noticed += 1
        #expect(try linkTarget("\(scratch.book.snapshots)/latest") == before, "\(after)")
      }
      let found = try verify(VerifyPlan(book: scratch.book, jobs: 1))
      #expect(found.isSound, "\(after): \(found.damage)")
    }
    // The leads, the tallies, the list, the accounts, the summary, the manifest, what changed, and the quarantine.
    #expect(noticed >= 8)
  }

  /// Moves a book away once, when it is told to.
  private final class Mover: @unchecked Sendable {
    private let book: Book
    private var isDone = false
    var place: String { "\(book.root)-moved" }

    init(_ book: Book) { self.book = book }

    func move() {
      if isDone { return }
      isDone = true
      rename(book.root, place)
    }
  }

  @Test(
    "a book that is renamed while it is run is not begun anew, nor is another in its place written to",
    arguments: [false, true])
  func renamed(isReplaced: Bool) throws {
    let scratch = try scratch()
    let book = scratch.book
    let mover = Mover(book)
    defer { try? removeTree(mover.place) }
    // A book that has just been copied is read anew, and so there is something to tell of.
    unlink("\(book.cache)/index.json")
    let other = "\(book.root)/log"
    let error = #expect(throws: FileError.self) {
      try Nightly.run(plan(book)) { notice in
        guard case .reading = notice else { return }
        mover.move()
        if isReplaced { for path in [book.root, other] { mkdir(path, 0o755) } }
      }
    }
    #expect(error?.exitCode == 66)
    #expect(try filePaths(below: book.root) == [])
    #expect(try exists(book.root) == isReplaced)
    #expect(try fileNames(in: "\(mover.place)/snapshots").count == 2)
  }

  @Test(
    "an append whose book is renamed between two batches ends, and makes nothing at the old path")
  func renamedAppend() throws {
    let scratch = try ScratchBook()
    let book = scratch.book
    let mover = Mover(book)
    defer { try? removeTree(mover.place) }
    let lines = (1...3).map {
      #"{"id":"\#($0)","time":"2026-01-01T00:00:00Z","type":"t","lead":"a"}"# + "\n"
    }
    let file = "\(book.root).ndjson"
    defer { unlink(file) }
    try Data((lines.joined() + "no event\n").utf8).write(to: URL(fileURLWithPath: file))
    var plan = AppendPlan(book: book, files: [file])
    plan.batch = BatchLimits(eventCount: 1)
    let error = #expect(throws: FileError.self) {
      try append(plan) { _ in
        mover.move()
        for path in [book.root, book.log] { mkdir(path, 0o755) }
      }
    }
    #expect(error?.exitCode == 66)
    #expect(try filePaths(below: book.root) == [])
    #expect(try listSegments(in: "\(mover.place)/log").count == 1)
  }
}
