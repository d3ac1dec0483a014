import ArgumentParser

/// Makes books to try Scorebook on: a believable one, and ones of any size.
@main
struct Samplebook: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes event logs to try Scorebook on.",
    discussion: """
      Both logs are made up, and made again to the same lines from the same seed: nothing depends on the \
      clock, the machine or the number of its cores.
      """,
    subcommands: [SampleCommand.self, BulkCommand.self])
}
