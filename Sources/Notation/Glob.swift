/// A text pattern: `*` any run of characters, `?` exactly one, everything else literal, case ignored.
///
/// It always speaks about the whole text. A character is a Unicode scalar; case is ignored by simple
/// case folding. The pattern is folded and classified once, so that matching allocates nothing and
/// plain ASCII, which is nearly everything, is compared byte by byte.
package struct Glob: Sendable {
  let shape: Shape
  /// The folded literal of a shape that has one.
  let needle: [UInt8]
  private let source: Source
  /// Whether it has no wildcard, so that it stands for one text.
  package let isLiteral: Bool

  enum Shape: UInt8, Sendable {
    /// No wildcard, ASCII throughout. The next three are ASCII too.
    case exact
    /// `literal*`
    case prefix
    /// `*literal`
    case suffix
    /// `*literal*`
    case contains
    /// Anything else, wildcards and literals all ASCII.
    case asciiGeneral
    /// With parts between stars that are too long to be walked.
    case long
    /// Anything else.
    case general
  }

  // Above every Unicode scalar, so they cannot be mistaken for a literal.
  package static let anyRun: UInt32 = 0xFFFF_FFFF
  static let anyOne: UInt32 = 0xFFFF_FFFE

  package init(_ pattern: String) {
    let tokens = Glob.tokens(of: pattern)
    let literal = tokens.filter { $0 < Glob.anyOne }
    let opens = tokens.first == Glob.anyRun
    let closes = tokens.last == Glob.anyRun
    let wildcards = (opens ? 1 : 0) + (closes && tokens.count > 1 ? 1 : 0)
    isLiteral = literal.count == tokens.count
    let parts = GlobParts.areNeeded(for: tokens) ? GlobParts(tokens) : nil
    source = Source(pattern: pattern, tokens: tokens, parts: parts)
    if parts != nil {
      shape = .long
    } else if !literal.allSatisfy({ $0 < 0x80 }) {
      shape = .general
    } else if literal.count + wildcards != tokens.count {
      shape = .asciiGeneral
    } else if opens && (closes || literal.isEmpty) {
      shape = .contains
    } else if opens {
      shape = .suffix
    } else {
      shape = closes ? .prefix : .exact
    }
    needle =
      switch shape {
      case .exact, .prefix, .suffix, .contains: literal.map { UInt8($0) }
      case .asciiGeneral, .long, .general: []
      }
  }

  package var pattern: String { source.pattern }
  /// The folded pattern, scalar by scalar, with `anyRun` and `anyOne` for the wildcards.
  package var tokens: [UInt32] { source.tokens }
  /// The longest run of characters between two stars that has a `?` in it, where it is long.
  package var longestMixed: Int { parts?.longestMixed ?? 0 }
  /// The longest that can be searched for in time.
  package static var mixedMax: Int { GlobParts.mixedMax }

  /// Of the shape `long` alone.
  var parts: GlobParts? { source.parts }

  /// What most shapes match without: in one place, because a glob is copied for each value it is asked about.
  private final class Source: Sendable {
    let pattern: String
    let tokens: [UInt32]
    let parts: GlobParts?

    init(pattern: String, tokens: [UInt32], parts: GlobParts?) {
      self.pattern = pattern
      self.tokens = tokens
      self.parts = parts
    }
  }

  /// Folds the pattern; runs of `*` become one.
  private static func tokens(of pattern: String) -> [UInt32] {
    var tokens: [UInt32] = []
    for scalar in pattern.unicodeScalars {
      switch scalar {
      case "*": if tokens.last != anyRun { tokens.append(anyRun) }
      case "?": tokens.append(anyOne)
      default: tokens.append(simpleFold(scalar.value))
      }
    }
    return tokens
  }
}

extension Glob: Hashable {
  package static func == (one: Glob, other: Glob) -> Bool { one.pattern == other.pattern }

  package func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}
