import Engine
import EventLog
import Files
import Identity
import Reading
import Workers

/// The ids of all events of some segments: sheets have hashes of them alone, so they come from the lines.
///
/// Who tells of a few asks `EventNames`.
struct EventIDs: Sendable {
  /// Of each segment.
  private let columns: [IDColumn]
  /// Of each sheet, the number of its segment.
  private let segments: [Int]

  /// Reads all lines of some segments.
  ///
  /// `readings`: of these segments, with the sheets that places are of; what was salvaged of one is not whole.
  init(
    of readings: [SegmentReading], form: IntakeForm, _ plan: ReadingPlan, jobs: Int
  ) throws {
    var distinct: [SegmentReading] = []
    segments = readings.flatMap { reading in
      // A segment that is known in part stands there once for each part.
      if distinct.last?.segment.path != reading.segment.path { distinct.append(reading) }
      return reading.sheets.map { [number = distinct.count - 1] _ in number }
    }
    let (all, columns) = (distinct, Slots<IDColumn>(distinct.count))
    try parallel(all.count, jobs: jobs) { number in
      columns[number] = try IDColumn(
        of: all[number].segment, form, plan, isDamaged: all[number].salvage != nil)
    }
    self.columns = columns.elements
  }

  /// Nil where there is no event.
  func id(at place: EventPlace) -> String? {
    columns[segments[Int(place.sheet)]].id(ofLine: place.line)
  }
}

/// The ids of a segment's events, one behind the other.
struct IDColumn: Sendable {
  private var lines: [UInt32] = []
  private var bytes: [UInt8] = []
  /// Where each of them ends.
  private var ends: [Int] = []

  /// `isDamaged`: whether what stands behind damage is left out.
  init(
    of segment: Segment, _ form: IntakeForm, _ plan: ReadingPlan, isDamaged: Bool = false
  ) throws {
    do {
      try read(segment, form, EventTextReader(plan: plan))
    } catch let error as FileError where isDamaged && error.kind == .damaged {}
  }

  private mutating func read(
    _ segment: Segment, _ form: IntakeForm, _ reader: EventTextReader
  ) throws {
    if form.format == .native {
      _ = try readLines(of: segment) { batch in
        if !batch.isOverlong { take(batch.bytes, firstLine: batch.firstLine, reader) }
      }
      return
    }
    var line = 1
    _ = try readRecords(of: segment, form: form) { _, result in
      guard case .events(let events, _) = result else { return }
      for event in events {
        let text = event + [UInt8](repeating: 0, count: LineBatch.paddingByteCount)
        text.withUnsafeBytes {
          take(UnsafeRawBufferPointer(rebasing: $0[..<event.count]), firstLine: line, reader)
        }
        line += 1
      }
    }
  }

  /// Takes some lines, behind the last one of which there are as many zeros as a reader looks at.
  private mutating func take(
    _ text: UnsafeRawBufferPointer, firstLine: Int, _ reader: EventTextReader
  ) {
    let text = text.assumingMemoryBound(to: UInt8.self)
    var (start, line) = (0, firstLine)
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      if let id = reader.id(of: UnsafeBufferPointer(rebasing: text[start..<end])) {
        lines.append(UInt32(clamping: line))
        bytes.append(contentsOf: id)
        ends.append(bytes.count)
      }
      (start, line) = (end + 1, line + 1)
    }
  }

  func id(ofLine line: UInt32) -> String? {
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle] < line { low = middle + 1 } else { high = middle }
    }
    guard low < lines.count, lines[low] == line else { return nil }
    return String(decoding: bytes[(low == 0 ? 0 : ends[low - 1])..<ends[low]], as: UTF8.self)
  }
}
