import Definition
import Engine
import EventLog
import Reading

/// Outcomes from a CSV with the columns `lead`, `time` and `outcome`, which take the place of the log's own.
///
/// Each row is read as an outcome event, so that merges name its lead, forgets erase it and the as-of
/// leaves it out like any other.
struct GivenOutcomes {
  let file: String
  /// Rows that are outcomes.
  private(set) var rows = 0
  /// Rows that are not, by reason.
  private(set) var refused: [String: Int] = [:]

  init(file: String) { self.file = file }

  /// Reads the file as the sheets of a log that a definition is to judge.
  ///
  /// - Throws: `FileError`, or `RunError` where the file is no such CSV.
  package mutating func sheets(for definition: Definition) throws -> [Sheet] {
    var columns = ColumnChoices()
    columns.members = [
      ("type", .text("outcome")), ("lead", .column("lead")), ("time", .column("time")),
      ("outcome", .column("outcome")),
    ]
    let decoder = SegmentDecoder(plan: ReadingPlan(definition))
    let reading = try readForeignSegment(
      Segment(input: file), decoder, form: IntakeForm(.csv, columns: columns), nil)
    rows = reading.eventCount
    refused = [:]
    for refusal in reading.sheets.flatMap(\.refusals) {
      refused[refusal.reason.name, default: 0] += 1
    }
    return reading.sheets
  }
}
