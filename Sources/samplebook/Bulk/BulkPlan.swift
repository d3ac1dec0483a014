import EventLog
import Files
import Foundation
import Workers

/// A bulk log as a value: event number so-and-so is a pure function of it.
///
/// That makes a copy of an earlier event, in this segment or another, as cheap as a new one, and lets any
/// number of workers write segments in any order.
struct BulkPlan: Sendable {
  let eventCount: Int
  let leadCount: Int
  let segmentCount: Int
  let seed: UInt64

  /// 2024-11-01 and the two years from there, in milliseconds.
  static let start: Int64 = 1_730_419_200_000
  static let span: Int64 = 730 * 86_400_000

  var accountCount: Int { max(1, leadCount / 10) }

  /// Returns the numbers of a segment's events.
  func events(inSegment segment: Int) -> Range<Int> {
    eventCount * segment / segmentCount..<eventCount * (segment + 1) / segmentCount
  }

  /// Writes all segments into the folder `log`.
  func write(to log: String, form: LogForm, level: Int) throws {
    let words = BulkWords(firstDay: Self.start / 86_400_000, dayCount: 731)
    try parallel(segmentCount, jobs: ProcessInfo.processInfo.activeProcessorCount) { segment in
      try write(segment, to: log, form: form, level: level, words: words)
    }
  }

  private func write(
    _ segment: Int, to log: String, form: LogForm, level: Int, words: BulkWords
  ) throws {
    let digits = String(segment + 1)
    let name = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    let ending = form == .gzip ? "ndjson.gz" : "ndjson"
    let file = try AtomicFile(to: "\(log)/\(name).\(ending)")
    let writer = form == .gzip ? BlockGzipWriter(level: level, sink: file.write) : nil
    // 1 MiB, so that the buffer stays near the core while calls are few.
    var lines = LineBuffer(capacity: 1 << 20)
    let source = BulkEvents(plan: self, words: words)
    for event in events(inSegment: segment) {
      if !lines.hasRoom {
        try writer?.write(lines.bytes) ?? file.write(lines.bytes)
        lines.removeAll()
      }
      source.append(event, to: &lines)
    }
    try writer?.write(lines.bytes) ?? file.write(lines.bytes)
    try writer?.finish()
    try file.commit()
  }
}
