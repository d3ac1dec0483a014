import ArgumentParser
import Engine
import Exports
import Notation

/// The group of commands that bring results to where they are wanted.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Brings a snapshot to where its numbers are wanted.",
    discussion: """
      Each format gets the tables of a snapshot, typed as the definition says: leads, accounts, tallies, \
      memberships, and list_NAME for each list and persona. Names are mapped in one way: each byte but \
      a-z and 0-9 becomes _. A CRM gets what changed since it last acknowledged.

      EXAMPLE
        scorebook export parquet warehouse --book acme

      EXIT STATUS
        as each of its commands says
      """,
    subcommands: [
      ExportParquetCommand.self, ExportSQLiteCommand.self, ExportPostgresCommand.self,
      ExportNDJSONCommand.self,
      ExportSpreadsheetCommand.self,
      ExportCRMCommand.self,
    ])
}

/// Which snapshot is exported, and what of it.
struct ExportOptions: ParsableArguments {
  @OptionGroup var book: BookOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The snapshot: its name, latest, or a path to one.", valueName: "snapshot"))
  var snapshot = "latest"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only these of leads, accounts, tallies, memberships, lists, with commas between.",
      valueName: "tables"))
  var only: String?

  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try sections() }

  /// Opens the snapshot.
  func open(_ format: ExportFormat) throws -> Export {
    try Export(snapshot: snapshot, of: book.open(), only: sections(), as: format)
  }

  private func sections() throws -> Set<ExportSection> {
    guard let only else { return Set(ExportSection.allCases) }
    return Set(
      try only.split(separator: ",", omittingEmptySubsequences: false).map { word in
        guard let section = ExportSection(rawValue: String(word)) else {
          throw ValidationError(
            "--only: '\(word)' is none of leads, accounts, tallies, memberships, lists")
        }
        return section
      })
  }

  /// Tells what has been exported.
  func tell(_ description: ExportDescription, target: String) throws {
    if output.json { return try printJSON(description) }
    let rows = description.tables.map { [$0.name, grouped($0.rows ?? 0)] }
    try printLines(
      ["\(description.origin.snapshot) is in \(target)"]
        + aligned([["table", "rows"]] + rows, rightColumns: [1]))
  }
}

struct ExportParquetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parquet",
    abstract: "Writes a folder with a Parquet file for each table.",
    discussion: """
      Whole numbers are INT64, raw numbers DECIMAL(18,6), means DECIMAL(18,2), times TIMESTAMP in \
      milliseconds, UTC; empty cells are null. Types follow from the definition, so that many nights can \
      be read as one; each row has the as-of, the known-at and the definition. The folder is replaced whole.

      EXAMPLE
        scorebook export parquet warehouse/2026-11-01 --book acme

      EXIT STATUS
        0 done; 65 the snapshot is damaged, or a name cannot be mapped; 66 no such snapshot; 73, 74 cannot write
      """)

  @Argument(help: "The folder.")
  var target: String

  @OptionGroup var options: ExportOptions

  @Option(name: .long, help: "Workers; as many as there are processors unless given.")
  var jobs = processorCount

  func validate() throws { try checkJobs(jobs) }

  func run() throws {
    try reportingErrors(asJSON: options.output.json) {
      let export = try options.open(.parquet)
      try options.tell(try export.writeParquet(to: target, jobs: jobs), target: target)
    }
  }
}

struct ExportNDJSONCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ndjson",
    abstract: "Writes a JSON object for each row.",
    discussion: """
      Into a file where --only names one table, else into a folder with a file for each. Numbers are \
      numbers with every digit, empty cells null; each object has the as-of, the known-at and the definition.

      EXAMPLE
        scorebook export ndjson leads.ndjson --only leads --book acme

      EXIT STATUS
        0 done; 65 the snapshot is damaged, or a name cannot be mapped; 66 no such snapshot; 73, 74 cannot write
      """)

  @Argument(help: "The file or folder.")
  var target: String

  @OptionGroup var options: ExportOptions

  func run() throws {
    try reportingErrors(asJSON: options.output.json) {
      try options.tell(try options.open(.ndjson).writeNDJSON(to: target), target: target)
    }
  }
}

struct ExportSpreadsheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spreadsheet",
    abstract: "Writes a folder of CSV files that a spreadsheet opens as they are meant.",
    discussion: """
      UTF-8 with the mark that Excel asks for; before a text that a spreadsheet would run as a formula \
      stands an apostrophe. snapshot.csv says where the others come from.

      EXAMPLE
        scorebook export spreadsheet for-sales --only lists --book acme

      EXIT STATUS
        0 done; 65 the snapshot is damaged, or a name cannot be mapped; 66 no such snapshot; 73, 74 cannot write
      """)

  @Argument(help: "The folder.")
  var target: String

  @OptionGroup var options: ExportOptions

  func run() throws {
    try reportingErrors(asJSON: options.output.json) {
      try options.tell(try options.open(.spreadsheet).writeSpreadsheet(to: target), target: target)
    }
  }
}
