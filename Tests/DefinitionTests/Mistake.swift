import Testing

/// A definition with something wrong in it, and everything that must be said about it.
struct Mistake: Sendable, CustomTestStringConvertible {
  var yaml: String
  /// Each as `line:column: message`.
  var faults: [String]

  var testDescription: String { yaml }

  /// Reads a table: a definition, then a line `! fault` for each fault, then an empty line.
  ///
  /// `name: t` is put before each definition as its first line, unless it begins with a line `%`.
  static func table(_ text: String) -> [Mistake] {
    var mistakes: [Mistake] = []
    var yaml = ""
    var faults: [String] = []
    for line in (text + "\n").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("! ") {
        faults.append(String(line.dropFirst(2)))
      } else if line.isEmpty {
        let file = yaml.hasPrefix("%\n") ? String(yaml.dropFirst(2)) : "name: t\n" + yaml
        mistakes.append(Mistake(yaml: file, faults: faults))
        (yaml, faults) = ("", [])
      } else {
        yaml += line + "\n"
      }
    }
    return mistakes
  }
}
