import Definition
import EventLog
import Foundation
import Intake
import Reading

/// What an append is to do.
package struct AppendPlan: Sendable {
  package var book: Book
  package var form: IntakeForm
  /// Paths, or `-` for standard input.
  package var files: [String]

  package init(book: Book, form: IntakeForm = IntakeForm(), files: [String]) {
    self.book = book
    self.form = form
    self.files = files
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
  /// By what the format calls a record: how many events of each type such records became.
  package var becameByKind: [String: [String: Int]] = [:]
  /// Records appended that came without an id and got one made from their content.
  package var madeIDs = 0
  /// The new segment; absent where nothing was appended.
  package var segment: String?
  /// The file of refused lines; absent without any.
  package var quarantine: String?
}

extension AppendReport {
  /// Counts a record that became these events.
  fileprivate mutating func count(_ record: Record, _ events: [ValidEvent]) {
    appended += 1
    if record.hasMadeID { madeIDs += 1 }
    for event in events {
      eventsByType[event.type, default: 0] += 1
      if let kind = record.kind { becameByKind[kind, default: [:]][event.type, default: 0] += 1 }
    }
  }
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
      let input =
        file == "-"
        ? Segment(path: file, file: "/dev/stdin", byteCount: 0) : Segment(input: file)
      _ = try readRecords(of: input, form: plan.form) { record, taking in
        try intake.take(record, taking, from: file)
      }
    }
  } catch {
    draft.abandon()
    throw error
  }
  return try intake.commit(to: appender)
}

/// Takes records in, one at a time, and keeps the counts in balance.
private struct Intake {
  private let plan: AppendPlan
  private let draft: SegmentDraft
  private let appended = currentMilliseconds()
  private var span = EventSpan()
  private var report = AppendReport()
  private var quarantine: QuarantineFile?

  init(_ plan: AppendPlan, draft: SegmentDraft) {
    self.plan = plan
    self.draft = draft
  }

  mutating func take(_ record: Record, _ taking: Taking, from file: String) throws {
    report.lines += 1
    switch taking {
    case .skipped(let reason):
      report.skipped += 1
      report.skippedByReason[reason, default: 0] += 1
    case .refused(let reason): try refuse(record, from: file, reason)
    case .events(let events, let sound):
      for event in sound { span.add(time: event.time) }
      for event in events { try draft.write(event + [UInt8(ascii: "\n")]) }
      report.count(record, sound)
    }
  }

  private mutating func refuse(_ record: Record, from file: String, _ reason: String) throws {
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
      line: record.bytes, byteCount: record.byteCount, source: file, number: record.line,
      reason: reason)
  }

  /// Commits what was refused, then what is appended; only then is either true.
  consuming func commit(to appender: LogAppender) throws -> AppendReport {
    try quarantine?.commit()
    report.events = span.eventCount
    if span.eventCount == 0 {
      draft.abandon()
    } else {
      let entry = try appender.commit(draft, span: span, appended: appended)
      report.segment = entry.path
    }
    return report
  }
}
