import Notation
import Testing

@Suite("text that is shown") struct VisibleTextTests {
  @Test(
    "what a terminal would obey is written out",
    arguments: [
      ("plain äöü 日本", "plain äöü 日本"),
      ("\u{1b}[2Jgone", "\\u{1b}[2Jgone"),
      ("a\nsound", "a\\u{a}sound"),
      ("a\r\nsound", "a\\u{d}\\u{a}sound"),
      ("\u{202e}gpj.exe", "\\u{202e}gpj.exe"),
      ("bell\u{7}\u{9b}0m", "bell\\u{7}\\u{9b}0m"),
      ("\u{7f}\u{61c}\u{200f}\u{2028}\u{2066}", "\\u{7f}\\u{61c}\\u{200f}\\u{2028}\\u{2066}"),
    ])
  func visible(text: String, shown: String) {
    #expect(visibleText(text) == shown)
  }

  @Test("line feeds may stay, and nothing else does")
  func lineFeeds() {
    #expect(visibleText("a\nb\r\nc\u{1b}", keepingLineFeeds: true) == "a\nb\\u{d}\nc\\u{1b}")
  }
}
