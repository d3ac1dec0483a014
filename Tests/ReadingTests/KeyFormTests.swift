import Definition
import Testing

@testable import Reading

@Suite("Keys as a definition sees them") struct KeyFormTests {
  private func key(_ form: KeyForm, _ written: String) -> String {
    String(decoding: form.key(Array(written.utf8)), as: UTF8.self)
  }

  @Test("exact: each spelling is a key of its own", arguments: ["", " ", "Jane@X ", "a+b@c"])
  func exact(_ written: String) {
    #expect(key(.exact, written) == written)
  }

  @Test(
    "fold-case: white space at the ends goes, and each scalar is replaced by its simple folding",
    arguments: [
      ("jane@x", "jane@x"), ("Jane@X", "jane@x"), (" \t\u{A0}Jane Doe\r\n ", "jane doe"),
      ("\u{200B}\u{FEFF}\u{2060}\u{200C}\u{200D}a\u{3000}\u{2028}\u{85}", "a"),
      // White space within a key stays, and so does what only looks like it.
      ("a\u{A0}B", "a\u{A0}b"), ("\u{180E}a\u{AD}", "\u{180E}a\u{AD}"),
      ("ÄÖÜ straße", "äöü straße"), ("STRASSE ẞ", "strasse ß"), ("ΌΣΟΣ όσος", "όσοσ όσοσ"),
      ("İıI", "İıi"), ("K", "k"), ("ſ", "s"), ("𐐀", "𐐨"),
      // Two bytes that become three.
      ("Ⱥb Ⱦ", "ⱥb ⱦ"), ("ȺȺȺȺ", "ⱥⱥⱥⱥ"),
      ("", ""), (" \u{2003}\u{200B} ", ""), ("a+b@C", "a+b@c"),
    ])
  func foldCase(_ written: String, _ expected: String) {
    #expect(key(.foldCase, written) == expected)
  }

  @Test(
    "email: what stands from the first + up to the last @ goes, too",
    arguments: [
      ("jane+news@x.org", "jane@x.org"), (" Jane+News@X.org ", "jane@x.org"),
      ("jane+a+b@x", "jane@x"), ("jane+a@b@x", "jane@x"), ("j@ne+a@x", "j@ne@x"),
      // Nothing goes where the + is the first character, behind the @, or there is no @.
      ("+jane@x", "+jane@x"), (" +jane+a@x", "+jane+a@x"), ("jane@x+y", "jane@x+y"),
      ("a@b+c@d", "a@b@d"), ("+49 123", "+49 123"), ("JANE+A", "jane+a"),
      ("jane+@x", "jane@x"), ("Ⱥ+ȺȺȺȺ@Ⱥ", "ⱥ@ⱥ"),
    ])
  func email(_ written: String, _ expected: String) {
    #expect(key(.email, written) == expected)
  }

  @Test("a key as a definition sees it stays as it is")
  func again() {
    for form in KeyForm.allCases {
      for written in [" Jane+a@X ", "Ⱥ+b@c+d@e", "+A@b", "\u{200B} A"] {
        let once = form.key(Array(written.utf8))
        #expect(form.key(once) == once, "\(form): \(written)")
      }
    }
  }
}
