/// A word or a sign of a source text.
struct Token: Equatable {
  var text: String
  /// From 1.
  var line: Int

  var isWord: Bool { text.utf8.first.map(Token.isOfWord) ?? false }

  /// Reads the words and signs of a text that is code alone.
  static func all(of text: SwiftText) -> [Token] {
    var tokens: [Token] = []
    var line = 1
    var word: [UInt8] = []
    func end() {
      if word.isEmpty { return }
      tokens.append(Token(text: String(decoding: word, as: UTF8.self), line: line))
      word = []
    }
    for byte in text.code {
      if isOfWord(byte) {
        word.append(byte)
        continue
      }
      end()
      if byte == UInt8(ascii: "\n") { line += 1 }
      // A name in backticks is the name.
      if byte > 0x20, byte != UInt8(ascii: "`") {
        tokens.append(Token(text: String(decoding: [byte], as: UTF8.self), line: line))
      }
    }
    end()
    return tokens
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
