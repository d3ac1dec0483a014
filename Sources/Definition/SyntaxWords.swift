/// What keeps a text from being YAML, as the eye sees it.
struct SyntaxWords {
  let place: Place
  let message: String
  let hint: String?

  /// `problem`: what the parser says; `opened`: where what it was in the middle of begins.
  init(_ problem: String, at place: Place, opened: Place?, in source: SourceLines) {
    let look = SyntaxLook(source: source, place: place, opened: opened)
    let found = look.told(problem)
    self.place = found?.place ?? place
    message = found?.message ?? "this is not YAML: \(problem)"
    hint = found?.hint
  }
}

/// A look at the lines around the place where a parser gave up.
private struct SyntaxLook {
  typealias Told = (place: Place, message: String, hint: String?)

  let source: SourceLines
  let place: Place
  let opened: Place?

  private func text(_ line: Int) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: source[line] ?? [])
    return text
  }

  private func indent(_ line: Int) -> Int { text(line).prefix { $0 == " " }.count }

  private func trimmed(_ line: Int) -> Substring {
    let text = text(line).drop { $0 == " " }
    return text.prefix(text.count - text.reversed().prefix { $0 == " " }.count)
  }

  /// The line above that says something.
  private func above(_ line: Int) -> Int? {
    (1..<max(1, line)).last { !trimmed($0).isEmpty && !trimmed($0).hasPrefix("#") }
  }

  /// What stands at the place, up to where a value within brackets ends.
  private func value(at place: Place) -> String {
    let rest = text(place.line).unicodeScalars.dropFirst(place.column - 1)
    let value = String(String.UnicodeScalarView(rest.prefix { !",}]#".unicodeScalars.contains($0) }))
    return String(value.reversed().drop { $0 == " " }.reversed())
  }

  func told(_ problem: String) -> Told? {
    if problem.contains("alias") {
      return (
        place, "a text that begins with '*' needs quotes", "write \"\(value(at: place))\""
      )
    }
    if problem.contains("cannot start any token") { return token }
    if problem.contains("block scalar") { return bound }
    if problem.contains("unknown escape") {
      return (
        place, "within \"...\" a \\ begins an escape", "write '...' around it, or \\\\ for one \\"
      )
    }
    if problem.contains("scanning a quoted scalar"), let opened {
      return (
        opened, "the quotation mark that opens here is not closed", "close it before the line ends"
      )
    }
    if problem.contains("mapping values are not allowed") { return colon }
    if problem.contains("could not find expected ':'") { return above(place.line).flatMap(keyless) }
    guard problem.contains("did not find expected") else { return nil }
    if problem.contains("flow mapping") { return flow("{", "}") }
    if problem.contains("flow sequence") { return flow("[", "]") }
    if problem.contains("block mapping") || problem.contains("block collection") { return block }
    return nil
  }

  private var token: Told? {
    guard let offset = source.offset(of: place) else { return nil }
    let first = source.scalars[offset]
    if first == "\t" {
      return (place, "this line is indented with a tab", "indent with spaces")
    }
    return bound ?? (
      place, "a text that begins with '\(first)' needs quotes", "write \"\(value(at: place))\""
    )
  }

  /// A comparison, where a test is a mapping.
  private var bound: Told? {
    let start = opened.map { $0.line == place.line ? $0 : place } ?? place
    let written = value(at: start)
    guard let meant = WrittenBound(written)?.meant else { return nil }
    return (start, "'\(written)' is not how a bound is written", "write \(meant)")
  }

  /// A line without the colon that its key needs.
  private func keyless(_ line: Int) -> Told? {
    let words = trimmed(line)
    guard !words.contains(":"), !words.hasPrefix("- ") else { return nil }
    let place = Place(line: line, column: indent(line) + 1)
    if words.hasPrefix("//") {
      return (place, "a note begins with #, not with //", "write #\(words.dropFirst(2))")
    }
    let parts = words.split(separator: " ", maxSplits: 1)
    return (
      place, "this line has no colon behind its key",
      parts.count == 2 ? "write \(parts[0]): \(parts[1])" : "write \(words):"
    )
  }

  private var colon: Told? {
    let before = above(place.line)
    if let before, let told = keyless(before) { return told }
    let words = trimmed(place.line)
    if words.contains("(") {
      return (place, "what belongs together stands in { }, not in ( )", "write { and }")
    }
    let colons = words.indices.filter {
      words[$0] == ":" && (words.index(after: $0) == words.endIndex || words[words.index(after: $0)] == " ")
    }
    if colons.count > 1 {
      return (
        place, "there is a second colon in this line",
        "text with a colon and a space in it needs quotes; each key needs a line of its own"
      )
    }
    if let before, indent(place.line) > indent(before) {
      return (
        Place(line: place.line, column: 1),
        "line \(place.line) is indented by \(indent(place.line)), below line \(before), which has its "
          + "value already and is indented by \(indent(before))",
        "indent it by \(indent(before)), or leave out the value of line \(before)"
      )
    }
    return nil
  }

  private func flow(_ open: Character, _ close: Character) -> Told? {
    let start = opened ?? place
    let line = text(start.line)
    for mark in ["\"", "'"] where quotesAreOdd(mark, in: line) {
      return (
        start, "a quotation mark (\(mark)) in line \(start.line) has no other to close it",
        mark == "'" ? "write \"...\" around text with ' in it" : "close it with \(mark)"
      )
    }
    if line.contains(";") {
      return (place, "entries are kept apart by a comma, not by ';'", "write , between two")
    }
    if place.line > start.line || source.offset(of: place) == nil {
      return (start, "the '\(open)' that opens here is not closed", "write \(close) at its end")
    }
    if line.unicodeScalars.dropFirst(place.column - 1).first == ":" {
      return (
        place, "there is a colon within a text here", "text with a colon and a space in it needs quotes"
      )
    }
    return (
      place, "between '\(open)' and '\(close)' something is not as it must be here",
      "write a comma between entries, '\(close)' at the end, quotes around text with signs in it"
    )
  }

  private func quotesAreOdd(_ mark: String, in line: String) -> Bool {
    line.filter { String($0) == mark }.count % 2 == 1
  }

  private var block: Told? {
    let words = trimmed(place.line)
    let rest = text(place.line).unicodeScalars.dropFirst(place.column - 1)
    if let first = rest.first, "}]".unicodeScalars.contains(first) {
      return (place, "there is one '\(first)' too many", "leave it out")
    }
    if words.hasPrefix("- ") {
      return (
        place, "this line is an item of a list, its neighbours are keys",
        "write it as key: value, or indent it below the key whose list it belongs to"
      )
    }
    guard let before = above(place.line), place.column == indent(place.line) + 1 else {
      return (
        place, "something stands behind a value that has ended",
        "text with quotation marks in it is written within the other kind of them"
      )
    }
    let here = indent(place.line)
    if here == indent(before) { return keyless(place.line) }
    return (
      place,
      "line \(place.line) is indented by \(here), its neighbours by \(indent(before))",
      "what belongs together is indented by the same"
    )
  }
}
