import ArgumentParser
import Files
import Foundation

/// Writes a log of any size, fast.
struct BulkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulk",
    abstract: "Writes millions of events, for measuring.",
    discussion: """
      Writes OUT/log/000001.ndjson.gz and so on, over two years, with duplicates, late events, profiles and \
      merges among them. Exit status: 0 done, 73 or 74 if OUT cannot be written.

      Example: samplebook bulk /tmp/big --events 5000000 --leads 500000 --seed 7
      """)

  @Argument(help: "The folder to make the book in.")
  var out: String

  @Option(help: "How many events.")
  var events = 5_000_000

  @Option(help: "How many leads; there is an account for ten of them.")
  var leads = 500_000

  @Option(help: "What all is drawn from.")
  var seed: UInt64 = 7

  @Option(help: "How many segments, each of an equal share of the time.")
  var segments = 24

  @Flag(help: "Write .ndjson, or .ndjson.gz.")
  var form = LogForm.gzip

  @Option(help: "zlib's level of compression, 1 to 9.")
  var level = 6

  func validate() throws {
    guard events > 0, leads > 0, segments > 0, segments <= events else {
      throw ValidationError(
        "--events, --leads and --segments: at least 1, and a segment has an event")
    }
    guard (1...9).contains(level) else { throw ValidationError("--level: 1 to 9") }
  }

  package func run() throws {
    let plan = BulkPlan(eventCount: events, leadCount: leads, segmentCount: segments, seed: seed)
    try reportingFaults {
      try plan.write(to: makeLog(in: out), form: form, level: level)
    }
  }
}

/// How a log's segments are written.
enum LogForm: String, EnumerableFlag {
  case gzip, plain
}

/// Makes the log's folder in the book `out`, and returns it.
func makeLog(in out: String) throws -> String {
  let log = "\(out)/log"
  do {
    try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: true)
  } catch {
    throw FileError(.cannotCreate, path: log, message: "cannot create the folder")
  }
  return log
}

/// Runs `body`; what goes wrong with files is said and ends the process with its exit code.
func reportingFaults(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as FileError {
    let hint = error.hint.map { "hint: \($0)\n" } ?? ""
    FileHandle.standardError.write(Data("error: \(error)\n\(hint)".utf8))
    throw ExitCode(error.exitCode)
  }
}
