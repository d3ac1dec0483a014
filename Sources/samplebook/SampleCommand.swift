import ArgumentParser

/// Writes the sample book's log.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Writes the sample book: a software company's two years.",
    discussion: """
      Writes a segment for each month, OUT/log/2024-11.ndjson.gz to OUT/log/2026-10.ndjson.gz. Exit status: \
      0 done, 73 or 74 if OUT cannot be written.

      Example: samplebook sample sample-data
      """)

  @Argument(help: "The folder to make the book in.")
  var out: String

  @Option(help: "What all is drawn from; the repository has the book of 45.")
  var seed: UInt64 = 45

  package func run() throws {
    try reportingFaults {
      try SampleBook(seed: seed).log.write(to: makeLog(in: out))
    }
  }
}
