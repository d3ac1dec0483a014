import Definition
import Engine
import Foundation
import Workers

/// Runs the command that is to know of a new snapshot, and waits for it.
///
/// The shell gets the snapshot's absolute path as `$1`, put behind the command unless the command says
/// where it wants it, and in the environment `SCOREBOOK_SNAPSHOT` and `SCOREBOOK_CHANGES`, how many rows
/// `changes.csv` has. What it prints goes to stderr.
///
/// - Throws: `RunError` if it fails; the snapshot stays. `Interrupted`.
func tell(_ command: String, of report: RunReport) throws {
  let snapshot = URL(fileURLWithPath: report.snapshot).standardized.path
  let isPlaced = ["$1", "${1", "$@", "$*", "SCOREBOOK_SNAPSHOT"].contains { command.contains($0) }
  let shell = ShellCommand(
    line: isPlaced ? command : "\(command) \"$@\"", name: "on-change", arguments: [snapshot],
    variables: [
      "SCOREBOOK_SNAPSHOT": snapshot,
      "SCOREBOOK_CHANGES": report.changes.map { String($0.file.rows) } ?? "",
    ])
  let published = "the snapshot is published"
  let ending: String
  do {
    switch try shell.run() {
    case .exit(0): return
    case .exit(let code): ending = "with exit code \(code)"
    case .signal(let number): ending = "by signal \(number)"
    }
  } catch let interrupted as Interrupted {
    throw Interrupted(
      signal: interrupted.signal, state: "\(published), but --on-change was not seen to its end")
  }
  throw RunError(
    .failed, "--on-change: '\(command)' ended \(ending); \(published)",
    hint: "mend the command and run it by hand: its argument is \(snapshot)")
}
