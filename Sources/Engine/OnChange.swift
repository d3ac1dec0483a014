import EventLog
import Foundation

/// Runs the command that is to know of a new snapshot, and waits for it.
///
/// The shell gets the snapshot's absolute path as `$1`, put behind the command unless the command says
/// where it wants it, and in the environment `SCOREBOOK_SNAPSHOT` and `SCOREBOOK_CHANGES`, how many rows
/// `changes.csv` has. What it prints goes to stderr.
///
/// - Throws: `RunError` if it fails; the snapshot stays. `Interrupted`.
package func tell(_ command: String, of report: RunReport) throws {
  let published = "the snapshot is published"
  do {
    try Interruption.check()
    let snapshot = URL(fileURLWithPath: report.snapshot).standardized.path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let placesItself = ["$1", "${1", "$@", "$*", "SCOREBOOK_SNAPSHOT"].contains {
      command.contains($0)
    }
    process.arguments = ["-c", placesItself ? command : "\(command) \"$@\"", "on-change", snapshot]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "SCOREBOOK_SNAPSHOT": snapshot,
      "SCOREBOOK_CHANGES": report.changes.map { String($0.file.rows) } ?? "",
    ]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.standardError
    let isDone = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in isDone.signal() }
    try process.run()
    while isDone.wait(timeout: .now() + 0.1) == .timedOut {
      do {
        try Interruption.check()
      } catch {
        process.terminate()
        throw error
      }
    }
    let status = process.terminationStatus
    if process.terminationReason == .exit, status == 0 { return }
    throw RunError(
      .failed,
      "--on-change: '\(command)' ended "
        + (process.terminationReason == .exit ? "with exit code \(status)" : "by signal \(status)")
        + "; \(published)",
      hint: "mend the command and run it by hand: its argument is \(snapshot)")
  } catch let interrupted as Interrupted {
    throw Interrupted(
      signal: interrupted.signal, state: "\(published), --on-change was not seen to its end")
  }
}
