import ArgumentParser
import Definition
import Engine

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates definitions and runs the examples in them.",
    discussion: """
      Reports every mistake, with the line it stands in and what was probably meant. A definition \
      that is sound has its examples run, each as a log of its own.

      EXAMPLE
        scorebook check pipelines/b2b.yaml

      EXIT STATUS
        0 all sound; 1 an example does not come out; 65 a definition has mistakes; 66 no such file
      """)

  @Argument(help: "The definitions.")
  var files: [String]

  @OptionGroup var output: OutputOptions

  func run() throws {
    var code: Int32 = 0
    var reports: [CheckReport] = []
    for file in files {
      do {
        try reportingErrors(asJSON: output.json) {
          let definition = try loadDefinition(file)
          let failures = try failures(ofExamplesIn: definition)
          reports.append(CheckReport(file: file, definition: definition, failures: failures))
          if !failures.isEmpty { code = max(code, 1) }
        }
      } catch let exit as ExitCode {
        code = max(code, exit.rawValue)
      }
    }
    if output.json {
      try printJSON(reports)
    } else {
      for report in reports { print(report.text) }
    }
    if code != 0 { throw ExitCode(code) }
  }
}

/// What came of checking one sound definition.
struct CheckReport: Encodable {
  var file: String
  var definition: String
  var examples: Int
  var failures: [Failure]

  struct Failure: Encodable {
    var example: String
    var line: Int
    var column: Int
    var message: String
  }

  init(file: String, definition: Definition, failures: [ExampleFailure]) {
    self.file = file
    self.definition = definition.name
    examples = definition.examples.count
    self.failures = failures.map {
      Failure(example: $0.example, line: $0.line, column: $0.column, message: $0.message)
    }
  }

  var text: String {
    let failed = failures.map {
      "\(file):\($0.line):\($0.column): example '\($0.example)': \($0.message)"
    }
    let sound =
      examples == 0
      ? "\(file): sound; it has no examples"
      : failures.isEmpty
        ? "\(file): sound, and its \(examples) examples come out"
        : "\(file): sound, but \(Set(failures.map(\.example)).count) of its \(examples) examples "
          + "do not come out"
    return (failed + [sound]).joined(separator: "\n")
  }
}
