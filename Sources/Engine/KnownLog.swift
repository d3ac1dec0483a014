import Definition
import EventLog
import Reading
import Snapshots

/// The segments of a log, and what of them was known at a time.
///
/// When a segment became known stands in the chain, and only there: a file's own times change with
/// every copy.
struct KnownLog: Sendable {
  /// Of the whole log, in its order.
  let segments: [Segment]
  /// The known-at that has the same events, now and after whatever will be appended; nil where the log
  /// cannot tell.
  let knownAt: Milliseconds?
  /// By segment, the parts it was appended in; nil where all is known.
  private var parts: [[Part]]?

  /// Lines of a segment that were appended at one time.
  struct Part {
    var lineCount = Int.max
    var isKnown: Bool
    /// Nil where the log cannot tell.
    var appended: String?
  }

  /// - Throws: `EventLogError` or `RunError` where there are no segments, or the log cannot tell what was
  ///   known.
  init(_ plan: RunPlan) throws {
    let root = plan.log
    segments = try plan.listSegments()
    if let knownAt = plan.knownAt {
      let times = AppendTimes(try Chain(log: root))
      try times.check(segments, in: root)
      let time = timeText(milliseconds: knownAt)
      parts = segments.map { segment in
        times.parts(of: segment).map {
          Part(lineCount: $0.lineCount, isKnown: $0.appended <= time, appended: $0.appended)
        }
      }
      self.knownAt = knownAt
      guard parts?.joined().contains(where: \.isKnown) ?? true else {
        throw RunError(
          .noInput, "\(root): nothing had been appended by \(time)",
          hint: "the first segment was appended at \(times.first(of: segments) ?? "no time")")
      }
    } else {
      // Of a damaged chain nothing is known; to find fault with it is not this one's work.
      let times = (try? Chain(log: root)).map(AppendTimes.init)
      parts = nil
      self.knownAt = times?.last(of: segments).flatMap { eventTime($0) }
    }
  }

  /// Takes no other segments for known than those of a snapshot whose log cannot tell times.
  ///
  /// - Throws: `RunError` where one of them is gone.
  mutating func know(only records: [Manifest.SegmentRecord], in root: String) throws {
    let paths = Set(segments.map(\.path))
    if let gone = records.first(where: { !paths.contains($0.path) }) {
      throw RunError(
        .noInput, "\(root)/\(gone.path): gone, and the snapshot was made from it",
        hint: "bring it back, or recompute from what there is with --as-of")
    }
    let known = Set(records.map(\.path))
    parts = segments.map { [Part(isKnown: known.contains($0.path))] }
  }

  /// Which segments have their events in merged sheets; nil where something came later, so that sheets are
  /// not merged.
  func cover(by cache: SheetCache, jobs: Int) -> SheetCover? {
    guard parts?.joined().allSatisfy(\.isKnown) ?? true else { return nil }
    return cache.cover(of: segments, jobs: jobs)
  }

  /// The parts that a segment was appended in; nil where all is known.
  func parts(ofSegment index: Int) -> [Part]? { parts?[index] }

  /// Whether a line of a segment is known.
  func isKnown(line: Int, ofSegment index: Int) -> Bool {
    guard let parts = parts?[index] else { return true }
    var end = 0
    for part in parts.dropLast() {
      end += part.lineCount
      if line <= end { return part.isKnown }
    }
    return parts.last?.isKnown ?? true
  }

  /// Tells what was known from what came later, reading segments again of which only a part was.
  ///
  /// `readings`: of all segments, in order.
  ///
  /// `tellsTimes`: whether what came later is told apart by when it came, too.
  func dated(
    _ readings: [SegmentReading], plan: ReadingPlan, tellsTimes: Bool = false
  ) throws -> [DatedReading] {
    guard let parts else {
      return readings.map { DatedReading(reading: $0, part: Part(isKnown: true)) }
    }
    return try zip(readings, parts).flatMap { reading, parts in
      guard parts.areMixed(tellingTimes: tellsTimes) else {
        return [DatedReading(reading: reading, part: parts.first ?? Part(isKnown: false))]
      }
      let apart = try readParts(
        of: reading.segment, lineCounts: parts.map(\.lineCount), plan: plan)
      return zip(apart, parts).map { DatedReading(reading: $0, part: $1) }
    }
  }
}

extension [KnownLog.Part] {
  /// Whether some are known and some are not, or came later at other times.
  func areMixed(tellingTimes: Bool) -> Bool {
    Set(map(\.isKnown)).count > 1
      || tellingTimes && Set(filter { !$0.isKnown }.map(\.appended)).count > 1
  }
}

/// A segment as a run has read it, or a part of one, and whether it is known.
struct DatedReading: Sendable {
  var reading: SegmentReading
  var part: KnownLog.Part
  var isKnown: Bool { part.isKnown }
}

extension [DatedReading] {
  var known: [SegmentReading] { filter(\.isKnown).map(\.reading) }

  /// All sheets, and of each whether it is known; nil where all are.
  var sheets: (all: [Sheet], isKnown: [Bool]?) {
    let all = flatMap(\.reading.sheets)
    if allSatisfy(\.isKnown) { return (all, nil) }
    return (all, flatMap { [Bool](repeating: $0.isKnown, count: $0.reading.sheets.count) })
  }

  /// The same, merged where all are known.
  ///
  /// `cover`: what was not read because merged sheets have it; nil where sheets are not to be merged.
  func sheets(
    _ cover: SheetCover?, mergedBy cache: SheetCache, plan: ReadingPlan, jobs: Int
  ) throws -> (all: [Sheet], isKnown: [Bool]?) {
    guard let cover else { return sheets }
    return (try cache.merged(map(\.reading), cover, plan: plan, jobs: jobs), nil)
  }
}
