import ArgumentParser
import Engine

struct AppendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "append",
    abstract: "Validates events and appends them to the book's log.",
    discussion: """
      Reads files or standard input ('-'), gzip or plain, writes what is an event as a new segment \
      and sets the rest aside in BOOK/quarantine. Ids are stable: the same file appended twice \
      changes no result.

      EXAMPLE
        scorebook append --book acme --from access-log /var/log/nginx/access.log
        scorebook append --book acme --from segment calls.json.gz
        scorebook append --book acme --from csv --set type=profile --map lead=Email \
          --map 'time=Last Modified' --map 'fields.job_title=Job Title' contacts.csv

      EXIT STATUS
        0 appended; 64 usage; 65 damaged input, or every line refused; 66 no such file; 73, 74 files; 75 locked
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var output: OutputOptions

  @OptionGroup var intake: IntakeOptions

  @Argument(help: "The files, or - for standard input.")
  var files: [String] = ["-"]

  func run() throws {
    try reportingErrors(asJSON: output.json) {
      let report = try append(
        AppendPlan(book: book.open(), form: intake.form, files: files))
      if output.json {
        try printJSON(report)
      } else {
        printAppend(report, countedIn: intake.from.hasLines ? "line" : "record")
      }
      if report.appended == 0, report.refused > 0 {
        throw RunError(
          .badData, "every line is refused; nothing was appended",
          hint: "is '--from \(intake.from.rawValue)' what the files are?")
      }
    }
  }
}

private func printAppend(_ report: AppendReport, countedIn noun: String) {
  print(
    "\(counted(report.lines, noun)) = \(grouped(report.appended)) appended"
      + " + \(grouped(report.skipped)) skipped + \(grouped(report.refused)) refused")
  for (reason, count) in report.skippedByReason.sorted(by: { $0.key < $1.key }) {
    print("  skipped  \(reason): \(grouped(count))")
  }
  for (reason, count) in report.refusedByReason.sorted(by: { $0.key < $1.key }) {
    print("  refused  \(reason): \(grouped(count))")
  }
  for (type, count) in report.eventsByType.sorted(by: { $0.key < $1.key }) {
    print("  event    \(type): \(grouped(count))")
  }
  for (kind, types) in report.becameByKind.sorted(by: { $0.key < $1.key }) {
    let became = types.sorted { $0.key < $1.key }.map { "\($0.key): \(grouped($0.value))" }
    print("  became   \(kind) -> \(became.joined(separator: ", "))")
  }
  if report.madeIDs > 0 {
    print(
      "  ids      \(grouped(report.madeIDs)) made from what \(report.madeIDs == 1 ? "it" : "they") said"
    )
  }
  if let segment = report.segment {
    print("segment   \(segment), \(counted(report.events, "event"))")
  } else {
    print("nothing to append")
  }
  if let quarantine = report.quarantine { print("refused   \(quarantine)") }
}
