import ArgumentParser
import Engine
import Files
import Pages
import Report

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes a page on a snapshot, to be looked at.",
    discussion: """
      The page is one HTML file that needs nothing else: what changed on the lists, whom to call and because of \
      what, then pictures with their numbers, then whether to trust it. It is about the latest snapshot unless \
      another is named, beside the one before of the same definition's name; with two, A and B, it also tells the \
      causes of all that changed. What a snapshot does not hold is replayed from the log; without it that is left \
      out, and the page says so.

      EXAMPLE
        scorebook report --book acme -o report.html

      EXIT STATUS
        0 written; 64 usage; 65 bad data; 66 no such snapshot or log; 73, 74 files
      """)

  @OptionGroup var book: BookOption

  @Argument(
    help: ArgumentHelp(
      "A snapshot (a name, 'latest' or a path), or two, the earlier one first.",
      valueName: "snapshot"))
  var snapshots: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the page here instead of to standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var otherLog: LogOption

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Call leads by this attribute instead of their keys.", valueName: "attribute"))
  var name: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also tell this of each lead to call: attributes, or columns of leads.csv, a comma between two.",
      valueName: "columns"))
  var columns: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where each lead is kept, with {lead} in the place of its key: 'https://crm.example/{lead}'.",
      valueName: "address"))
  var link: String?

  @Flag(name: .long, help: "For passing on: no key and no attribute, numbers only.")
  var anonymous = false

  @Option(
    name: .long, help: ArgumentHelp("How many workers; never changes a result.", valueName: "n"))
  var jobs: Int = processorCount

  func validate() throws {
    if snapshots.count > 2 { throw ValidationError("name one snapshot, or two, not more") }
    if let link, LinkTemplate(link) == nil {
      throw ValidationError(
        "--link: '\(link)' is no address of the web with {lead} behind its host, such as "
          + "https://crm.example/{lead}")
    }
    if anonymous, name != nil || columns != nil || link != nil {
      throw ValidationError("--anonymous tells of nobody; leave out --name, --columns and --link")
    }
    try checkJobs(jobs)
  }

  package func run() throws {
    stopOnSignals()
    try reportingErrors(asJSON: false) {
      let found = try Report.report(plan())
      let messages = MessageLog()
      for warning in found.warnings { messages.warning(warning, hint: nil) }
      guard let output else { return try printPage(found.page) }
      try AtomicFile.write(found.page, to: output)
      messages.info("wrote \(output): a report on \(found.snapshot)")
      if let reason = found.withoutLog { messages.warning("without the log: \(reason)", hint: nil) }
    }
  }

  private func plan() -> ReportPlan {
    var plan = ReportPlan(
      book: book.open(), log: otherLog.path, from: snapshots.count == 2 ? snapshots[0] : nil,
      snapshot: snapshots.last ?? "latest", jobs: jobs)
    plan.nameAttribute = name
    plan.columns = (columns ?? "").split(separator: ",").map(String.init)
    plan.link = link.flatMap(LinkTemplate.init)
    plan.isAnonymous = anonymous
    return plan
  }
}
