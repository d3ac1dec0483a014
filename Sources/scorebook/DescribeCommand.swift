import ArgumentParser
import Definition
import Describing
import Engine

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Says in sentences what a definition does.",
    discussion: """
      What counts, what it is worth and for how long, who is who, and what the examples promise: for whoever \
      has to agree with a definition and does not read YAML.

      EXAMPLE
        scorebook describe pipelines/b2b.yaml

      EXIT STATUS
        0 done; 65 the definition has mistakes; 66 no such file
      """)

  @Argument(help: "The definition.")
  var file: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    try reportingErrors(asJSON: output.json) {
      let description = DefinitionDescription(try loadDefinition(file))
      if output.json { return try printJSON(description) }
      try printLines(description.lines)
    }
  }
}

extension DefinitionDescription {
  fileprivate var lines: [String] {
    [definition]
      + sections.flatMap { section in
        ["", section.heading] + section.sentences.flatMap { wrapped($0) }
      }
  }

  /// Breaks a sentence into lines that are easily read, the first with a mark.
  private func wrapped(_ sentence: String) -> [String] {
    var lines: [String] = []
    var line = " -"
    for word in sentence.split(separator: " ", omittingEmptySubsequences: false) {
      if line.count + 1 + word.count > 100, line.count > 4 {
        lines.append(line)
        line = "  "
      }
      line += " \(word)"
    }
    return lines + [line]
  }
}
