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
          if !output.json { try report.tell() }
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
  func tell() throws {
    if !mistakes.isEmpty { return printError(mistakesText) }
    try printLines(lines(Ink()))
  }

  private func lines(_ ink: Ink) -> [String] {
    var lines = failures.map {
      "\(file):\($0.line):\($0.column): example '\($0.example)': \($0.message)"
    }
    let failed = Set(failures.map(\.example)).count
    let all = counted(examples, "example")
    if examples == 0 {
      lines.append("\(file): sound; it has no examples")
    } else if failed == 0 {
      lines.append("\(file): sound, and its \(all) come\(examples == 1 ? "s" : "") out")
    } else {
      lines.append(
        "\(file): sound, but \(failed) of its \(all) do\(failed == 1 ? "es" : "") not come out")
    }
    return lines + (coverage.map { coverageLines($0, ink) } ?? [])
  }
}
