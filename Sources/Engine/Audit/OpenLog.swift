import Definition
import EventLog
import Reading
import Snapshots

/// The whole log in the sheets of one reading half, and what of it each of two sides knows.
struct OpenLog {
  private(set) var sheets: [Sheet] = []
  private(set) var isKnown: (a: [Bool], b: [Bool]) = ([], [])
  /// Where the lines of each sheet begin among all places of the log: the segment, then the line.
  private(set) var positions: [UInt64] = []

  /// `logs`: the same log, as each side knows it.
  init(
    _ logs: (a: KnownLog, b: KnownLog), _ reading: ReadingPlan, _ cache: SheetCache, jobs: Int
  ) throws {
    let segments = logs.b.segments
    let readings = try readSegments(
      segments, plan: reading, cache: cache, jobs: jobs, vouching: logs.b.vouching
    ) { _ in }
    for (index, whole) in readings.enumerated() {
      let parts = (logs.a.parts(ofSegment: index), logs.b.parts(ofSegment: index))
      let isMixed = [parts.0, parts.1].contains { parts in
        Set((parts ?? []).map(\.isKnown)).count > 1
      }
      let counts = (parts.0 ?? parts.1 ?? []).map(\.lineCount)
      let pieces =
        isMixed
        ? try readParts(of: segments[index], lineCounts: counts, plan: reading) : [whole]
      for (part, piece) in pieces.enumerated() {
        for sheet in piece.sheets {
          sheets.append(sheet)
          isKnown.a.append(OpenLog.isKnown(part, parts.0))
          isKnown.b.append(OpenLog.isKnown(part, parts.1))
          positions.append(UInt64(index) << 32)
        }
      }
    }
  }

  /// A side that knows a segment as one part knows all of its parts alike.
  private static func isKnown(_ part: Int, _ parts: [KnownLog.Part]?) -> Bool {
    guard let parts else { return true }
    return part < parts.count ? parts[part].isKnown : parts.last?.isKnown ?? true
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
