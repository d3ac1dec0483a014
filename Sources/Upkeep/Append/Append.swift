import Engine
import EventLog
import Files
import Foundation
import Notation
import Reading

/// What an append is to do.
package struct AppendPlan: Sendable {
  package var book: Book
  package var form: IntakeForm
  /// Paths, or `-` for standard input.
  package var files: [String]
  package var batch: BatchLimits
  /// Whether small segments are merged afterwards.
  package var compacts: Bool
  /// How long to wait for another process that writes to the book.
  package var waitMax: Milliseconds

  package init(
    book: Book, form: IntakeForm = IntakeForm(), files: [String],
    batch: BatchLimits = BatchLimits(), compacts: Bool = false, waitMax: Milliseconds = 0
  ) {
    self.book = book
    self.form = form
    self.files = files
    self.batch = batch
    self.compacts = compacts
    self.waitMax = waitMax
  }
}

/// When what was read so far becomes a segment, though there is more to read.
package struct BatchLimits: Sendable {
  package var eventCount: Int
  /// How many bytes of event lines.
  package var byteCount: Int
  /// How long a line of a pipe may wait to become durable; files are not cut by time.
  package var milliseconds: Int64

  /// - Parameters:
  ///   - eventCount: a million, some 30 MB of gzip: enough for a segment to be worth opening.
  ///   - byteCount: for logs with long lines; the draft itself is on disk, so memory does not depend on it.
  ///   - milliseconds: five seconds, a guess at what somebody who watches a log bears.
  package init(
    eventCount: Int = 1_000_000, byteCount: Int = 256 << 20, milliseconds: Int64 = 5000
  ) {
    self.eventCount = eventCount
    self.byteCount = byteCount
    self.milliseconds = milliseconds
  }
}

/// Appends the events in some files to the book's log, batch by batch, each durable and whole or not there.
///
/// Lines whose events the log has already are not appended again, so what was cut off by a fault is completed
/// by appending the same files again.
///
/// `committed`: told of each batch that became durable before all was read.
///
/// - Throws: `FileError`, or what the format finds wrong; batches before the fault stay.
package func append(
  _ plan: AppendPlan, committed: (BatchReport) throws -> Void = { _ in }
) throws -> AppendReport {
  // Before anything is made: a mistyped name should leave nothing behind.
  for file in plan.files where file != "-" && access(file, R_OK) != 0 {
    throw FileError(
      errno == ENOENT || errno == ENOTDIR ? .noInput : .io, path: file,
      message: "cannot open: \(String(cString: strerror(errno)).lowercased())")
  }
  try plan.book.makeFolder(plan.book.root)
  let lock = try plan.book.lock(waitMax: plan.waitMax)
  defer { lock.release() }
  let appender = try openLog(of: plan.book)
  return try withoutActuallyEscaping(committed) { committed in
    let batches = try AppendBatches(plan, appender, committed)
    do {
      for file in plan.files {
        let input = InputFile(file)
        batches.beginSource(input)
        _ = try readRecords(
          of: input.segment, form: plan.form, beforeRead: batches.waits(for: input),
          batches.take)
      }
      var report = try batches.finish()
      if plan.compacts { report.compaction = try compact(plan.book, appender) }
      report.head = appender.chain.entries.last?.head
      return report
    } catch {
      throw batches.abandon(because: error)
    }
  }
}

/// Opens a book's log for writing and enters what a killed append left without its entry in the chain.
func openLog(of book: Book) throws -> LogAppender {
  let appender = try LogAppender(log: book.log)
  guard let stray = try appender.stray() else { return appender }
  let validator = EventValidator()
  var span = EventSpan()
  var isOurs = true
  let summary = try? readLines(of: stray) { batch in
    if batch.isOverlong { isOurs = false }
    for line in batch.bytes.split(separator: UInt8(ascii: "\n")) {
      guard let event = try? validator.read([Array(line)]).first else {
        isOurs = false
        return
      }
      span.add(time: event.time)
    }
  }
  // Whatever is not whole events to its end is no segment of ours, and none of our business.
  guard let summary, isOurs, summary.lineCount == span.eventCount else { return appender }
  _ = try appender.enter(stray: stray, summary, span: span)
  return appender
}
