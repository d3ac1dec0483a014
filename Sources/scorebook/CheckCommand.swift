import ArgumentParser
import Audit
import CRM
import Definition
import Describing
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

      What is legal and surely not meant is told as a warning; with --strict one is enough for exit \
      code 1.

      A file with a profile is a map for `export crm`: it is held against the definition that -p names.

      With --schema it prints a JSON Schema (draft 2020-12) of definitions instead, by which editors \
      complete and explain keys; with --free-mail the domains that free-mail stands for.

      EXAMPLE
        scorebook check pipelines/b2b.yaml --coverage acme
        scorebook check --schema > scorebook.schema.json

      EXIT STATUS
        0 all sound; 1 an example does not come out, or with --strict a warning; 65 a definition has \
        mistakes; 66 no such file or log
      """)

  @OptionGroup var definition: DefinitionOption

  @Argument(help: "The definitions, and maps for CRMs.")
  var files: [String] = []

  @Flag(name: .long, help: "Print a JSON Schema of definitions, for editors.")
  var schema = false

  @Flag(
    name: .long,
    help: "Print the built-in list free-mail, one domain a line, instead of a check.")
  var freeMail = false

  @Option(
    name: .long,
    help: ArgumentHelp("Tell what this book's log exercises of them.", valueName: "book"))
  var coverage: String?

  @Flag(name: .long, help: "Exit with 1 if there are warnings.")
  var strict = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if schema, !files.isEmpty || coverage != nil || strict || output.json || freeMail {
      throw ValidationError("--schema stands alone: it is about all definitions.")
    }
    if freeMail, !files.isEmpty || coverage != nil || strict {
      throw ValidationError("--free-mail takes no definition: it is about none.")
    }
    if !schema, !freeMail, files.isEmpty {
      throw ValidationError("Which definitions? Name a file.")
    }
  }

  package func run() throws {
    if freeMail {
      return output.json ? try printJSON(DomainRule.freeMail) : try printLines(DomainRule.freeMail)
    }
    if schema {
      return try printLines(definitionSchema().split(separator: "\n").map(String.init))
    }
    var reports: [CheckReport] = []
    var code: Int32 = 0
    for file in files {
      do {
        try reportingErrors(asJSON: output.json) {
          if try isMap(file) {
            let map = try loadMap(file, for: definition.load(in: Book(".")))
            if !output.json { try printLines(["\(file): sound; \(map.profile.rawValue) takes it"]) }
            return
          }
          let report = try CheckReport(checking: file, coverage: coverage.map { Book($0) })
          code = max(code, report.code(isStrict: strict))
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
  func code(isStrict: Bool) -> Int32 {
    if !mistakes.isEmpty { return 65 }
    return failures.isEmpty && (warnings.isEmpty || !isStrict) ? 0 : 1
  }

  /// Mistakes and warnings go to stderr, what is sound to stdout.
  func tell() throws {
    if !mistakes.isEmpty { return printError(mistakesText) }
    for line in warningLines { printError("warning: \(line)") }
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
