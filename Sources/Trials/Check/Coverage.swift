import Definition
import Engine
import Reading

/// What of a definition a log exercises, and what of the log no interaction matches.
///
/// Of the lines as they stand: copies count, and so does what a forget erases. The counts balance:
/// `read = refused + ignored + ownMeaning + matched + unmatched`.
package struct CoverageReport: Encodable, Sendable {
  package var read = 0
  package var refused = 0
  /// What `ignore` leaves out.
  package var ignored = 0
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

/// Counts what a book's log exercises of a definition: all of it stands in the sheets.
///
/// - Throws: `FileError` or `RunError`.
package func coverage(
  of definition: Definition, in book: Book, jobs: Int = processorCount,
  notify: @escaping Notify = { _ in }
) throws -> CoverageReport {
  let sheets = try LogReader.read(Log(of: book, jobs: jobs), notify: notify) {
    try $0.sheets(for: ReadingPlan(definition), .withoutEvents)
  }
  return CoverageReport(definition, sheets.pieces.known.flatMap(\.sheets))
}

extension CoverageReport {
  fileprivate init(_ definition: Definition, _ sheets: [Sheet]) {
    var occurrences = [Int](repeating: 0, count: definition.interactions.count)
    var types: [String: Int] = [:]
    for sheet in sheets {
      read += sheet.lineCount
      refused += sheet.refusals.count
      ignored += sheet.ignoredCounts.reduce(0, +)
      for (eventClass, count) in zip(sheet.eventClasses, sheet.classCounts)
      where eventClass.isActivity {
        matched += Int(count)
        for interaction in eventClass.interactions { occurrences[Int(interaction)] += Int(count) }
      }
      for (type, count) in sheet.unmatchedTypes { types[type, default: 0] += count }
    }
    unmatched = types.values.reduce(0, +)
    ownMeaning = read - refused - ignored - matched - unmatched
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
