import ArgumentParser
import Engine
import Files
import Foundation
import Nightly
import Notation
import Upkeep

/// The command line: one file per command, none of which knows how anything is computed.
@main
struct Scorebook: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorebook",
    abstract: "Works out what leads are worth, from everything they ever did.",
    discussion: """
      A book is a directory with an append-only log of events. Every run replays all of it under a \
      definition and publishes a snapshot: scores, grades, tallies, personas, accounts.

      EXIT STATUS
        0   done
        1   the answer is "different" or "damaged"
        64  the command line is wrong
        65  bad data, or a definition with mistakes
        66  no such input
        73  cannot create output
        74  input or output failed
        75  the book is locked by a living process
      Whatever fails, the last published snapshot stays in place.
      """,
    version: engineVersion,
    subcommands: [
      InitCommand.self, CheckCommand.self, DescribeCommand.self, RunCommand.self,
      ReplayCommand.self, SweepCommand.self,
      CalibrateCommand.self, BacktestCommand.self, ExplainCommand.self, DiffCommand.self,
      HistoryCommand.self, AppendCommand.self, LogCommand.self, EraseCommand.self,
      VerifyCommand.self, SnapshotsCommand.self, ReportCommand.self, ExportCommand.self,
      CacheCommand.self, ExploreCommand.self,
    ])

  /// Runs the command that was typed.
  ///
  /// What is wrong with a command line is told with words of it. They may be file names that a shell has filled in, so
  /// they are printed like all that comes from outside.
  static func main() {
    endOnLostPages()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      if code.isSuccess { exit(withError: error) }
      let message = typedWords.reduce(fullMessage(for: error)) {
        $0.replacing($1, with: visibleText($1))
      }
      if !message.isEmpty { printError(message) }
      Foundation.exit(code.rawValue)
    }
  }

  /// Words as they may stand in a message, the longest first: behind an option's name stands its value.
  private static var typedWords: [String] {
    let words = CommandLine.arguments.dropFirst()
    let values = words.compactMap { word in
      word.firstIndex(of: "=").map { String(word[$0...].dropFirst()) }
    }
    return (words + values).filter { $0.contains("\n") }.sorted { $0.count > $1.count }
  }
}
