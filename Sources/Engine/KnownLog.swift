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
  /// What the chain says of the segments, which all that read them compare; nil of files of another format.
  let vouching: ChainVouching?
  /// By segment, the parts it was appended in; nil where all is known.
  private var parts: [[Part]]?

  /// Lines of a segment that were appended at one time.
  struct Part {
    var lineCount: Int
    var isKnown: Bool
  }

  /// - Throws: `EventLogError` where the chain is damaged or a segment of it is missing, unless that is to be
  ///   salvaged; `RunError` where there are no segments, or the log cannot tell what was known.
  init(_ plan: RunPlan) throws {
    let root = plan.log
    (segments, vouching) = try KnownLog.segments(plan)
    if let knownAt = plan.knownAt {
      let times = AppendTimes(try Chain(log: root))
      try times.check(segments, in: root)
      let time = timeText(milliseconds: knownAt)
      parts = segments.map { segment in
        times.parts(of: segment).map { Part(lineCount: $0.lineCount, isKnown: $0.appended <= time) }
      }
      self.knownAt = knownAt
      guard parts?.joined().contains(where: \.isKnown) ?? true else {
        throw RunError(
          .noInput, "\(root): nothing had been appended by \(time)",
          hint: "the first segment was appended at \(times.first(of: segments) ?? "no time")")
      }
    } else {
      // Only where what is whole is salvaged, a damaged chain comes so far; of that nothing is known.
      let times = (try? Chain(log: root)).map(AppendTimes.init)
      parts = nil
      self.knownAt = times?.last(of: segments).flatMap { eventTime($0) }
    }
  }

  /// The segments of a log and what its chain says of them.
  ///
  /// A writer may add to the chain between a look at the one and at the other; then both are looked at again.
  private static func segments(_ plan: RunPlan) throws -> ([Segment], ChainVouching?) {
    let chain = "\(plan.log)/\(chainFileName)"
    var attempts = 20
    while true {
      attempts -= 1
      let before = try fileStatus(chain, followingLinks: false)
      do {
        let segments = try plan.listSegments()
        return (segments, try ChainVouching(plan, segments))
      } catch let error as EventLogError {
        let after = try fileStatus(chain, followingLinks: false)
        if before == after || attempts == 0 { throw error }
      }
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
    parts = segments.map { [Part(lineCount: .max, isKnown: known.contains($0.path))] }
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
  func dated(_ readings: [SegmentReading], plan: ReadingPlan) throws -> [DatedReading] {
    guard let parts else { return readings.map { DatedReading(reading: $0, isKnown: true) } }
    return try zip(readings, parts).flatMap { reading, parts in
      let known = parts.count(where: \.isKnown)
      if known == 0 || known == parts.count {
        return [DatedReading(reading: reading, isKnown: known > 0)]
      }
      let apart = try readParts(
        of: reading.segment, lineCounts: parts.map(\.lineCount), plan: plan)
      return zip(apart, parts).map { DatedReading(reading: $0, isKnown: $1.isKnown) }
    }
  }
}

/// A segment as a run has read it, or a part of one, and whether it is known.
struct DatedReading: Sendable {
  var reading: SegmentReading
  var isKnown: Bool
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
