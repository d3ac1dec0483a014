import ArgumentParser
import Engine
import Exports

struct ExportPostgresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postgres",
    abstract: "Puts the tables into a schema of a PostgreSQL server.",
    discussion: """
      In one transaction, and only rows that are others than before are touched: readers see what was there, or \
      what is there now; grants and views on the tables stay. The table scorebook_snapshot says where the rows \
      come from, comments what each column is. What a definition no longer has stays, empty, so that views on it \
      go on working. The password comes from PGPASSWORD or a pass file, never from the target.

      EXAMPLE
        scorebook export postgres postgres://scores@warehouse/marketing --book acme

      EXIT STATUS
        0 done; 65 the snapshot is damaged, or a column has another type; 66 no such snapshot; 73 no such target; \
      74 the server does not take it
      """)

  @Argument(
    help: "The database, as libpq has it: postgres://user@host/database, or 'host=… dbname=…'.")
  var target: String

  @OptionGroup var options: ExportOptions

  @Option(help: "The schema, which is made where there is none.")
  var schema = "scorebook"

  @Flag(help: "Drop the columns and tables that the definition no longer has.")
  var dropColumns = false

  func run() throws {
    try reportingErrors(asJSON: options.output.json) {
      #if Postgres
        let export = try options.open(.postgres)
        try options.tell(
          try export.writePostgres(to: target, schema: schema, dropsColumns: dropColumns),
          target: "the schema \(schema)")
      #else
        throw RunError(
          .usage, "this program was built without libpq",
          hint: "build it with the package's default traits")
      #endif
    }
  }
}
