import ArgumentParser
import Engine

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Holds a snapshot against a fresh recomputation.",
    discussion: """
      Reads the log again without the cache, recomputes the snapshot by the definition in its manifest, \
      and compares every file byte by byte.

      EXAMPLE
        scorebook verify --book acme --snapshot latest

      EXIT STATUS
        0 the same; 1 it differs; 64 usage; 66 no such snapshot; 74 files
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var reproduction: ReproductionOptions
  @OptionGroup var output: OutputOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Check the log in DIR instead of the book's own.", valueName: "dir"))
  var log: String?

  @Option(
    name: .long, help: ArgumentHelp("How many workers; never changes a result.", valueName: "n"))
  var jobs: Int = processorCount

  func validate() throws {
    if jobs < 1 { throw ValidationError("--jobs: \(jobs) is too few; at least 1 worker") }
  }

  func run() throws {
    try reportingErrors(asJSON: output.json) {
      let isSame = try reproduction.reproduce(
        reproduction.wanted ?? "latest", of: book.open(), log: log, jobs: jobs, json: output.json)
      if !isSame { throw ExitCode(1) }
    }
  }
}
