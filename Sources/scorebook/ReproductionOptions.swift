import ArgumentParser
import Audit
import Definition
import Engine
import Notation
import Upkeep

/// Which snapshot is to be made again and compared.
struct ReproductionOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Recompute this snapshot from the log and the definition in its manifest, and compare byte by "
        + "byte: its name, a path, or latest.",
      valueName: "snapshot"))
  var snapshot: String?

  @Flag(
    name: .long,
    help: "Also add up every lead's contributions; of the latest snapshot unless one is given.")
  var ledger = false

  /// The snapshot that was asked for; nil where none was.
  var wanted: String? { snapshot ?? (ledger ? "latest" : nil) }

  /// Recomputes and tells what came of it; returns whether it is the same.
  func reproduce(_ name: String, of book: Book, log: String?, jobs: Int, json: Bool) throws -> Bool
  {
    let found = try book.besideWriters(log: log, isDoubtful: { !$0.isSame }) {
      try Audit.reproduce(snapshot: name, of: book, log: log, addsUp: ledger, jobs: jobs)
    }
    try json ? printJSON(found) : printLines(lines(of: found))
    return found.isSame
  }
}

private func lines(of found: Reproduction) -> [String] {
  var lines = found.faults.map { "differs    \($0.file): \($0.message)" }
  if let leads = found.leadsAddedUp { lines.append("added up   \(counted(leads, "lead"))") }
  lines.append(
    found.isSame
      ? "the same   \(found.snapshot), \(counted(found.files, "file")) byte by byte"
      : "not the same: \(counted(found.faults.count, "fault"))")
  return lines
}
