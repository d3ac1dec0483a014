import Definition
import Engine
import EventLog
import Files
import Foundation
import Intake
import Notation
import Reading
import Workers

/// A file of an append, or standard input.
struct InputFile {
  let name: String
  let segment: Segment
  /// Whether somebody may still be writing to it, so that nobody knows when the next line comes.
  let isPipe: Bool

  init(_ name: String) {
    self.name = name
    segment = Segment(input: name)
    var status = stat()
    let code = segment == .standardInput ? fstat(STDIN_FILENO, &status) : stat(name, &status)
    isPipe = code != 0 || status.st_mode & S_IFMT != S_IFREG
  }
}

/// Takes records in, one at a time, gathers their events in batches, and keeps the counts in balance.
///
/// What a batch set aside is durable before the batch is, so a line is never neither here nor there.
final class AppendBatches {
  private let plan: AppendPlan
  private let appender: LogAppender
  private let committed: (BatchReport) throws -> Void
  private let known: KnownLines
  private let quarantine: QuarantineJournal
  private var file = ""
  private var isPipe = false
  private var draft: SegmentDraft?
  private var span = EventSpan()
  private var draftByteCount = 0
  private var counts = IntakeCounts()
  /// When the oldest line of the batch was read, by a clock that nothing sets back.
  private var began: UInt64?
  private var report = AppendReport()

  init(
    _ plan: AppendPlan, _ appender: LogAppender, _ committed: @escaping (BatchReport) throws -> Void
  ) throws {
    self.plan = plan
    self.appender = appender
    self.committed = committed
    known = KnownLines()
    quarantine = QuarantineJournal(
      in: plan.book.quarantine, name: "append", time: currentMilliseconds())
    let listing = try SegmentListing(log: plan.book.log, isLocked: true)
    for item in LogInventory(listing, chain: appender.chain).items {
      known.add(item.segment, span: item.span)
    }
  }

  /// Begins with a file; equal lines within one are not copies of each other.
  func beginSource(_ input: InputFile) {
    file = input.name
    isPipe = input.isPipe
    known.beginSource()
  }

  /// Returns what to do before each read of a file that may keep its reader waiting: commit when the time has
  /// come, even though no line does.
  func waits(for input: InputFile) -> ((Int32) throws -> Void)? {
    guard input.isPipe else { return nil }
    return { [self] descriptor in
      while true {
        try Interruption.check()
        let left = millisecondsLeft
        if left <= 0 {
          try commit(isLast: false)
        } else if isReadable(descriptor, withinMilliseconds: left) {
          return
        }
      }
    }
  }

  /// How long the oldest line of the batch may wait; a while, where there is none.
  private var millisecondsLeft: Int64 {
    guard let began else { return 60_000 }
    return plan.batch.milliseconds
      - Int64((DispatchTime.now().uptimeNanoseconds - began) / 1_000_000)
  }

  func take(_ record: Record, _ taking: RecordResult) throws {
    if began == nil { began = DispatchTime.now().uptimeNanoseconds }
    counts.lines += 1
    counts.placeholders += record.placeholderCount
    switch taking {
    case .skipped(let reason):
      counts.skipped += 1
      counts.skippedByReason[reason, default: 0] += 1
    case .refused(let reason): try refuse(record, reason)
    case .events(let events, let sound): try take(record, events, sound)
    }
    if span.eventCount >= plan.batch.eventCount || draftByteCount >= plan.batch.byteCount {
      try commit(isLast: false)
    }
  }

  private func take(_ record: Record, _ events: [[UInt8]], _ sound: [ValidEvent]) throws {
    var new: [ValidEvent] = []
    for (line, event) in zip(events, sound) {
      if try known.take(LineDigest(line), time: event.time) { continue }
      let draft = try self.draft ?? appender.beginSegment()
      self.draft = draft
      try draft.write(line + [UInt8(ascii: "\n")])
      draftByteCount += line.count + 1
      span.add(time: event.time)
      new.append(event)
    }
    counts.count(record, new)
  }

  private func refuse(_ record: Record, _ reason: String) throws {
    counts.refused += 1
    counts.refusedByReason[reason, default: 0] += 1
    if let hint = record.hint, !report.hints.contains(hint), report.hints.count < hintCountMax {
      report.hints.append(hint)
    }
    try quarantine.add(
      line: record.bytes, byteCount: record.byteCount, source: file, number: record.line,
      element: record.number, reason: reason)
  }

  /// Commits what was refused, then what is appended; only then is either true.
  private func commit(isLast: Bool) throws {
    try quarantine.sync()
    var segment: String?
    if let draft {
      let entry = try appender.commit(draft, span: span, appended: currentMilliseconds())
      segment = entry.path
      report.segments.append(entry.path)
      known.noteSaved(
        in: Segment(
          path: entry.path, file: "\(plan.book.log)/\(entry.path)", byteCount: entry.bytes,
          isInChain: true),
        span: span.range)
    }
    report.counts += counts
    let batch = BatchReport(counts: counts, segment: segment)
    draft = nil
    span = EventSpan()
    draftByteCount = 0
    counts = IntakeCounts()
    began = nil
    if !isLast { try committed(batch) }
  }

  /// Commits the rest; returns what it all came to.
  func finish() throws -> AppendReport {
    try commit(isLast: true)
    report.quarantine = quarantine.path
    return report
  }

  /// Gives up the batch at hand; returns the error that tells of those before it.
  ///
  /// Of a pipe that a signal interrupts, what has been read is committed: nobody may be able to send it again.
  func abandon(because error: any Error) -> any Error {
    var error = error
    if let interrupted = error as? Interrupted {
      do {
        if isPipe { try commit(isLast: false) }
        error = Interrupted(signal: interrupted.signal, state: state)
      } catch let fault { error = fault }
    }
    draft?.abandon()
    quarantine.abandon()
    guard report.counts.events > 0, let error = error as? FileError else { return error }
    return FileError(
      error.kind, path: error.path, message: error.message,
      hint:
        "\(report.counts.events) events before it are in the log; append the same again when it "
        + "is mended: nothing is added twice")
  }

  private var state: String {
    "\(report.counts.events) events are in the log; append the same again for the rest: nothing is added twice"
  }
}

/// How many hints are given: those of a whole column say the same.
private let hintCountMax = 3

extension EventSpan {
  fileprivate var range: ClosedRange<Int64>? {
    if let first, let last { first...last } else { nil }
  }
}

extension LogInventory.Item {
  /// The times that the segment's events span; nil where nobody knows.
  var span: ClosedRange<Milliseconds>? {
    guard let first = entry?.first.flatMap({ eventTime($0) }),
      let last = entry?.last.flatMap({ eventTime($0) }), first <= last
    else { return nil }
    return first...last
  }
}
