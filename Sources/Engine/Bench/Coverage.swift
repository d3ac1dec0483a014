import Definition
import EventLog
import Reading

/// What of a definition a log exercises, and what of the log no interaction matches.
///
/// Of the lines as they stand: copies count, and so does what a forget erases. The counts balance:
/// `read = refused + ownMeaning + matched + unmatched`.
package struct CoverageReport: Encodable, Sendable {
  package var read = 0
  package var refused = 0
  /// Events of the types that are never an interaction: profiles, merges, forgets, outcomes.
  package var ownMeaning = 0
  package var matched = 0
  package var unmatched = 0
  package var interactions: [Interaction] = []
  /// Events that are no occurrence of any interaction, by their type; most first.
  package var unmatchedByType: [TypeCount] = []

  package struct Interaction: Encodable, Sendable {
    package var name: String
    package var occurrences: Int
    /// The scores that have a rule for it.
    package var scores: [String]
  }

  package struct TypeCount: Encodable, Sendable {
    package var type: String
    package var events: Int
  }
}

/// Counts what a book's log exercises of a definition.
///
/// Which events match stands in the sheets; of what type the others are only their text tells, so the
/// log is read again: it takes about as long as a run without a cache.
///
/// - Throws: `EventLogError` or `RunError`.
package func coverage(
  of definition: Definition, in book: Book, jobs: Int = processorCount,
  notify: @escaping Notify = { _ in }
) throws -> CoverageReport {
  let look = RunPlan(book: book, definition: definition, asOf: 0, jobs: jobs)
  let reader = try LogReader(look, notify: notify)
  let readings = try reader.readings(for: ReadingPlan(definition))
  let counted = Slots<SegmentCoverage>(readings.count)
  try parallel(readings.count, jobs: jobs) { index in
    var coverage = SegmentCoverage(
      readings[index], interactionCount: definition.interactions.count)
    try coverage.readTypes(of: readings[index].segment)
    counted[index] = coverage
  }
  return CoverageReport(definition, counted.elements)
}

/// What one segment exercises.
private struct SegmentCoverage {
  private(set) var read = 0
  private(set) var refused = 0
  private(set) var matched = 0
  /// By interaction.
  private(set) var occurrences: [Int]
  private(set) var unmatchedByType: [String: Int] = [:]
  /// The lines of events that match nothing, in order.
  private(set) var unmatchedLines: [Int] = []

  init(_ reading: SegmentReading, interactionCount: Int) {
    occurrences = [Int](repeating: 0, count: interactionCount)
    for sheet in reading.sheets {
      read += sheet.lineCount
      refused += sheet.refusals.count
      let classes = sheet.eventClasses
      var counts = [Int](repeating: 0, count: classes.count)
      for row in UnsafeBufferPointer(start: sheet.rows, count: sheet.rowCount) {
        counts[row.eventClass] += 1
        let eventClass = classes[row.eventClass]
        if eventClass.kind == .ordinary, !eventClass.isActivity {
          unmatchedLines.append(sheet.lineBase + Int(row.line))
        }
      }
      for (eventClass, count) in zip(classes, counts) where eventClass.isActivity {
        matched += count
        for interaction in eventClass.interactions { occurrences[Int(interaction)] += count }
      }
    }
    unmatchedLines.sort()
  }

  /// Reads the types of the events that match nothing from the segment's text.
  mutating func readTypes(of segment: Segment) throws {
    if unmatchedLines.isEmpty { return }
    let validator = EventValidator()
    var next = unmatchedLines[...]
    _ = try readLines(of: segment) { batch in
      if batch.isOverlong { return }
      var number = batch.firstLine
      for line in batch.bytes.split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      {
        defer { number += 1 }
        // Behind a batch's last line feed there is nothing, and no line.
        guard next.first == number, !line.isEmpty else { continue }
        next.removeFirst()
        // It has been taken for an event before.
        if let event = try? validator.read([Array(line)]).first {
          unmatchedByType[event.type, default: 0] += 1
        }
      }
    }
  }
}

extension CoverageReport {
  fileprivate init(_ definition: Definition, _ segments: [SegmentCoverage]) {
    var occurrences = [Int](repeating: 0, count: definition.interactions.count)
    var types: [String: Int] = [:]
    for segment in segments {
      read += segment.read
      refused += segment.refused
      matched += segment.matched
      unmatched += segment.unmatchedLines.count
      for (index, count) in segment.occurrences.enumerated() { occurrences[index] += count }
      types.merge(segment.unmatchedByType, uniquingKeysWith: +)
    }
    ownMeaning = read - refused - matched - unmatched
    interactions = definition.interactions.enumerated().map { index, interaction in
      let scores = definition.scores.filter { score in
        guard case .points(let rules, _) = score.source else { return false }
        return rules.contains { $0.interaction == index }
      }
      return Interaction(
        name: interaction.name, occurrences: occurrences[index], scores: scores.map(\.name))
    }
    unmatchedByType = types.map { TypeCount(type: $0.key, events: $0.value) }.sorted {
      $0.events == $1.events
        ? $0.type.utf8.lexicographicallyPrecedes($1.type.utf8) : $0.events > $1.events
    }
  }
}
