/// A place in a definition's text, 1-based; the column counts Unicode scalars.
struct Place: Hashable, Comparable {
  var line: Int
  var column: Int

  static func < (one: Place, other: Place) -> Bool {
    (one.line, one.column) < (other.line, other.column)
  }
}

/// A text cut into lines where YAML cuts it.
struct SourceLines {
  private(set) var scalars: [Unicode.Scalar]
  /// Where each line begins and, before its break, ends.
  private let lines: [Range<Int>]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var lines: [Range<Int>] = []
    var start = 0
    var index = 0
    while index < scalars.count {
      if SourceLines.isBreak(scalars[index]) {
        lines.append(start..<index)
        if scalars[index] == "\r", index + 1 < scalars.count, scalars[index + 1] == "\n" {
          index += 1
        }
        start = index + 1
      }
      index += 1
    }
    lines.append(start..<scalars.count)
    self.lines = lines
  }

  /// The line of a number, without its break; nil beyond the end.
  subscript(line: Int) -> ArraySlice<Unicode.Scalar>? {
    lines.indices.contains(line - 1) ? scalars[lines[line - 1]] : nil
  }

  /// Where among all scalars a place is.
  func offset(of place: Place) -> Int? {
    guard lines.indices.contains(place.line - 1) else { return nil }
    let offset = lines[place.line - 1].lowerBound + place.column - 1
    return scalars.indices.contains(offset) ? offset : nil
  }

  /// The place of the scalar with an offset.
  func place(of offset: Int) -> Place {
    let line = lines.lastIndex { $0.lowerBound <= offset } ?? 0
    return Place(line: line + 1, column: offset - lines[line].lowerBound + 1)
  }

  /// Replaces one scalar, which is not a line break, by another.
  mutating func replace(at offset: Int, by scalar: Unicode.Scalar) {
    scalars[offset] = scalar
  }

  var text: String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }
}
