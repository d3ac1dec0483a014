import Definition
import EventLog
import Foundation
import Intake
import Reading

/// What the files given to an append are.
package enum IntakeFormat: String, Sendable, CaseIterable {
  case native
  case accessLog = "access-log"
}

/// What an append is to do.
package struct AppendPlan: Sendable {
  package var book: Book
  package var format: IntakeFormat
  /// Paths, or `-` for standard input.
  package var files: [String]
  /// Whether an access log's crawlers are kept.
  package var keepsCrawlers: Bool

  package init(book: Book, format: IntakeFormat, files: [String], keepsCrawlers: Bool = false) {
    self.book = book
    self.format = format
    self.files = files
    self.keepsCrawlers = keepsCrawlers
  }
}

extension AppendPlan {
  fileprivate var reader: any LineReader {
    switch format {
    case .native: NativeEvents()
    case .accessLog: AccessLog(keepsCrawlers: keepsCrawlers)
    }
  }
}

/// What an append did: `lines = appended + skipped + refused`.
package struct AppendReport: Codable, Sendable {
  package var schema = 1
  /// Lines read that are not blank.
  package var lines = 0
  /// Lines that became at least one event.
  package var appended = 0
  package var skipped = 0
  package var refused = 0
  package var skippedByReason: [String: Int] = [:]
  package var refusedByReason: [String: Int] = [:]
  package var events = 0
  package var eventsByType: [String: Int] = [:]
  /// The new segment; absent where nothing was appended.
  package var segment: String?
  /// The file of refused lines; absent without any.
  package var quarantine: String?
}

/// Appends the events in some files to the book's log as one new segment.
///
/// - Throws: `EventLogError`; then nothing has been appended.
package func append(_ plan: AppendPlan) throws -> AppendReport {
  // Before anything is made: a mistyped name should leave nothing behind.
  for file in plan.files where file != "-" && access(file, R_OK) != 0 {
    throw EventLogError(
      errno == ENOENT || errno == ENOTDIR ? .noInput : .io, path: file,
      message: "cannot open: \(String(cString: strerror(errno)).lowercased())")
  }
  try plan.book.makeFolder(plan.book.root)
  let lock = try BookLock(book: plan.book.root)
  defer { lock.release() }
  let appender = try LogAppender(log: plan.book.log)
  let draft = try appender.beginSegment()
  var intake = Intake(plan, draft: draft)
  do {
    for file in plan.files {
      intake.beginFile()
      let input =
        file == "-"
        ? Segment(path: file, file: "/dev/stdin", byteCount: 0) : Segment(input: file)
      try readLines(of: input) { batch in
        try intake.take(batch, from: file)
      }
    }
  } catch {
    draft.abandon()
    throw error
  }
  return try intake.commit(to: appender)
}

/// Takes lines in, one at a time, and keeps the counts in balance.
private struct Intake {
  private let plan: AppendPlan
  private let draft: SegmentDraft
  private let appended = currentMilliseconds()
  private let validator = EventValidator()
  private var reader: any LineReader
  private var span = EventSpan()
  private var report = AppendReport()
  private var quarantine: QuarantineFile?

  init(_ plan: AppendPlan, draft: SegmentDraft) {
    self.plan = plan
    self.draft = draft
    reader = plan.reader
  }

  /// Begins anew with what a reader remembers of a file: lines repeated within it.
  mutating func beginFile() { reader = plan.reader }

  mutating func take(_ batch: LineBatch, from file: String) throws {
    if batch.isOverlong {
      report.lines += 1
      try refuse(
        batch.bytes, byteCount: batch.byteCount, file, batch.firstLine, Refusal.tooLong.name)
      return
    }
    var number = batch.firstLine
    for line in batch.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      defer { number += 1 }
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) { continue }
      try take(UnsafeRawBufferPointer(rebasing: line), file, number)
    }
  }

  private mutating func take(_ line: UnsafeRawBufferPointer, _ file: String, _ number: Int) throws {
    report.lines += 1
    switch reader.read(line) {
    case .skipped(let reason):
      report.skipped += 1
      report.skippedByReason[reason, default: 0] += 1
    case .refused(let reason): try refuse(line, file, number, reason)
    case .events(let events):
      do throws(Refusal) {
        for event in events { span.add(time: try validator.time(of: event)) }
      } catch {
        // A line's events are made by one reader and stand or fall together.
        try refuse(line, file, number, error.name)
        return
      }
      for event in events { try draft.write(event + [UInt8(ascii: "\n")]) }
      report.appended += 1
    }
  }

  private mutating func refuse(
    _ line: UnsafeRawBufferPointer, byteCount: Int? = nil, _ file: String, _ number: Int,
    _ reason: String
  ) throws {
    report.refused += 1
    report.refusedByReason[reason, default: 0] += 1
    if quarantine == nil {
      try plan.book.makeFolder(plan.book.quarantine)
      let name = timeText(milliseconds: appended).filter { $0 != "-" && $0 != ":" && $0 != "." }
      let path = "\(plan.book.quarantine)/append-\(name).ndjson"
      quarantine = try QuarantineFile(to: path)
      report.quarantine = path
    }
    try quarantine?.add(
      line: line, byteCount: byteCount, source: file, number: number, reason: reason)
  }

  /// Commits what was refused, then what is appended; only then is either true.
  consuming func commit(to appender: LogAppender) throws -> AppendReport {
    try quarantine?.commit()
    report.events = span.eventCount
    report.eventsByType = validator.eventsByType
    if span.eventCount == 0 {
      draft.abandon()
    } else {
      let entry = try appender.commit(draft, span: span, appended: appended)
      report.segment = entry.path
    }
    return report
  }
}
