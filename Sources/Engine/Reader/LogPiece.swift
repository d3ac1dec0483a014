import Reading

/// A segment as it has been read, or a part of one, and who knows it.
package struct LogPiece: Sendable {
  package var reading: SegmentReading
  /// The segment's number in the log.
  package var segment: Int
  /// By side, what it is of the segment; most have only one side.
  package var parts: [KnownSegments.Part]

  package var isKnown: Bool { parts[0].isKnown }
}

extension [LogPiece] {
  /// What is known.
  package var known: [SegmentReading] { filter(\.isKnown).map(\.reading) }

  /// All sheets, and of each whether it is known; nil where all are.
  package var sheets: (all: [Sheet], isKnown: [Bool]?) {
    let all = flatMap(\.reading.sheets)
    if allSatisfy(\.isKnown) { return (all, nil) }
    return (all, flatMap { [Bool](repeating: $0.isKnown, count: $0.reading.sheets.count) })
  }
}

/// Tells what some know from what came later, reading segments again of which only a part is known.
///
/// `readings`: of all segments, in order.
///
/// `sides`: of the same segments.
///
/// `tellsTimes`: whether what came later is told apart by when it came, too.
func cutIntoPieces(
  _ readings: [SegmentReading], knownBy sides: [KnownSegments], plan: ReadingPlan, tellsTimes: Bool
) throws -> [LogPiece] {
  try readings.enumerated().flatMap { index, whole in
    let parts = sides.map { $0.parts(ofSegment: index) ?? [] }
    let isMixed = parts.contains { $0.areMixed(tellingTimes: tellsTimes) }
    let lineCounts = (parts.max { $0.count < $1.count } ?? []).map(\.lineCount)
    let read =
      isMixed ? try readParts(of: whole.segment, lineCounts: lineCounts, plan: plan) : [whole]
    return read.enumerated().map { part, reading in
      LogPiece(
        reading: reading, segment: index,
        parts: parts.map { parts in
          // One who knows a segment as one part knows all of its parts alike.
          (part < parts.count ? parts[part] : parts.last) ?? KnownSegments.Part(isKnown: true)
        })
    }
  }
}

extension [KnownSegments.Part] {
  /// Whether some are known and some are not, or came later at other times.
  fileprivate func areMixed(tellingTimes: Bool) -> Bool {
    Set(map(\.isKnown)).count > 1
      || tellingTimes && Set(filter { !$0.isKnown }.map(\.appended)).count > 1
  }
}
