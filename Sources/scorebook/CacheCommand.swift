import ArgumentParser
import Definition
import Nightly
import Upkeep

struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Shows or clears the sheets kept of segments.",
    discussion: """
      A run keeps what it read of each segment, so that the next one reads only what is new. All of \
      it can be deleted at any time: the next run reads everything again and comes to the same results.

      EXAMPLE
        scorebook cache --book acme --clear

      EXIT STATUS
        0 done; 73 cannot delete
      """)

  @OptionGroup var book: BookOption
  @OptionGroup var output: OutputOptions

  @Flag(name: .long, help: "Delete all of it.")
  var clear = false

  package func run() throws {
    try reportingErrors(asJSON: output.json) {
      let cache = CacheReport(of: book.open())
      if clear { try clearCache(of: book.open()) }
      if output.json { return try printJSON(cache) }
      print(
        "\(clear ? "cleared" : "kept")  \(counted(cache.sheets, "sheet")), "
          + "\(megabytes(cache.bytes)) MB, "
          + "for \(cache.halves == 1 ? "1 way" : "\(cache.halves) ways") of reading the log")
    }
  }
}
