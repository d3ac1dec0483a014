import ArgumentParser
import Audit
import Definition
import Engine
import Nightly
import Trials
import Upkeep

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates definitions and runs the examples in them.",
    discussion: """
      Reports every mistake, with the line it stands in and what was probably meant. A definition \
      that is sound has its examples run, each as a log of its own. With --coverage it also tells \
      which interactions and rules the history of a book exercises, and which events no interaction \
      matches; for that the log's text is read again.

      EXAMPLE
        scorebook check pipelines/b2b.yaml --coverage acme

      EXIT STATUS
        0 all sound; 1 an example does not come out; 65 a definition has mistakes; 66 no such file \
      or log
      """)

  @Argument(help: "The definitions.")
  var files: [String]

  @Option(
    name: .long,
    help: ArgumentHelp("Tell what this book's log exercises of them.", valueName: "book"))
  var coverage: String?

  @OptionGroup var output: OutputOptions

  package func run() throws {
    var reports: [CheckReport] = []
    var code: Int32 = 0
    for file in files {
      do {
        try reportingErrors(asJSON: output.json) {
          let report = try CheckReport(checking: file, coverage: coverage.map { Book($0) })
          code = max(code, report.code)
          reports.append(report)
          if !output.json { report.tell() }
        }
      } catch let exit as ExitCode {
        code = max(code, exit.rawValue)
      }
    }
    if output.json { try printJSON(reports) }
    if code != 0 { throw ExitCode(code) }
  }
}

extension CheckReport {
  var code: Int32 { mistakes.isEmpty ? failures.isEmpty ? 0 : 1 : 65 }

  /// Mistakes go to stderr, what is sound to stdout.
  func tell() {
    if !mistakes.isEmpty { return printError(mistakesText) }
    for failure in failures {
      print(
        "\(file):\(failure.line):\(failure.column): example '\(failure.example)': "
          + failure.message)
    }
    let failed = Set(failures.map(\.example)).count
    if examples == 0 {
      print("\(file): sound; it has no examples")
    } else if failed == 0 {
      print(
        "\(file): sound, and its \(counted(examples, "example")) come\(examples == 1 ? "s" : "") out"
      )
    } else {
      print(
        "\(file): sound, but \(failed) of its \(counted(examples, "example")) "
          + "do\(failed == 1 ? "es" : "") not come out")
    }
    if let coverage { print(coverageLines(coverage, Ink()).joined(separator: "\n")) }
  }
}
