import Definition
import EventLog
import Reading
import Snapshots

/// The whole log in the sheets of one reading half, and what of it each of two sides knows.
struct OpenLog {
  private(set) var sheets: [Sheet] = []
  /// Of each sheet, as each side knows it.
  private(set) var parts: (a: [KnownLog.Part], b: [KnownLog.Part]) = ([], [])
  /// Where the lines of each sheet begin among all places of the log: the segment, then the line.
  private(set) var positions: [UInt64] = []

  /// `logs`: the same log, as each side knows it.
  init(
    _ logs: (a: KnownLog, b: KnownLog), _ reading: ReadingPlan, _ cache: SheetCache, jobs: Int
  ) throws {
    let segments = logs.b.segments
    let readings = try readSegments(segments, plan: reading, cache: cache, jobs: jobs) { _ in }
    for (index, whole) in readings.enumerated() {
      let found = (logs.a.parts(ofSegment: index), logs.b.parts(ofSegment: index))
      let isMixed = [found.0, found.1].contains { $0?.areMixed(tellingTimes: true) ?? false }
      let counts = (found.0 ?? found.1 ?? []).map(\.lineCount)
      let pieces =
        isMixed
        ? try readParts(of: segments[index], lineCounts: counts, plan: reading) : [whole]
      for (part, piece) in pieces.enumerated() {
        for sheet in piece.sheets {
          sheets.append(sheet)
          parts.a.append(OpenLog.part(part, of: found.0))
          parts.b.append(OpenLog.part(part, of: found.1))
          positions.append(UInt64(index) << 32)
        }
      }
    }
  }

  /// A side that knows a segment as one part knows all of its parts alike.
  private static func part(_ index: Int, of parts: [KnownLog.Part]?) -> KnownLog.Part {
    let part = parts.flatMap { index < $0.count ? $0[index] : $0.last }
    return part ?? KnownLog.Part(isKnown: true)
  }
}

/// Which segments there are, and what of them a subject knows.
func knownLog(
  _ subject: AuditSubject, in root: String, of book: Book, jobs: Int
) throws -> KnownLog {
  if let form = subject.manifest?.from {
    throw RunError(
      .badData, "the snapshot was made from files of another format: \(form)",
      hint: "append them to a book, so that there are events to point to")
  }
  if subject.manifest?.salvaged != nil {
    throw RunError(
      .badData, "the snapshot was made from what was whole of a damaged log",
      hint: "mend the log and run again; a salvaged snapshot cannot be made a second time")
  }
  var run = RunPlan(
    book: book, log: root, definition: subject.definition, asOf: subject.asOf, jobs: jobs)
  run.knownAt = subject.knownAt
  var log = try KnownLog(run)
  if subject.knownAt == nil, let manifest = subject.manifest {
    try log.know(only: manifest.segments, in: root)
  }
  return log
}
