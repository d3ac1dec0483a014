import ArgumentParser
import Definition
import Engine
import Nightly
import Upkeep

struct AppendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "append",
    abstract: "Validates events and appends them to the book's log.",
    discussion: """
      Reads files or standard input ('-'), gzip or plain, writes what is an event as new segments \
      and sets the rest aside in BOOK/quarantine. When it returns, the events survive power loss. \
      What the log has already is not added again, so a file that has grown, or an append that was \
      cut off, is completed by appending the same once more.

      EXAMPLES
        tail -n +1 -F /var/log/nginx/access.log | scorebook append --book acme --from access-log -
        scorebook append --book acme --from access-log /var/log/nginx/access.log
        scorebook append --book acme --from segment calls.json.gz
        scorebook append --book acme --from csv --set type=profile --map lead=Email \
          --map 'time=Last Modified' --map 'fields.job_title=Job Title' contacts.csv

      EXIT STATUS
        0 appended; 64 usage; 65 damaged input, every line refused, or more than --max-refused; 66 no such \
      file; 73, 74 files; 75 locked
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var patience: WaitOption
  @OptionGroup var output: OutputOptions

  @OptionGroup var intake: IntakeOptions

  @Option(
    name: .long,
    help: ArgumentHelp("How many events become durable together, at most.", valueName: "n"))
  var batchEvents = BatchLimits().eventCount

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How long a line of a pipe waits to become durable, at most.", valueName: "seconds"))
  var batchSeconds = Double(BatchLimits().milliseconds) / 1000

  @Flag(name: .long, help: "Merge small segments afterwards, as 'scorebook log compact' does.")
  var compact = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How much may be refused, as 1% or 0.01, without an exit code of 65; anything but all unless given.",
      valueName: "share"))
  var maxRefused: Share?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write metrics for Prometheus' node_exporter, into the file that the book's runs write.",
      valueName: "file"))
  var metricsFile: String?

  @Argument(help: "The files, or - for standard input.")
  var files: [String] = ["-"]

  func validate() throws {
    if batchEvents < 1 { throw ValidationError("--batch-events: at least 1, not \(batchEvents)") }
    if !(0.001...86_400 ~= batchSeconds) {
      throw ValidationError("--batch-seconds: from 0.001 to 86400, not \(batchSeconds)")
    }
  }

  package func run() throws {
    stopOnSignals()
    try reportingErrors(asJSON: output.json) {
      guard let metricsFile else {
        var uncounted: IntakeCounts?
        return try run(nil, &uncounted)
      }
      let file = MetricsFile(metricsFile, of: book.open())
      let view = RunView(MessageLog(), showsProgress: false)
      try file.aroundAppend(view.show) { try run(file, &$0) }
    }
  }

  /// `counts`: what has been counted of what is durable.
  private func run(_ metrics: MetricsFile?, _ counts: inout IntakeCounts?) throws {
    let noun = intake.from.hasLines ? "line" : "record"
    let plan = AppendPlan(
      book: book.open(), form: intake.form, files: files,
      batch: BatchLimits(eventCount: batchEvents, milliseconds: Int64(batchSeconds * 1000)),
      compacts: compact, waitMax: patience.length)
    var durable = IntakeCounts()
    let report = try append(plan) { batch in
      durable += batch.counts
      counts = durable
      metrics?.noteAppend(durable)
      try output.json ? printJSONLine(batch) : printLines([line(batch, countedIn: noun)])
    }
    counts = report.counts
    try output.json ? printJSON(report) : printLines(lines(report, countedIn: noun))
    try report.checkRefused(shareMax: maxRefused?.value, of: intake.from)
  }
}

/// The line for a batch that is durable while there is more to read.
private func line(_ batch: BatchReport, countedIn noun: String) -> String {
  "committed \(balance(batch.counts, countedIn: noun))" + (batch.segment.map { ", \($0)" } ?? "")
}

private func lines(_ report: AppendReport, countedIn noun: String) -> [String] {
  var lines = [balance(report.counts, countedIn: noun)]
  lines += report.skippedByReason.inOrder.map { "  skipped  \($0): \(grouped($1))" }
  lines += report.refusedByReason.inOrder.map { "  refused  \($0): \(grouped($1))" }
  lines += report.eventsByType.inOrder.map { "  event    \($0): \(grouped($1))" }
  lines += report.becameByKind.sorted { $0.key < $1.key }.map { kind, types in
    let became = types.inOrder.map { "\($0): \(grouped($1))" }
    return "  became   \(kind) -> \(became.joined(separator: ", "))"
  }
  if report.madeIDs > 0 {
    let they = report.madeIDs == 1 ? "it" : "they"
    lines.append("  ids      \(grouped(report.madeIDs)) made from what \(they) said")
  }
  if report.placeholders > 0 {
    lines.append(
      "  nobody   \(counted(report.placeholders, "key")) such as 'undefined' passed over")
  }
  if let unfinished = report.skippedByReason["unfinished"] {
    lines.append(
      "  waiting  \(counted(unfinished, "last line")) without a line feed, perhaps still being written; "
        + "--complete takes it as it is")
  }
  lines += report.hints.map { "  hint     \($0)" }
  if let first = report.segments.first, let last = report.segments.last {
    let segments = first == last ? "segment   \(first)" : "segments  \(first) to \(last)"
    lines.append("\(segments), \(counted(report.events, "event"))")
  } else {
    lines.append("nothing to append")
  }
  if let quarantine = report.quarantine { lines.append("refused   \(quarantine)") }
  if let compaction = report.compaction { lines += mergeLines(compaction) }
  if let head = report.head { lines.append("head      \(head)") }
  return lines
}

extension [String: Int] {
  fileprivate var inOrder: [(String, Int)] { sorted { $0.key < $1.key } }
}

private func balance(_ counts: IntakeCounts, countedIn noun: String) -> String {
  "\(counted(counts.lines, noun)) = \(grouped(counts.appended)) appended"
    + " + \(grouped(counts.duplicate)) duplicate + \(grouped(counts.skipped)) skipped"
    + " + \(grouped(counts.refused)) refused"
}
