/// Something that a source text declares at top level, or as a member of a type.
struct Declaration: Equatable {
  /// `struct`, `func`, `let` and so on, or `extension`.
  var keyword: String
  /// Of an extension that of its type, of an `init` or `subscript` the keyword.
  var name: String
  var modifiers: Set<String>
  /// Its keyword's place among the tokens.
  var place: Int
  /// The type or extension that it is a member of, by its place among the declarations.
  var parent: Int?
  /// The tokens between its brackets; empty without any.
  var body: Range<Int>

  var isForOthers: Bool { !modifiers.isDisjoint(with: ["public", "package"]) }
  var isForFile: Bool { !modifiers.isDisjoint(with: ["private", "fileprivate"]) }

  var isType: Bool { keyword == "typealias" || Declaration.types.contains(keyword) }
  /// Whether it is used without its name.
  var isUnnamed: Bool { ["init", "subscript", "extension"].contains(keyword) }

  private static let types: Set = ["struct", "class", "enum", "protocol", "actor"]
  private static let keywords = types.union([
    "typealias", "func", "let", "var", "extension", "case", "init", "subscript",
  ])
  private static let modifiers: Set = [
    "public", "package", "internal", "private", "fileprivate", "static", "final", "mutating",
    "consuming", "nonisolated", "indirect", "lazy", "weak", "unowned", "convenience", "override",
    "required", "class",
  ]

  /// Finds what some tokens declare, but for what stands in the bodies of functions.
  static func all(in tokens: [Token]) -> [Declaration] {
    var found: [Declaration] = []
    /// The open brackets, outermost first: a declaration whose members stand there, or nil.
    var open: [Int?] = []
    /// The declaration whose bracket comes next.
    var opening: Int?
    for (place, token) in tokens.enumerated() {
      switch token.text {
      case "{":
        if let opening { found[opening].body = place + 1..<place + 1 }
        open.append(opening)
        opening = nil
      case "}":
        guard let ending = open.popLast() ?? nil else { break }
        found[ending].body = found[ending].body.lowerBound..<place
      default:
        let keyword = token.text
        guard keywords.contains(keyword), opening == nil, open.allSatisfy({ $0 != nil }),
          place == 0 || tokens[place - 1].text != ".",
          let name = name(behind: place, in: tokens)
        else { break }
        if types.contains(keyword) || keyword == "extension" { opening = found.count }
        found.append(
          Declaration(
            keyword: keyword, name: name, modifiers: modifiers(before: place, in: tokens),
            place: place, parent: open.last ?? nil, body: 0..<0))
      }
    }
    return found
  }

  /// Nil where the keyword is none here, as in `class func`, or several names follow.
  private static func name(behind place: Int, in tokens: [Token]) -> String? {
    guard place + 1 < tokens.count else { return nil }
    let next = tokens[place + 1]
    if ["init", "subscript"].contains(tokens[place].text) { return tokens[place].text }
    if next.isWord { return keywords.contains(next.text) ? nil : next.text }
    // An extension of arrays counts as one of what they are of.
    guard tokens[place].text == "extension" else { return nil }
    return tokens[(place + 1)...].first(where: \.isWord)?.text
  }

  private static func modifiers(before place: Int, in tokens: [Token]) -> Set<String> {
    var words: Set<String> = []
    var place = place - 1
    while place >= 0 {
      if tokens[place].text == ")" {
        // `private(set)` says nothing of who may read.
        while place > 0, tokens[place].text != "(" { place -= 1 }
        place -= 2
      } else if modifiers.contains(tokens[place].text) {
        words.insert(tokens[place].text)
        place -= 1
      } else {
        break
      }
    }
    return words
  }
}
