import ArgumentParser
import Engine
import Nightly
import Upkeep

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Makes a book with an example definition.",
    discussion: """
      Makes DIR with an empty log and pipeline.yaml, a definition to begin with. Nothing that is \
      there already is touched.

      EXAMPLE
        scorebook init acme

      EXIT STATUS
        0 done; 73 cannot create it
      """)

  @Argument(help: "The book's directory.")
  var dir: String

  package func run() throws {
    try reportingErrors(asJSON: false) {
      let book = Book(dir)
      let isNew = try makeBook(book)
      print(
        isNew
          ? "made the book \(dir); its definition is \(book.definition)"
          : "\(dir) is a book already; nothing was changed")
      print("next: scorebook append --book \(dir) EVENTS.ndjson, then: scorebook run --book \(dir)")
    }
  }
}
