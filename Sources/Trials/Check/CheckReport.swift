import Definition
import Engine

/// What came of checking one definition.
package struct CheckReport: Encodable {
  package var file: String
  /// Absent where the definition has mistakes.
  package var definition: String?
  /// All of them, or of very many the first.
  package var mistakes: [Mistake] = []
  /// At how many places there are others, further on; absent where there are none.
  package var furtherPlaces: Int?
  /// What is legal and surely not meant.
  package var warnings: [Mistake] = []
  package var examples = 0
  package var failures: [Failure] = []
  /// Absent where it was not asked for, or the definition has mistakes.
  package var coverage: CoverageReport?
  /// The same for people, all in one text.
  package private(set) var mistakesText = ""
  package private(set) var warningLines: [String] = []

  package struct Mistake: Encodable {
    package var line: Int
    package var column: Int
    package var message: String
    package var hint: String?

    init(_ fault: DefinitionFault) {
      (line, column) = (fault.line, fault.column)
      (message, hint) = (fault.message, fault.hint)
    }
  }

  package struct Failure: Encodable {
    package var example: String
    package var line: Int
    package var column: Int
    package var message: String
  }

  enum CodingKeys: CodingKey {
    case file, definition, mistakes, furtherPlaces, warnings, examples, failures, coverage
  }

  /// Loads a definition and, where it is sound, runs its examples.
  ///
  /// `coverage`: the book whose log is looked at.
  ///
  /// - Throws: `RunError` where there is no such file; `FileError` where the log cannot be read.
  package init(checking file: String, coverage book: Book?) throws {
    self.file = file
    do {
      let definition = try loadDefinition(file)
      self.definition = definition.name
      warnings = definition.warnings.map(Mistake.init)
      warningLines = definition.warnings.map(\.description)
      examples = definition.examples.count
      failures = try Engine.failures(ofExamplesIn: definition).map {
        Failure(example: $0.example, line: $0.line, column: $0.column, message: $0.message)
      }
      coverage = try book.map { try Trials.coverage(of: definition, in: $0) }
    } catch let faults as DefinitionFaults {
      mistakes = faults.faults.map(Mistake.init)
      furtherPlaces = faults.furtherPlaces > 0 ? faults.furtherPlaces : nil
      mistakesText = "\(faults)"
    }
  }
}
