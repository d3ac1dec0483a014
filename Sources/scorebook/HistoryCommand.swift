import ArgumentParser
import Audit
import Definition
import Nightly

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Shows a lead's or an account's numbers over time.",
    discussion: """
      At each event and each midnight of the definition's time zone, or by day, week or month: the \
      scores as a run as of that time would have them. Then each bound that was crossed, up or down, with \
      the events that caused it, or the millisecond in which time alone did.

      EXAMPLE
        scorebook history ada@example.com --book acme --by week

      EXIT STATUS
        0 done; 64 usage; 65 bad data; 66 nothing is known of it
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var subject: SubjectOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The lead's key.")
  var lead: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The history of an account instead of a lead.", valueName: "account"))
  var account: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How often: event (with each midnight), day, week or month.", valueName: "step"))
  var by: HistoryStep?

  @Flag(name: .long, help: "Print the moments as CSV.")
  var csv = false

  func validate() throws {
    if (lead == nil) == (account == nil) {
      throw ValidationError("name a LEAD, or an account with --account")
    }
    if csv, output.json { throw ValidationError("--csv and --json: one of them") }
  }

  package func run() throws {
    try reportingErrors(asJSON: output.json) {
      let book = book.open()
      let report = try book.besideWriters(log: subject.otherLog.path) {
        try history(
          HistoryPlan(
            book: book, log: subject.otherLog.path, subject: try subject.resolve(in: book),
            who: lead.map { .lead($0) } ?? .account(account ?? ""),
            step: by ?? (lead == nil ? .day : .event)))
      }
      if output.json { return try printJSON(report) }
      try csv ? printCSV(report.csvRows) : printLines(lines(of: report))
    }
  }
}

extension HistoryStep: ExpressibleByArgument {}
