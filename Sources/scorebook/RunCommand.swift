import ArgumentParser
import Definition
import Engine

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Recomputes everything and publishes a snapshot.",
    discussion: """
      Reads the whole log, judges every lead and account as of a time, and publishes the results \
      under BOOK/snapshots, where 'latest' then points. Lines that are no events go to \
      BOOK/quarantine with their reason.

      EXAMPLE
        scorebook run --book acme -p pipelines/b2b.yaml --as-of 2026-11-01T00:00:00Z

      EXIT STATUS
        0 published; 64 usage; 65 bad data or definition; 66 no such log; 73, 74 files; 75 locked
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var definition: DefinitionOption
  @OptionGroup var time: AsOfOption
  @OptionGroup var output: OutputOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Read the log in DIR, in place, instead of the book's own.", valueName: "dir"))
  var log: String?

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

  @Flag(name: .long, help: "Also print seconds, bytes and events of each stage.")
  var measure = false

  func validate() throws {
    if intake.from != .native, log == nil {
      throw ValidationError("--from: a book's own log has one format; add --log DIR")
    }
    if !files.isEmpty, intake.from == .native {
      throw ValidationError("--files: the log's own segments have their names; add --from FORMAT")
    }
    if jobs < 1 { throw ValidationError("--jobs: \(jobs) is too few; at least 1 worker") }
  }

  func run() throws {
    try reportingErrors(asJSON: output.json) {
      let plan = RunPlan(
        book: book.open(), log: log, form: intake.form, filePatterns: files,
        definition: try definition.load(in: book.open()),
        asOf: time.resolve(), jobs: jobs, refusedShareMax: maxRefused.value)
      let progress = ProgressBar(isShown: !output.json)
      let report = try Engine.run(plan) { progress.show($0, of: $1) }
      progress.finish()
      if output.json {
        try printJSON(report)
      } else {
        printRun(report, definition: plan.definition)
        if measure { printStages(report) }
      }
    }
  }
}
