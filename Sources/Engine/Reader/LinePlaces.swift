import EventLog
import Identity

/// Finds where in the log an event stands, by its place among the sheets that are known.
package struct LinePlaces: Sendable {
  /// By sheet, its first segment, and where the lines of each of them end.
  private let origins: [(segment: Int, ends: [Int])]
  /// All segments, by their numbers.
  package let segments: [Segment]

  package init(_ sheets: LogSheets) {
    segments = sheets.readings.map(\.segment)
    origins = zip(sheets.origins, sheets.isKnown ?? sheets.all.map { _ in true }).compactMap {
      origin, isKnown in
      guard isKnown else { return nil }
      var end = 0
      return (
        origin.lowerBound,
        // The lines of one segment are numbered through all of its sheets.
        origin.count == 1
          ? []
          : sheets.readings[origin].map { reading in
            end += reading.summary.lineCount
            return end
          }
      )
    }
  }

  /// The number of the segment, and the line in it.
  package func callAsFunction(_ place: EventPlace) -> (segment: Int, line: Int) {
    let (first, ends) = origins[Int(place.sheet)]
    let line = Int(place.line)
    guard let index = ends.firstIndex(where: { line <= $0 }), index > 0 else {
      return (first, line)
    }
    return (first + index, line - ends[index - 1])
  }
}
