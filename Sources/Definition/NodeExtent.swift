/// Finds where a node's text begins and ends; the parser tells only where it begins.
///
/// A guess that an edit proves: what it comes to is parsed again and must say what was wanted.
struct NodeExtent {
  private let source: SourceLines
  private var scalars: [Unicode.Scalar] { source.scalars }

  init(_ source: SourceLines) {
    self.source = source
  }

  func isFlow(_ node: YAMLNode) -> Bool {
    let start = start(of: node)
    return start < scalars.count && "[{".unicodeScalars.contains(scalars[start])
  }

  /// Nil where it cannot be told, as of a text in several lines.
  func range(of node: YAMLNode) -> Range<Int>? {
    end(of: node).map { offset(node.place)..<$0 }
  }

  private func offset(_ place: Place) -> Int { source.offset(of: place) ?? scalars.count }

  /// Where a node begins behind its tag.
  private func start(of node: YAMLNode) -> Int {
    var at = offset(node.place)
    guard at < scalars.count, scalars[at] == "!" else { return at }
    while at < scalars.count, !scalars[at].properties.isWhitespace { at += 1 }
    while at < scalars.count, scalars[at].properties.isWhitespace { at += 1 }
    return at
  }

  private func end(of node: YAMLNode) -> Int? {
    let start = start(of: node)
    switch node.value {
    case .list(let items): return end(ofCollection: node, last: items.last, at: start)
    case .mapping(let entries):
      return end(ofCollection: node, last: entries.last?.value, at: start)
    default: break
    }
    guard start < scalars.count else { return start }
    switch scalars[start] {
    case "'", "\"": return end(ofQuoted: start)
    case "|", ">": return nil
    default: return end(ofPlain: node.written, at: start)
    }
  }

  private func end(ofCollection node: YAMLNode, last: YAMLNode?, at start: Int) -> Int? {
    guard isFlow(node) else { return last.flatMap(end) }
    guard var at = last == nil ? start + 1 : last.flatMap(end) else { return nil }
    // What may stand between the last value and the bracket.
    while at < scalars.count {
      let scalar = scalars[at]
      at += 1
      if scalar == "]" || scalar == "}" { return at }
      if scalar == "#" {
        while at < scalars.count, scalars[at] != "\n" { at += 1 }
      } else if scalar != ",", !scalar.properties.isWhitespace {
        return nil
      }
    }
    return nil
  }

  private func end(ofQuoted start: Int) -> Int? {
    let quote = scalars[start]
    var at = start + 1
    while at < scalars.count {
      if scalars[at] == quote {
        // A quote in single quotes is written twice.
        guard quote == "'", at + 1 < scalars.count, scalars[at + 1] == quote else { return at + 1 }
        at += 1
      } else if quote == "\"", scalars[at] == "\\" {
        at += 1
      }
      at += 1
    }
    return nil
  }

  /// Any white space of a plain scalar may be a line break and an indentation in the file.
  private func end(ofPlain written: String, at start: Int) -> Int? {
    var at = start
    var isSpace = false
    for scalar in written.unicodeScalars {
      if scalar.properties.isWhitespace {
        isSpace = true
        continue
      }
      if isSpace {
        while at < scalars.count, scalars[at].properties.isWhitespace { at += 1 }
        isSpace = false
      }
      guard at < scalars.count, scalars[at] == scalar else { return nil }
      at += 1
    }
    return at
  }
}
