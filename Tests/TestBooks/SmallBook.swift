import Definition
import Engine
import EventLog
import Foundation
import Nightly
import Reading
import Upkeep

/// A book of two appended segments and a snapshot, small enough to try every damage there is.
package final class SmallBook {
  package let scratch: ScratchBook
  package var book: Book { scratch.book }
  private let definition: Definition
  /// The sheets of the sound log, as bytes.
  private var sheets: [[UInt8]] = []

  private static let text = """
    name: small
    interactions: { view: { type: page_view } }
    scores: { s: { points: { view: 1 } } }
    """

  /// Makes a book of two segments with that many events each.
  package init(eventCount: Int = 3) throws {
    scratch = try ScratchBook()
    definition = try Definition.load(text: SmallBook.text, file: "d.yaml")
    let appender = try LogAppender(log: scratch.book.log)
    for segment in 0..<2 {
      var span = EventSpan()
      let lines = (0..<eventCount).map { index in
        span.add(time: 1000)
        return #"{"id":"\#(segment)-\#(index)","time":"1970-01-01T00:00:01Z","type":"page_view","#
          + #""lead":"l\#(index)"}"# + "\n"
      }
      _ = try appender.append(
        lines: lines.map { Array($0.utf8) }, span: span, appended: Int64(segment))
    }
    // A file that has just changed is not trusted to stay as it looks, and gets no sheet.
    usleep(60_000)
    try scratch.run(definition: SmallBook.text, asOf: "2026-01-01T00:00:00Z")
    sheets = try read()
  }

  /// Every file of the book but the lock, by its path below the book.
  package func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: book.root).filter { path in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: "\(book.root)/\(path)", isDirectory: &isFolder)
      return !isFolder.boolValue && path != "lock" && !path.hasPrefix("snapshots/latest")
    }.sorted()
  }

  package func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(book.root)/\(path)")))
  }

  /// Writes over a file in place, so that it is the same file with other bytes.
  package func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open("\(book.root)/\(path)", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    defer { close(descriptor) }
    let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    precondition(count == bytes.count, "\(path) cannot be written")
  }

  package func verify(
    _ depth: VerifyPlan.Depth = .checksums, expecting head: String? = nil
  ) throws -> VerifyReport {
    try Upkeep.verify(VerifyPlan(book: book, depth: depth, expectedHead: head, jobs: 1))
  }

  /// Reads the log as a run does, through the cache; returns its sheets as bytes.
  package func read(salvages: Bool = false) throws -> [[UInt8]] {
    try readings(salvages: salvages).flatMap { $0.sheets.map { Array($0.region) } }
  }

  package func readings(salvages: Bool) throws -> [SegmentReading] {
    let reader = try LogReader(log(salvages: salvages))
    return try reader.sheets(for: ReadingPlan(definition), .apart).readings
  }

  /// Whether a run would stop, or come to the same results.
  package func isNeverSilentlyDifferent() -> Bool {
    guard let found = try? read() else { return true }
    return found == sheets
  }

  /// Publishes again.
  package func run(salvages: Bool = false) throws -> RunReport {
    try Nightly.run(
      RunPlan(log(salvages: salvages), definition, asOf: 1_000_000, refusedShareMax: 1))
  }

  private func log(salvages: Bool) -> Log {
    var log = Log(of: book, jobs: 1)
    log.salvages = salvages
    return log
  }
}
