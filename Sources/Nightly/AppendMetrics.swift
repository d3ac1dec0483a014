import Engine
import Notation
import Upkeep

extension MetricsFile {
  /// Does an append's work and writes its metrics, however it ends.
  ///
  /// `work`: hands out what it has counted, even if it then fails.
  ///
  /// - Throws: What the work throws, else `FileError` where the file cannot be written.
  package func aroundAppend(
    _ notify: Notify, _ work: (inout IntakeCounts?) throws -> Void
  ) throws {
    try around(notify, work) { try write($0, $1) }
  }

  /// Writes the metrics of an append that goes on, as far as it has come.
  ///
  /// A file that cannot be written holds no append up; its end says so.
  package func noteAppend(_ counts: IntakeCounts) {
    try? write(ending(exitCode: 0), counts)
  }

  private func write(_ ending: WorkEnding, _ counts: IntakeCounts?) throws {
    try write(
      Metric.ofAppend(ending, counts), labels: bookLabel,
      leaving: Metric.ofRun(nil) + Metric.ofResults(nil, time: ending.time))
  }
}

extension Metric {
  /// `counts`: nil of an append that failed before it counted anything.
  static func ofAppend(_ ending: WorkEnding?, _ counts: IntakeCounts?) -> [Metric] {
    ofLast("append", ending) + [
      Metric(
        "last_append_lines",
        "Lines of the last append by what became of them; they add up to those read.", by: "fate",
        counts.map {
          [
            ("appended", $0.appended), ("duplicate", $0.duplicate), ("skipped", $0.skipped),
            ("refused", $0.refused),
          ]
        }),
      Metric(
        "last_append_refused", "Lines that the last append refused, by reason.", by: "reason",
        counts.map { $0.refusedByReason.sorted { $0.key < $1.key } }),
      Metric(
        "last_append_refused_ratio", "The share of the lines read that it refused, 0 to 1.",
        counts.map { roundedDecimal(RefusedShare($0.refused, of: $0.lines).value, places: 6) }),
      Metric(
        "last_append_events", "Events that the last append added to the log.",
        counts.map { "\($0.events)" }),
    ]
  }
}
