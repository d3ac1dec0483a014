import ArgumentParser
import Exports

struct ExportSQLiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sqlite",
    abstract: "Puts the tables into an SQLite database, lists as views.",
    discussion: """
      In one transaction: readers see what was there, or what is there now, and other tables stay as they are. \
      A number of more than fifteen digits is a text, so that none is lost. The table scorebook_snapshot says \
      where the rows come from, scorebook_columns what each column is. What a definition no longer has stays, \
      empty, so that views on it go on working.

      EXAMPLE
        scorebook export sqlite scores.db --book acme

      EXIT STATUS
        0 done; 65 the snapshot is damaged, or a column has another type; 66 no such snapshot; 73, 74 cannot \
      write; 75 somebody else writes
      """)

  @Argument(help: "The file.")
  var target: String

  @OptionGroup var options: ExportOptions

  @Flag(help: "Drop the columns and tables that the definition no longer has.")
  var dropColumns = false

  func run() throws {
    try reportingErrors(asJSON: options.output.json) {
      let export = try options.open(.sqlite)
      try options.tell(
        try export.writeSQLite(to: target, dropsColumns: dropColumns), target: target)
    }
  }
}
