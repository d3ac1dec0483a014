/// One mistake in a definition: where it stands, what is wrong, and what was probably meant.
package struct DefinitionFault: Sendable, Hashable {
  package var file: String
  /// 1-based, as is the column, which counts Unicode scalars.
  package var line: Int
  package var column: Int
  package var message: String
  /// What was probably meant, or what would be valid there.
  package var hint: String?

  package init(file: String, line: Int, column: Int, message: String, hint: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.hint = hint
  }
}

extension DefinitionFault: CustomStringConvertible {
  package var description: String {
    "\(file):\(line):\(column): \(message)" + (hint.map { "; \($0)" } ?? "")
  }
}

/// The mistakes found in a definition, in the order of the file; never empty.
package struct DefinitionFaults: Error, Sendable {
  /// All of them, or of very many the first.
  package var faults: [DefinitionFault]
  /// At how many places there are others, further on.
  package var furtherPlaces: Int
  /// The text they are in, so that each can be shown where it stands.
  package var text: String

  init(_ found: FaultCollector, text: String) {
    (faults, furtherPlaces) = found.found
    self.text = text
  }
}

extension DefinitionFaults: CustomStringConvertible {
  /// Each fault, the line it is in, and a caret under the place.
  package var description: String {
    let lines = SourceLines(text)
    var parts = faults.map { fault in
      guard let source = lines[fault.line] else { return fault.description }
      let excerpt = LineExcerpt(source, column: fault.column)
      return "\(fault.description)\n  \(excerpt.line)\n  \(excerpt.caret)"
    }
    if furtherPlaces > 0, let file = faults.first?.file {
      let places = furtherPlaces == 1 ? "one more place" : "\(furtherPlaces) more places"
      parts.append("\(file): there are mistakes in \(places); these come first")
    }
    return parts.joined(separator: "\n")
  }
}
