import Audit
import Definition
import Engine
import EventLog
import Files
import Foundation
import Nightly
import Notation
import Snapshots
import TestBooks
import Testing
import Trials
import Upkeep

@Suite("Readers of a log that is not what its chain says") struct BrokenChainTests {
  private func book() throws -> SmallBook {
    let book = try SmallBook()
    let definition = """
      name: small
      interactions: { view: { type: page_view } }
      scores: { s: { points: { view: 1 } } }
      """
    try book.write(Array(definition.utf8), to: "pipeline.yaml")
    let line = #"{"id":"9","time":"2026-01-01T00:00:00Z","type":"t","lead":"l1"}"# + "\n"
    try book.write(Array(line.utf8), to: "events.ndjson")
    return book
  }

  /// All that reads a log, but for a run and a verification, which have tests of their own.
  private func readers(_ book: Book) throws -> [(name: String, read: () throws -> Void)] {
    let latest = try AuditSubject(snapshot: "latest", of: book)
    let file = book.definition
    let backtesting = BacktestPlan(Log(of: book, jobs: 1), latest.definition, asOf: latest.asOf)
    let sweeping = SweepPlan(book: book, file: file, asOf: latest.asOf, jobs: 1)
    let appending = AppendPlan(book: book, files: ["\(book.root)/events.ndjson"])
    let watching = HistoryPlan(book: book, subject: latest, who: .lead("l1"), step: .event)
    var earlier = latest
    earlier.asOf -= 1000
    return [
      ("replay", { _ = try replay(ReplayPlan(book: book, file: file, jobs: 1)) }),
      ("explain", { _ = try explain(ExplainPlan(book: book, subject: latest, lead: "l1")) }),
      ("history", { _ = try history(watching) }),
      ("account", { _ = try explain(account: "a", of: book, latest) }),
      ("diff", { _ = try diff(DiffPlan(book: book, from: latest, to: earlier)) }),
      ("coverage", { _ = try coverage(of: latest.definition, in: book) }),
      ("sensitivity", { _ = try sensitivity(sweeping, by: 1_000_000) }),
      ("backtest", { _ = try backtest(backtesting) }),
      ("log", { _ = try LogReport(of: book) }),
      ("append", { _ = try append(appending) }),
      ("compact", { _ = try compact(book) }),
      ("erase", { _ = try erase(ErasePlan(book: book, lead: "l1", jobs: 1)) }),
    ]
  }

  private func expectStopped(_ book: SmallBook, but others: Set<String> = []) throws {
    for (name, read) in try readers(book.book) where !others.contains(name) {
      let error = #expect(throws: FileError.self, "\(name)", performing: read)
      #expect(error?.exitCode == 65, "\(name): \(String(describing: error))")
    }
  }

  @Test("a broken chain stops each of them")
  func brokenChain() throws {
    let book = try book()
    let chain = "log/\(chainFileName)"
    let whole = try book.bytes(of: chain)
    var changed = whole
    changed[whole.count / 2] ^= 1
    for bytes in [changed, whole + Array("nonsense\n".utf8), Array(whole.dropFirst(5))] {
      try book.write(bytes, to: chain)
      try expectStopped(book)
    }
    unlink("\(book.book.root)/\(chain)")
    #expect(mkfifo("\(book.book.root)/\(chain)", 0o644) == 0)
    try expectStopped(book)
  }

  @Test("so does a segment that is sound gzip, but not the bytes that were appended")
  func otherBytes() throws {
    let book = try book()
    // A field of the header that no reader looks at; the file is as long as it was.
    var bytes = try book.bytes(of: "log/000001.ndjson.gz")
    bytes[4] ^= 1
    try book.write(bytes, to: "log/000001.ndjson.gz")
    // A list and an append read no segments, and an erasure takes the bytes that there are.
    try expectStopped(book, but: ["log", "append", "erase"])
  }

  @Test(
    "pipes in the place of a snapshot's files hold nobody up", .timeLimit(.minutes(1)),
    arguments: ["leads.csv", "accounts.csv", "summary.json", "manifest.json"])
  func pipes(name: String) throws {
    let book = try book()
    let path = "\(book.book.snapshots)/latest/\(name)"
    #expect(unlink(path) == 0 && mkfifo(path, 0o644) == 0)
    var plan = ReplayPlan(book: book.book, file: book.book.definition, jobs: 1)
    plan.against = "latest"
    // The summary is in nobody's comparison.
    if name != "summary.json" { #expect(throws: FileError.self) { try replay(plan) } }
    #expect((try? reproduce(snapshot: "latest", of: book.book, jobs: 1).isSame) != true)
    #expect(try !book.verify().isSound)
    #expect(try listSnapshots(of: book.book).count == 1)
    _ = try book.run()
    #expect(mkfifo("\(book.book.snapshots)/keep", 0o644) == 0)
    #expect(throws: FileError.self) { try listSnapshots(of: book.book) }
  }
}
