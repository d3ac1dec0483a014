import ArgumentParser
import Definition
import Engine
import EventLog
import Files
import Foundation
import Notation

/// Which book a command works on.
struct BookOption: ParsableArguments {
  @Option(
    name: .customLong("book"), help: ArgumentHelp("The book's directory.", valueName: "dir"))
  var path: String = "."

  /// The book itself.
  func open() -> Book { Book(path) }
}

/// Which log a command reads where it is not the book's own.
struct LogOption: ParsableArguments {
  @Option(
    name: .customLong("log"),
    help: ArgumentHelp(
      "Read the log in DIR, in place, instead of the book's own.", valueName: "dir"))
  var path: String?
}

/// Which definition a command works with.
struct DefinitionOption: ParsableArguments {
  @Option(
    name: [.customShort("p"), .customLong("pipeline")],
    help: ArgumentHelp(
      "The pipeline definition; BOOK/pipeline.yaml where none is named.", valueName: "file"))
  var pipeline: String?

  /// Loads the definition.
  ///
  /// - Throws: `DefinitionFaults`, or `RunError` where there is no such file.
  func load(in book: Book) throws -> Definition {
    try loadDefinition(path(in: book))
  }

  func path(in book: Book) -> String { pipeline ?? book.definition }
}

/// The time results are true for.
struct AsOfOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The time results are true for, as 2026-11-01T00:00:00Z; now unless given.",
      valueName: "time"))
  var asOf: String?

  func validate() throws { try Self.check(asOf) }

  static func check(_ asOf: String?) throws {
    guard let asOf, eventTime(asOf) == nil else { return }
    throw ValidationError(
      "--as-of: '\(asOf)' is no time from 1970 until 2262 such as 2026-11-01T00:00:00Z")
  }

  func resolve() -> Milliseconds { asOf.flatMap { eventTime($0) } ?? currentMilliseconds() }
}

/// What of the log is known.
struct KnownAtOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Leave out segments appended later than this; none unless given. Forgets always count.",
      valueName: "time"))
  var knownAt: String?

  func validate() throws {
    guard let knownAt, eventTime(knownAt) == nil else { return }
    throw ValidationError(
      "--known-at: '\(knownAt)' is no time from 1970 until 2262 such as 2026-11-01T00:00:00Z")
  }

  func resolve() -> Milliseconds? { knownAt.flatMap { eventTime($0) } }
}

struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "Print the report, and any error, as JSON.")
  var json = false
}

/// How much a gzip file may inflate to.
struct InflationOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "How many times its size a gzip file of more than 64 MiB of lines may inflate to.",
      valueName: "n"))
  var maxRatio: Int = InflationLimit().ratioMax

  func validate() throws {
    if maxRatio < 1 { throw ValidationError("--max-ratio: \(maxRatio) is too few; at least 1") }
  }

  var limit: InflationLimit { InflationLimit(ratioMax: maxRatio) }
}

/// Refuses a number of workers that cannot be: no machine has use for more, and each takes memory.
func checkJobs(_ jobs: Int) throws {
  if jobs < 1 { throw ValidationError("--jobs: \(jobs) is too few; at least 1 worker") }
  if jobs > 1024 { throw ValidationError("--jobs: \(jobs) is too many; at most 1024 workers") }
}

/// A share, written `1%` or `0.01`.
struct Share: ExpressibleByArgument, CustomStringConvertible {
  var value: Double

  init(value: Double) { self.value = value }

  init?(argument: String) {
    let isPercentage = argument.hasSuffix("%")
    guard let number = Double(isPercentage ? String(argument.dropLast()) : argument) else {
      return nil
    }
    value = isPercentage ? number / 100 : number
    guard value >= 0, value <= 1 else { return nil }
  }

  var description: String { shortestDecimal((value * 1e6).rounded() / 1e4) + "%" }
  var defaultValueDescription: String { description }
}
