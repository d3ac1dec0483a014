import ArgumentParser
import Audit
import Definition
import Nightly

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Shows what changed between two results, and why.",
    discussion: """
      A and B are snapshots, definitions (FILE.yaml) or as-of times; behind an @ may stand another as-of, \
      behind a second one a known-at. What one of them does not say is as on the other if that is a \
      snapshot, else as in the latest snapshot.

      Each lead's change of each score is split into causes that add up to it exactly: merges, erased and withdrawn \
      events, late events, other rules, time passing, new events.

      EXAMPLE
        scorebook diff 20261101T000000Z-0a1b2c3d latest --book acme
        scorebook diff latest other.yaml --book acme

      EXIT STATUS
        0 done; 1 with --exit-code: there are differences; 64 usage; 65 bad data; 66 no such snapshot
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var output: OutputOptions

  @Argument(help: "A snapshot, a definition's file, or an as-of.")
  var a: String

  @Argument(help: "What it became.")
  var b: String

  @OptionGroup var otherLog: LogOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How many leads and accounts to show, those that changed most.", valueName: "n"))
  var limit: Int = 20

  @Flag(name: .long, help: "Show all leads and accounts that changed.")
  var all = false

  @Option(
    name: .long,
    help: ArgumentHelp("Only this lead, and what it does to its account.", valueName: "lead"))
  var lead: String?

  @Flag(name: .long, help: "Exit with 1 if anything is different.")
  var exitCode = false

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit: \(limit) is too few; at least 0") }
    for operand in [a, b] where DiffOperand(operand) == nil {
      throw ValidationError(
        "'\(operand)': what stands behind an @ is no time such as 2026-11-01T00:00:00Z")
    }
  }

  package func run() throws {
    try reportingErrors(asJSON: output.json) {
      guard let a = DiffOperand(a), let b = DiffOperand(b) else { return }
      let book = book.open()
      let report = try book.besideWriters(log: otherLog.path) {
        let (from, to) = try DiffOperand.resolve(a, b, in: book)
        var plan = DiffPlan(
          book: book, log: otherLog.path, from: from, to: to, shownMax: all ? nil : limit)
        plan.lead = lead
        return try diff(plan)
      }
      try output.json ? printJSON(report) : printLines(lines(of: report))
      if exitCode, !report.isSame { throw ExitCode(1) }
    }
  }
}
