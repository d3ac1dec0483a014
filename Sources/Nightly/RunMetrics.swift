import Engine
import Notation

extension MetricsFile {
  /// Does a run's work and writes its metrics, however it ends.
  ///
  /// `pipeline`: the file of the definition, which tells several of one book apart.
  ///
  /// `work`: hands out the report of what it published, even if it then fails.
  ///
  /// - Throws: What the work throws, else `FileError` where the file cannot be written.
  package func aroundRun(
    pipeline: String, _ notify: Notify, _ work: (inout RunReport?) throws -> Void
  ) throws {
    try around(notify, work) { ending, report in
      try write(
        Metric.ofRun(ending) + Metric.ofResults(report, time: ending.time),
        labels: "\(bookLabel),\(pathLabel("pipeline", pipeline))",
        leaving: Metric.ofAppend(nil, nil))
    }
  }
}

extension Metric {
  /// What every run has.
  static func ofRun(_ ending: WorkEnding?) -> [Metric] {
    ofLast("run", ending) + [
      Metric(
        "last_run_peak_memory_bytes", "Most memory that the last run had at a time.",
        ending.map { _ in "\(peakMemoryBytes())" })
    ]
  }

  /// What only a run that published has; of others' reports there is none.
  ///
  /// `time`: when it ended.
  static func ofResults(_ report: RunReport?, time: Milliseconds) -> [Metric] {
    let events = report?.summary.events
    let changes = report?.changes
    return [
      Metric(
        "last_success_timestamp_seconds", "When a run last published.",
        report.map { _ in unixSeconds(time) }),
      Metric(
        "latest_stays",
        "1 where latest stays with a snapshot of a definition of another name, else 0.",
        report.map { $0.latestStays == nil ? "0" : "1" }),
      Metric(
        "as_of_timestamp_seconds", "The time the last results are true for.",
        report.flatMap { eventTime($0.summary.asOf) }.map(unixSeconds)),
      Metric(
        "events", "Lines of the log by what became of them; they add up to those read.", by: "fate",
        events.map {
          [
            ("used", $0.used), ("duplicate", $0.duplicates), ("future", $0.future),
            ("erased", $0.erased), ("forget", $0.forgets), ("withdraw", $0.withdraws),
            ("withdrawn", $0.withdrawn), ("ignored", $0.ignored),
            ("refused", $0.refused),
          ]
        }),
      Metric(
        "withdraws_without_effect", "Withdraws that met nothing.",
        events.map { "\($0.withdrawsWithoutEffect)" }),
      Metric(
        "merges_not_joined", "Merges that the definition holds back.",
        events.map { "\($0.notJoined)" }),
      Metric(
        "refused_ratio", "The share of the lines read that are refused, 0 to 1.",
        events.map { roundedDecimal(RefusedShare($0.refused, of: $0.read).value, places: 6) }),
      Metric("leads", "Known leads.", report.map { "\($0.summary.leads.known)" }),
      Metric("accounts", "Known accounts.", report.map { "\($0.summary.accounts.known)" }),
      Metric(
        "leads_changed", "Leads new and gone since the snapshot before.", by: "change",
        report.map { _ in changes.map { [("new", $0.leads.new), ("gone", $0.leads.gone)] } ?? [] }),
      Metric("log_segments", "Segments of the log.", report.map { "\($0.segments)" }),
      Metric("log_bytes", "Bytes of the log on disk.", report.map { "\($0.logBytes)" }),
      Metric(
        "snapshot_bytes", "Bytes of the last snapshot.", report.map { "\($0.snapshotBytes)" }),
    ]
  }
}
