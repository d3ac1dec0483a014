import ArgumentParser

/// Writes the sample book's log.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Writes the sample book: a software company's two years.")

  @Argument(help: "The folder to make the book in.")
  var out: String

  func run() throws {
    try reportingFaults { _ = try makeLog(in: out) }
  }
}
