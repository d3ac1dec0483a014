import ArgumentParser
import Definition
import Engine

/// What the analyst's commands work on: a book's log and a definition.
struct TrialOptions: ParsableArguments {
  @OptionGroup var book: BookOption
  @OptionGroup var definition: DefinitionOption

  @OptionGroup var otherLog: LogOption

  @OptionGroup var knowledge: KnownAtOption

  @Option(
    name: .long, help: ArgumentHelp("How many workers; never changes a result.", valueName: "n"))
  var jobs: Int = processorCount

  func validate() throws {
    try checkJobs(jobs)
  }

  var source: Log {
    Log(of: book.open(), root: otherLog.path, knownAt: knowledge.resolve(), jobs: jobs)
  }

  /// - Throws: `DefinitionFaults`, or `RunError` where there is no such definition.
  func loadDefinition() throws -> Definition { try definition.load(in: book.open()) }

  var file: String { definition.path(in: book.open()) }
}

/// `--set PATH=VALUE`.
extension Setting: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

/// How a report is printed.
struct ReportOptions: ParsableArguments {
  @OptionGroup var output: OutputOptions

  @Flag(name: .long, help: "Print the report as CSV.")
  var csv = false

  func validate() throws {
    if csv, output.json { throw ValidationError("--csv and --json: choose one") }
  }
}

extension ReportOptions {
  /// Prints a report in the form that was asked for.
  func show(
    _ report: some Encodable, text: (Ink) -> [String], csv rows: () -> [[String]]
  ) throws {
    if output.json {
      try printJSON(report)
    } else if csv {
      try printCSV(rows())
    } else {
      try printLines(text(Ink()))
    }
  }
}
