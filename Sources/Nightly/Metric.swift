import Definition
import Notation

/// One metric of a run: a gauge with a sample for each value of its label, or a single one without.
struct Metric {
  let name: String
  let help: String
  /// Label and value as they are written; nil where an earlier run's are carried over.
  private let samples: [(label: String, value: String)]?

  init(_ name: String, _ help: String, _ value: String?) {
    self.init(name, help, value.map { [("", $0)] })
  }

  init(_ name: String, _ help: String, by label: String, _ values: [(String, Int)]?) {
    self.init(name, help, values?.map { (",\(label)=\"\($0)\"", "\($1)") })
  }

  private init(_ name: String, _ help: String, _ samples: [(label: String, value: String)]?) {
    self.name = "scorebook_\(name)"
    self.help = help
    self.samples = samples
  }

  /// Returns it in the text format of Prometheus; nothing if it has no sample.
  ///
  /// `labels`: those that all samples have.
  ///
  /// `old`: the lines of the file before.
  func text(labels: String, old: [String]) -> String {
    let lines =
      samples?.map { "\(name){\(labels)\($0.label)} \($0.value)" }
      ?? old.filter { $0.hasPrefix("\(name){\(labels)") }
    if lines.isEmpty { return "" }
    return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n" + lines.joined(separator: "\n") + "\n"
  }
}

extension Metric {
  /// What every run has.
  static func ofRun(exitCode: Int32, seconds: Double, now: Milliseconds) -> [Metric] {
    [
      Metric("last_run_timestamp_seconds", "When the last run ended.", unixSeconds(now)),
      Metric("last_run_exit_code", "Exit code of the last run.", "\(exitCode)"),
      Metric(
        "last_run_duration_seconds", "How long the last run took.",
        roundedDecimal(seconds, places: 3)),
      Metric(
        "last_run_peak_memory_bytes", "Most memory that the last run had at a time.",
        "\(peakMemoryBytes())"),
    ]
  }

  /// What only a run that published has; of others' reports there is none.
  static func ofResults(_ report: RunReport?, now: Milliseconds) -> [Metric] {
    let events = report?.summary.events
    let changes = report?.changes
    return [
      Metric(
        "last_success_timestamp_seconds", "When a run last published.",
        report.map { _ in unixSeconds(now) }),
      Metric(
        "as_of_timestamp_seconds", "The time the latest results are true for.",
        report.flatMap { eventTime($0.summary.asOf) }.map(unixSeconds)),
      Metric(
        "events", "Lines of the log by what became of them; they add up to those read.", by: "fate",
        events.map {
          [
            ("used", $0.used), ("duplicate", $0.duplicates), ("future", $0.future),
            ("erased", $0.erased), ("forget", $0.forgets), ("refused", $0.refused),
          ]
        }),
      Metric(
        "refused_ratio", "The share of the lines read that are refused, 0 to 1.",
        events.map {
          roundedDecimal(Double($0.refused) / Double(max(1, $0.read)), places: 6)
        }),
      Metric("leads", "Known leads.", report.map { "\($0.summary.leads.known)" }),
      Metric("accounts", "Known accounts.", report.map { "\($0.summary.accounts.known)" }),
      Metric(
        "leads_changed", "Leads new and gone since the snapshot before.", by: "change",
        report.map { _ in changes.map { [("new", $0.leads.new), ("gone", $0.leads.gone)] } ?? [] }),
      Metric("log_segments", "Segments of the log.", report.map { "\($0.segments)" }),
      Metric("log_bytes", "Bytes of the log on disk.", report.map { "\($0.logBytes)" }),
      Metric(
        "snapshot_bytes", "Bytes of the latest snapshot.", report.map { "\($0.snapshotBytes)" }),
    ]
  }
}

private func unixSeconds(_ time: Milliseconds) -> String {
  shortestDecimal(Double(time) / 1000)
}
