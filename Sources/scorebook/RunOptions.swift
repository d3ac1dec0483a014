import ArgumentParser
import Audit
import Definition
import Nightly
import Notation
import Snapshots

/// A length of time, written `30s`, `90m`, `12h`, `30d` or `2w`.
struct TimeSpan: ExpressibleByArgument {
  var length: Milliseconds

  init?(argument: String) {
    if argument.hasSuffix("s"), let seconds = Int64(argument.dropLast()), 0...86_400 ~= seconds {
      length = seconds * 1000
    } else if let length = duration(argument) {
      self.length = length
    } else {
      return nil
    }
  }
}

/// Which old snapshots stay.
struct KeepOptions: ParsableArguments {
  @Option(
    name: .customLong("keep"),
    help: ArgumentHelp(
      "Keep snapshots that are at most this much older than the newest: 12h, 30d, 2w.",
      valueName: "duration"))
  var within: TimeSpan?

  @Option(
    name: .customLong("keep-last"),
    help: ArgumentHelp("Keep the newest so many snapshots.", valueName: "n"))
  var last: Int?

  @Option(
    name: .customLong("keep-monthly"),
    help: ArgumentHelp(
      "Keep the newest snapshot of each of the last so many months.", valueName: "n"))
  var monthly: Int?

  func validate() throws {
    for (name, count) in [("--keep-last", last), ("--keep-monthly", monthly)] {
      if let count, count < 1 { throw ValidationError("\(name): \(count) is too few; at least 1") }
    }
  }

  var rules: KeepRules { KeepRules(within: within?.length, last: last, monthly: monthly) }
}

/// How patient a command is.
struct WaitOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How long to wait for another process that writes to the book: 30s, 10m.",
      valueName: "duration"))
  var wait: TimeSpan?

  var length: Milliseconds { wait?.length ?? 0 }
}

/// What watches over a run that nobody watches.
struct UnattendedOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Print nothing unless the run fails.")
  var quiet = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How messages on standard error are written: text, or json for log collectors.",
      valueName: "format"))
  var logFormat = LogFormat.text

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write metrics for Prometheus' node_exporter, whatever comes of the run.", valueName: "file"))
  var metricsFile: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A shell command to run after a new snapshot is published; $1 is the snapshot's path.",
      valueName: "command"))
  var onChange: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Read this share of the segments again, without the cache, and compare: 0.1%.",
      valueName: "share"))
  var selfCheck = Share(value: 0)

  var log: MessageLog { MessageLog(format: logFormat, isQuiet: quiet) }
}
