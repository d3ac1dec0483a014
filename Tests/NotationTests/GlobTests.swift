import Testing

@testable import Notation

@Suite("globs") struct GlobTests {
  @Test(
    "a glob speaks about the whole text and ignores case",
    arguments: [
      ("/pricing", "/pricing", true), ("/pricing", "/PRICING", true),
      ("/pricing", "/pricing/", false),
      ("/pricing", "/pricin", false), ("/pricing", "", false), ("", "", true), ("", "a", false),
      ("/blog/*", "/blog/", true), ("/blog/*", "/Blog/x/y", true), ("/blog/*", "/blog", false),
      ("*whitepaper*", "roi-WhitePaper-2", true), ("*whitepaper*", "whitepaper", true),
      ("*whitepaper*", "white-paper", false), ("*.pdf", "a.PDF", true), ("*.pdf", "a.pdf?", false),
      ("*.pdf", ".pdf", true), ("*.pdf", "pdf", false), ("*", "", true), ("*", "anything", true),
      ("**", "x", true), ("***a", "a", true), ("a?c", "abc", true), ("a?c", "ac", false),
      ("a?c", "abbc", false), ("?", "", false), ("?*", "", false), ("?*", "x", true),
      ("a*b*c", "aXbXc", true), ("a*b*c", "abcbc", true), ("a*b*c", "acb", false),
      ("*ab", "aab", true), ("*aab*", "aaab", true), ("a*a", "a", false), ("[a]", "a", false),
      ("[a]", "[A]", true), ("a.c", "abc", false), ("a\\*", "a\\b", true), ("@", "`", false),
      ("[", "{", false), ("VP*", "vp of sales", true), ("chief *", "Chief", false),
    ])
  func ascii(pattern: String, text: String, matches: Bool) {
    #expect(Glob(pattern).matches(text) == matches)
  }

  @Test(
    "a character is a Unicode scalar, and case is ignored in every script",
    arguments: [
      ("müller", "MÜLLER", true), ("ΟΔΟΣ", "οδος", true), ("ΟΔΟΣ", "οδοσ", true),
      ("директор*", "ДИРЕКТОР по продажам", true), ("𐐀", "𐐨", true), ("?", "ü", true),
      ("?", "😀", true), ("??", "😀", false), ("?", "e\u{301}", false), ("??", "e\u{301}", true),
      ("\u{E9}", "e\u{301}", false), ("straße", "STRAẞE", true), ("straße", "strasse", false),
      ("i", "İ", false), ("i", "ı", false), ("İ", "İ", true), ("a?o", "aßo", true),
      ("*é*", "CAFÉ!", true), ("日本*", "日本語", true), ("日本*", "日木語", false),
      ("caf?", "CAFÉ", true), ("*?é", "é", false), ("*é?", "éé", true),
    ])
  func unicode(pattern: String, text: String, matches: Bool) {
    #expect(Glob(pattern).matches(text) == matches)
  }

  @Test(
    "an ASCII pattern meets what folds to ASCII: the Kelvin sign and the long s",
    arguments: [
      ("k", "\u{212A}", true), ("kk", "\u{212A}", false), ("\u{212A}", "k", true),
      ("s", "\u{17F}", true), ("mass*", "ma\u{17F}\u{17F}e", true), ("*mass", "a ma\u{17F}s", true),
      ("*mass*", "x ma\u{17F}s y", true), ("ma?s", "ma\u{17F}s", true), ("mass", "masé", false),
      ("*task", "tas\u{212A}", true), ("*task", "tas\u{212A}e", false),
      ("s*k", "\u{17F}é\u{212A}", true),
      ("mass", "mass\u{17F}", false), ("t", "\u{17F}", false),
    ])
  func foldingToASCII(pattern: String, text: String, matches: Bool) {
    #expect(Glob(pattern).matches(text) == matches)
  }

  @Test("the byte walk, the scalar walk and a plain recursive matcher agree on every short text")
  func exhaustive() {
    func slow(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
      guard let first = pattern.first else { return text.isEmpty }
      if first == "*" {
        return slow(pattern.dropFirst(), text) || !text.isEmpty && slow(pattern, text.dropFirst())
      }
      guard let next = text.first, first == "?" || first.lowercased() == next.lowercased() else {
        return false
      }
      return slow(pattern.dropFirst(), text.dropFirst())
    }
    let patterns = strings(of: ["a", "B", "*", "?"], upTo: 4)
    let texts = strings(of: ["A", "b"], upTo: 5) + strings(of: ["a", "é"], upTo: 4)
    for pattern in patterns {
      let glob = Glob(pattern)
      for text in texts {
        let expected = slow(Array(pattern)[...], Array(text)[...])
        #expect(glob.matches(text) == expected, "'\(pattern)' on '\(text)'")
        var copy = text
        let byScalars = copy.withUTF8 { glob.matchesScalars($0) }
        #expect(byScalars == expected, "'\(pattern)' on '\(text)', by scalars")
        let byParts = copy.withUTF8 { GlobParts(glob.tokens).matches($0) }
        #expect(byParts == expected, "'\(pattern)' on '\(text)', by parts")
      }
    }
  }

  @Test("a pattern of many stars on a long text takes no exponential time")
  func manyStars() {
    let glob = Glob(String(repeating: "a*", count: 30) + "b")
    #expect(!glob.matches(String(repeating: "a", count: 2000)))
    #expect(!glob.matches(String(repeating: "a", count: 500) + "é"))
  }

  @Test(
    "a long pattern takes no time that grows with both it and the text",
    arguments: [("*x*", "t."), ("*x", "t"), ("y*x*", "yt."), ("*x*z", "t.z"), ("?*x*?", "ytz")])
  func longPart(pattern: String, text: String) {
    // Walked from each place anew these would be more than 10^10 steps.
    let many = String(repeating: "a", count: 400_000)
    let glob = Glob(pattern.replacing("x", with: many.prefix(100_000) + "b"))
    #expect(glob.matches(text.replacing("t", with: many + "b")))
    #expect(!glob.matches(text.replacing("t", with: many)))
    #expect(!glob.matches(text.replacing("t", with: many + "é")))
  }

  @Test("a long part with question marks inside is found where it is, also across words of 64 bits")
  func longMixedPart() {
    for length in [17, 62, 63, 64, 126, 127, 128, 500] {
      let part = (0..<length).map { $0 % 3 == 1 ? "?" : $0 % 2 == 0 ? "a" : "É" }.joined() + "z"
      let text = (0..<length).map { $0 % 3 == 1 ? "x" : $0 % 2 == 0 ? "A" : "é" }.joined() + "Z"
      let near = text.dropLast() + "-"
      #expect(Glob("*\(part)*").matches("aéa" + text + "a"), "\(length)")
      #expect(!Glob("*\(part)*").matches("aéa" + near + "a"), "\(length)")
      #expect(Glob("*\(part)").matches(near + text), "\(length)")
      #expect(!Glob("*\(part)").matches(text + near), "\(length)")
      #expect(Glob("*\(part)*\(part)*").matches(near + text + "-" + text), "\(length)")
      #expect(!Glob("*\(part)*\(part)*").matches(near + text), "\(length)")
    }
  }

  @Test("bytes that are not UTF-8 are no reason to read beyond the end")
  func strayBytes() {
    for bytes: [UInt8] in [[0xE2], [0xE2, 0x84], [0x80], [0xF0, 0x9F, 0x98], [0xC3, 0x41]] {
      let (one, any) = bytes.withUnsafeBufferPointer {
        (Glob("é").matches($0), Glob("*").matches($0))
      }
      #expect(!one)
      #expect(any)
    }
  }

  private func strings(of alphabet: [String], upTo length: Int) -> [String] {
    var all = [""]
    var last = [""]
    for _ in 0..<length {
      last = last.flatMap { head in alphabet.map { head + $0 } }
      all += last
    }
    return all
  }
}
