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

/// Every mistake found in a definition, in the order of the file; never empty.
package struct DefinitionFaults: Error, Sendable {
  package var faults: [DefinitionFault]
  /// The text they are in, so that each can be shown where it stands.
  package var text: String

  package init(faults: [DefinitionFault], text: String) {
    self.faults = faults
    self.text = text
  }
}

extension DefinitionFaults: CustomStringConvertible {
  /// Each fault, the line it is in, and a caret under the place.
  package var description: String {
    let lines = SourceLines(text)
    return faults.map { fault in
      guard let source = lines[fault.line] else { return fault.description }
      // A tab stays a tab, so that the caret lands under the same character.
      let indent = source.prefix(fault.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
      let padding = String(repeating: " ", count: max(0, fault.column - 1 - source.count))
      var shown = ""
      shown.unicodeScalars.append(contentsOf: source)
      return "\(fault.description)\n  \(shown)\n  \(indent)\(padding)^"
    }.joined(separator: "\n")
  }
}
