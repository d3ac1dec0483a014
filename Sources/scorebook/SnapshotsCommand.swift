import ArgumentParser
import Definition
import Nightly
import Snapshots
import Upkeep

struct SnapshotsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshots",
    abstract: "Lists the snapshots of a book, and prunes old ones.",
    discussion: """
      Each with its as-of, definition, leads and size; the last one has the latest as-of. With --prune \
      it removes those that none of the --keep rules wants: never the newest of a definition, nor what \
      'latest' or the file BOOK/snapshots/keep names, nor what another process has open.

      EXAMPLE
        scorebook snapshots --book acme --prune --keep 30d --keep-monthly 12 --dry-run

      EXIT STATUS
        0 done; 64 usage; 73, 74 cannot remove; 75 locked
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var keep: KeepOptions

  @Flag(name: .long, help: "Remove the snapshots that no rule wants.")
  var prune = false

  @Flag(name: .long, help: "With --prune: remove nothing, only say what would go.")
  var dryRun = false

  @OptionGroup var patience: WaitOption

  func validate() throws {
    if prune, keep.rules.isEmpty {
      throw ValidationError("--prune: say what stays, with --keep, --keep-last or --keep-monthly")
    }
    if !prune, !keep.rules.isEmpty || dryRun {
      throw ValidationError("without --prune nothing is removed; add it, or leave out the rules")
    }
  }

  package func run() throws {
    try reportingErrors(asJSON: output.json) {
      guard prune else {
        let snapshots = listSnapshots(of: book.open())
        return output.json ? try printJSON(snapshots) : try printLines(table(of: snapshots))
      }
      let report = try pruneSnapshots(
        of: book.open(), keep.rules, waitMax: patience.length, isRehearsal: dryRun)
      output.json ? try printJSON(report) : try printLines(lines(of: report))
    }
  }

  private func table(of snapshots: [SnapshotEntry]) -> [String] {
    if snapshots.isEmpty { return ["no snapshots yet; make one with: scorebook run"] }
    let rows =
      [["name", "as of", "definition", "leads", "MB", ""]]
      + snapshots.map { snapshot in
        let marks = [
          snapshot.isLatest ? "latest" : nil, snapshot.isKept ? "kept" : nil, snapshot.fault,
        ]
        return [
          snapshot.name, snapshot.asOf, snapshot.definition ?? "?",
          snapshot.leads.map(grouped) ?? "?", megabytes(snapshot.bytes),
          marks.compactMap { $0 }.joined(separator: ", "),
        ]
      }
    return aligned(rows, rightColumns: [3, 4])
  }

  private func lines(of report: PruneReport) -> [String] {
    report.removed.map { "\(dryRun ? "would remove" : "removed")  \($0)" }
      + report.inUse.map { "in use, stays  \($0)" }
      + (report.removed.isEmpty && report.inUse.isEmpty ? ["nothing to prune"] : [])
  }
}
