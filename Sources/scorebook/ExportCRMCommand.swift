import ArgumentParser
import CRM
import Files
import Foundation

struct ExportCRMCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crm",
    abstract: "Writes what a CRM's upsert takes, of what changed since the last acknowledged push.",
    discussion: """
      A map says which of our columns go into which fields of which records. Files are numbered in the \
      order in which they are to be sent; plan.json beside them says why each row is in them. With \
      --push a command takes each file, with its path as $1; keys that it leaves in $1.rejected are \
      sent again with the next export. Without, send the files yourself and say so with --ack.

      EXAMPLE
        scorebook export crm out --book acme --map pipelines/crm/hubspot.yaml --push 'sh hubspot.sh "$1"'
        scorebook export crm --book acme --ack out/plan.json

      EXIT STATUS
        0 done; 1 the CRM rejected rows; 64 usage; 65 a map with mistakes, two leads for one record, \
        too much that changes, an older snapshot; 66 no such snapshot or map; 73, 74 files, or the \
        command failed; 75 another export of the map is under way
      """)

  @OptionGroup var book: BookOption

  @Argument(help: ArgumentHelp("The folder for the files.", valueName: "dir"))
  var folder: String?

  @Option(name: .long, help: ArgumentHelp("The map.", valueName: "file"))
  var map: String?

  @Option(
    name: .long, help: ArgumentHelp("The snapshot: its name, or a path.", valueName: "snapshot"))
  var snapshot: String = "latest"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only these of leads, accounts, lists, with commas between.", valueName: "objects"))
  var only: String?

  @Option(
    name: .long, help: ArgumentHelp("Run this for each file, in order.", valueName: "command"))
  var push: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Note that the CRM took the files of this plan.", valueName: "plan"))
  var ack: String?

  @Option(
    name: .long,
    help: ArgumentHelp("With --ack: the keys that it refused, one a line.", valueName: "file"))
  var rejected: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Stop where more rows are cleared or change in a list, grade, persona, stage or readiness.",
      valueName: "share"))
  var maxChanged = Share(value: 0.2)

  @Flag(name: .long, help: "Take a snapshot that is older than the one pushed last.")
  var older = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if ack != nil {
      if folder != nil || map != nil || push != nil || only != nil || older {
        throw ValidationError("--ack stands alone but for --rejected: the plan says the rest.")
      }
      return
    }
    if rejected != nil { throw ValidationError("--rejected is about a plan; name it with --ack") }
    if folder == nil { throw ValidationError("Where to? Name a folder for the files.") }
    for word in selected ?? [] where !["leads", "accounts", "lists"].contains(word) {
      throw ValidationError("--only: '\(word)' is none of leads, accounts, lists")
    }
    if map == nil { throw ValidationError("What goes where? Name a map with --map.") }
  }

  private var selected: Set<String>? {
    only.map { Set($0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)) }
  }

  func run() throws {
    stopOnSignals()
    try reportingErrors(asJSON: output.json) {
      let report = try makeReport()
      output.json ? try printJSON(report) : try printLines(lines(report))
      if report.rejectedRows > 0 { throw ExitCode(1) }
    }
  }

  private func makeReport() throws -> CRMReport {
    if let ack { return try acknowledgeCRM(book.open(), plan: ack, rejected: rejected) }
    var export = CRMExport(book: book.open(), folder: folder ?? "", map: map ?? "")
    export.snapshot = snapshot
    export.push = push
    export.only = selected
    export.changedShareMax = maxChanged.value
    export.allowsOlder = older
    return try exportCRM(export)
  }
}

private func lines(_ report: CRMReport) -> [String] {
  var lines = report.objects.map { object in
    let parts = [
      ("new", object.new), ("changed", object.changed), ("cleared", object.cleared),
      ("tried again", object.rejected + object.unacknowledged),
      ("without a key", object.withoutKey), ("not selected", object.notSelected),
      ("unchanged", object.unchanged),
    ]
    let told = parts.filter { $0.1 > 0 }.map { "\($0.0) \(grouped($0.1))" }
    return "\(object.table)  \(told.isEmpty ? "nothing" : told.joined(separator: ", "))"
  }
  lines.append(
    "\(counted(report.files, "file")) of \(counted(report.rows, "row")) in \(report.folder)")
  if report.acknowledgedFiles > 0 {
    lines.append(
      "acknowledged \(counted(report.acknowledgedRows, "row")), rejected \(grouped(report.rejectedRows))"
    )
  }
  return lines + report.rejected.map { "rejected  \($0)" }
}
