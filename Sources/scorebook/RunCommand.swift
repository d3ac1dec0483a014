import ArgumentParser
import Definition
import Engine
import Foundation
import Nightly

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Recomputes everything and publishes a snapshot.",
    discussion: """
      Reads the whole log, judges every lead and account as of a time, and publishes the results \
      under BOOK/snapshots, where 'latest' then leads; it stays where it is if it leads to a snapshot of \
      a definition of another name, unless --latest is given. What changed since the snapshot before is in \
      changes.csv. Lines that are no events go to BOOK/quarantine with their reason. On a terminal \
      it prints a report; elsewhere, as from cron, one line.

      EXAMPLE
        scorebook run --book acme -p pipelines/b2b.yaml --as-of 2026-11-01T00:00:00Z

      EXIT STATUS
        0 published; 1 the self-check found a difference; 64 usage; 65 bad data or definition; \
      66 no such log; 73, 74 files; 74 also: published, but pruning, --on-change or the metrics \
      failed; 75 locked; a signal that stops it is what it ends by (in a shell 130, 143)
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var definition: DefinitionOption
  @OptionGroup var time: AsOfOption
  @OptionGroup var knowledge: KnownAtOption
  @OptionGroup var output: OutputOptions

  @OptionGroup var otherLog: LogOption

  @OptionGroup var intake: IntakeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Which files of another format to read: a pattern of their paths below DIR.",
      valueName: "pattern"))
  var files: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How much of the log may be refused: a percentage, or a share from 0 to 1.",
      valueName: "share"))
  var maxRefused = Share(value: 0.01)

  @Option(
    name: .long, help: ArgumentHelp("How many workers; never changes a result.", valueName: "n"))
  var jobs: Int = processorCount

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Tell changes since this snapshot; the one before unless given.", valueName: "snapshot"))
  var since: String?

  @Flag(
    name: .long,
    help: "Let 'latest' lead to the snapshot even if it leads to one of another definition.")
  var latest = false

  @OptionGroup var keep: KeepOptions
  @OptionGroup var unattended: UnattendedOptions
  @OptionGroup var patience: WaitOption

  @Flag(name: .long, help: "Print the long report even where standard output is no terminal.")
  var details = false

  @Flag(
    name: .long,
    help: "Read what is whole of a damaged log, and say in the snapshot what is lost.")
  var salvage = false

  @OptionGroup var inflation: InflationOption

  @Flag(name: .long, help: "Also print seconds, bytes and events of each stage.")
  var measure = false

  @Flag(
    name: .long,
    help: "Also write ledger.csv.gz: every contribution and adjustment, which add up to raw.")
  var ledger = false

  func validate() throws {
    if intake.from != .native, otherLog.path == nil {
      throw ValidationError("--from: a book's own log has one format; add --log DIR")
    }
    if !files.isEmpty, intake.from == .native {
      throw ValidationError("--files: the log's own segments have their names; add --from FORMAT")
    }
    if salvage, intake.form.format != .native {
      throw ValidationError("--salvage: only of the log's own format can parts be read")
    }
    try checkJobs(jobs)
  }

  package func run() throws {
    stopOnSignals()
    let log = unattended.log
    try reportingErrors(asJSON: output.json, log: log) {
      let view = RunView(log, showsProgress: !output.json)
      defer { view.finish() }
      try measuring(view) { published in
        let plan = try plan()
        let report = try Nightly.run(plan, notify: view.show)
        published = report
        view.finish()
        try show(report, plan.definition)
        try report.followUp(onChange: unattended.onChange)
      }
    }
  }

  private func plan() throws -> RunPlan {
    var source = Log(
      of: book.open(), root: otherLog.path, form: intake.form, filePatterns: files,
      knownAt: knowledge.resolve(), jobs: jobs)
    source.salvages = salvage
    source.inflationLimit = inflation.limit
    var plan = RunPlan(
      source, try definition.load(in: book.open()), asOf: time.resolve(),
      refusedShareMax: maxRefused.value)
    plan.selfCheckShare = unattended.selfCheck.value
    plan.since = since
    plan.wantsLedger = ledger
    plan.movesLatest = latest
    plan.keep = keep.rules
    plan.waitMax = patience.length
    return plan
  }

  private func show(_ report: RunReport, _ definition: Definition) throws {
    unattended.log.info("published \(report.snapshot)", snapshot: report.snapshot)
    if output.json { return try printJSON(report) }
    if unattended.quiet { return }
    let isLong = details || isatty(STDOUT_FILENO) == 1
    try printLines(isLong ? runReport(report, definition: definition) : [runLine(report)])
    if measure { try printLines(stageTable(report)) }
  }

  private func measuring(
    _ view: RunView, _ work: (inout RunReport?) throws -> Void
  ) throws {
    guard let path = unattended.metricsFile else {
      var unmeasured: RunReport?
      return try work(&unmeasured)
    }
    let file = MetricsFile(path, of: book.open())
    try file.aroundRun(pipeline: definition.path(in: book.open()), view.show, work)
  }
}
