// "white space (code points of Unicode's White_Space, and U+200B, U+200C, U+200D, U+2060, U+FEFF)"
func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
  let besides: [Unicode.Scalar] = ["\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}"]
  return scalar.properties.isWhitespace || besides.contains(scalar)
}

extension Text {
  init(scalars: some Sequence<Unicode.Scalar>) {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    self.init(String(text))
  }

  /// The text in its simple case folding.
  var folded: Text { Text(scalars: scalars.map { Reference.folded($0) }) }

  // "empty text and text of nothing but white space"
  var isBlank: Bool { scalars.allSatisfy { isWhiteSpace($0) } }

  /// The text without what stands at its ends.
  func trimmed(_ goes: (Unicode.Scalar) -> Bool) -> Text {
    var rest = scalars[...]
    while let first = rest.first, goes(first) { rest.removeFirst() }
    while let last = rest.last, goes(last) { rest.removeLast() }
    return Text(scalars: rest)
  }
}

/// How keys are compared.
enum KeyMode: String {
  case exact
  case foldCase = "fold-case"
  case email

  func normalised(_ key: Text) -> Text {
    if self == .exact { return key }
    // "each key loses white space at its ends and is replaced by its simple case folding"
    let key = key.trimmed(isWhiteSpace).folded
    return self == .email ? KeyMode.withoutTag(key) : key
  }

  // "in a key with an `@`, what stands from the first `+` up to, and without, the last `@` goes
  // (nothing, if that `+` is the first character or behind the `@`)"
  private static func withoutTag(_ key: Text) -> Text {
    guard let at = key.bytes.lastIndex(of: UInt8(ascii: "@")),
      let plus = key.bytes.firstIndex(of: UInt8(ascii: "+")), plus > 0, plus < at
    else { return key }
    return Text(bytes: Array(key.bytes[..<plus] + key.bytes[at...]))
  }
}

/// What a definition says about reading a line, but for interactions and answers.
struct Reading {
  var leadKeys = KeyMode.exact
  var accountKeys = KeyMode.exact
  var ignoresBlanks = false
  var dropsTrailingSlashes = false
  var foldsPaths = false

  init() {}

  init(_ root: Yaml) {
    func mode(_ name: String) -> KeyMode {
      root["keys"]?[name]?.written.flatMap { KeyMode(rawValue: $0) } ?? .exact
    }
    leadKeys = mode("leads")
    accountKeys = mode("accounts")
    ignoresBlanks = root["blanks"]?.written == "ignore"
    dropsTrailingSlashes = root["paths"]?["trailing_slash"]?.written == "drop"
    foldsPaths = root["paths"]?["case"]?.written == "fold"
  }

  // "normalises the text of `path`, given or from `url`"
  func normalised(path: Text) -> Text {
    var path = path
    if dropsTrailingSlashes {
      // "all slashes at its end go (of slashes alone one stays)"
      while path.bytes.count > 1, path.bytes.last == UInt8(ascii: "/") { path.bytes.removeLast() }
    }
    return foldsPaths ? path.folded : path
  }
}
