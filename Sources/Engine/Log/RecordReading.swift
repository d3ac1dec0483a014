import Definition
import EventLog
import Intake
import Reading

/// What a record came to once its events were looked at, too.
package enum RecordResult {
  /// Sound events, each a line of the log without its line feed.
  case events([[UInt8]], [ValidEvent])
  case skipped(String)
  case refused(String)
}

/// Reads a file of any format from its start to its end and hands on each record with what it came to.
///
/// `beforeRead`: told the descriptor before each read, which may block.
///
/// - Throws: `RunError` where the file is not of the format, as its first records tell; `FileError` where it
///   cannot be read or is damaged; and what `body` throws.
package func readRecords(
  of input: Segment, form: IntakeForm, beforeRead: ((Int32) throws -> Void)? = nil,
  _ body: (Record, RecordResult) throws -> Void
) throws -> SegmentSummary {
  var reader = form.reader()
  var gate = FormatGate(form.format, file: input.path)
  let validator = EventValidator()
  func take(_ record: Record) throws {
    let result = result(record, validator)
    try gate.check(result)
    try body(record, result)
  }
  do {
    let summary = try readBytes(of: input, beforeRead: beforeRead) { bytes in
      try gate.look(bytes)
      try reader.take(bytes, take)
    }
    try gate.lookAtEnd()
    // What was compressed was whole before; only a plain file is as long as what it holds.
    let isPlain = summary.byteCount == summary.inflatedByteCount
    try reader.finish(isCut: form.awaitsLineEnd && isPlain, take)
    try gate.finish()
    return summary
  } catch let fault as FormatFault {
    throw gate.error(fault)
  }
}

private func result(_ record: Record, _ validator: EventValidator) -> RecordResult {
  switch record.outcome {
  case .skipped(let reason): return .skipped(reason)
  case .refused(let reason): return .refused(reason)
  case .events(let events):
    do throws(Refusal) {
      return .events(events, try validator.read(events))
    } catch {
      // A record's events are made by one reader and stand or fall together.
      return .refused(error.name)
    }
  }
}
