/// A source text without what is no code: comments and what texts say are blanks, and line feeds stay.
///
/// What is worked out inside a text, `\(…)`, is code.
struct SwiftText {
  private let source: [UInt8]
  private var at = 0
  private(set) var code: [UInt8] = []

  init(_ source: String) {
    self.source = Array(source.utf8)
    code.reserveCapacity(self.source.count)
    readCode(until: nil)
  }

  /// The code's lines.
  var lines: [String] {
    code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Takes code up to the end, or up to the bracket that ends what is worked out inside a text.
  private mutating func readCode(until end: UInt8?) {
    var depth = 0
    while let byte = peek() {
      if byte == end, depth == 0 { return }
      switch byte {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default: break
      }
      if follows("//") {
        while let byte = peek(), byte != UInt8(ascii: "\n") { blank() }
      } else if follows("/*") {
        blankComment()
      } else if let fence = fenceCount() {
        blankText(fence)
      } else {
        code.append(byte)
        at += 1
      }
    }
  }

  private func peek(_ offset: Int = 0) -> UInt8? {
    at + offset < source.count ? source[at + offset] : nil
  }

  private func follows(_ text: StaticString, at offset: Int = 0) -> Bool {
    text.withUTF8Buffer { text in
      text.indices.allSatisfy { peek(offset + $0) == text[$0] }
    }
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count {
      guard let byte = peek() else { return }
      code.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
      at += 1
    }
  }

  private mutating func blankComment() {
    var depth = 0
    repeat {
      if follows("/*") {
        depth += 1
      } else if follows("*/") {
        depth -= 1
      } else {
        blank(); continue
      }
      blank(2)
    } while depth > 0 && peek() != nil
  }

  /// How many `#` a text begins with that begins here; nil where none begins.
  private func fenceCount() -> Int? {
    var count = 0
    while peek(count) == UInt8(ascii: "#") { count += 1 }
    return peek(count) == UInt8(ascii: "\"") ? count : nil
  }

  private mutating func blankText(_ fence: Int) {
    blank(fence)
    let isLong = follows("\"\"\"")
    let quoteCount = isLong ? 3 : 1
    blank(quoteCount)
    while peek() != nil {
      if isLong ? follows("\"\"\"") : follows("\""), isFenced(fence, after: quoteCount) {
        return blank(quoteCount + fence)
      }
      if follows("\\"), isFenced(fence, after: 1) {
        blank(1 + fence)
        guard follows("(") else { blank(); continue }
        blank()
        readCode(until: UInt8(ascii: ")"))
      }
      blank()
    }
  }

  private func isFenced(_ fence: Int, after offset: Int) -> Bool {
    (0..<fence).allSatisfy { peek(offset + $0) == UInt8(ascii: "#") }
  }
}
