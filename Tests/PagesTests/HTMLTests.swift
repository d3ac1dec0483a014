import Pages
import Testing

@Suite("HTML") struct HTMLTests {
  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "&amp;",
    "</style><script>", "<!--", "]]>", "\u{202E}gnp.exe", "\u{200B}", "a\u{0}b\nc",
    String(repeating: "<", count: 256), "{{x}}", "javascript:alert(1)",
  ]

  @Test(
    "nothing from data becomes markup, as text, as a name or as an attribute", arguments: hostile)
  func escaping(_ text: String) {
    var html = HTML()
    html.add("p", Attribute("title", text), text: text)
    html.add("p") { $0.add(name: text) }
    let marks = html.text.filter { $0 == "<" }.count
    #expect(marks == 6, "the elements' own tags alone")
    #expect(html.text.filter { $0 == "\"" }.count == 4)
    #expect(!html.text.contains("'"))
    #expect(!html.text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
  }

  @Test("text comes back whole where nothing in it is obeyed")
  func whole() {
    #expect(HTML("Zoë & Ωmega").text == "Zoë &amp; Ωmega")
    #expect(shownText("\u{200B}\u{2060}") == "\\u{200b}\\u{2060}")
    #expect(shownText("a\u{200B}b") == "a\u{200B}b")
    #expect(shownText("\u{202E}x") == "\\u{202e}x")
    #expect(shownText("") == "")
  }

  @Test("a link leads to the web or within the pages, never to a script")
  func links() {
    for address in [
      "javascript:alert(1)", "data:text/html,x", " https://x", "//x", "https://x\n", "ftp://x", "",
    ] {
      #expect(Link(web: address) == nil, "\(address)")
    }
    #expect(Link(web: "https://crm.example/a")?.address == "https://crm.example/a")
    #expect(
      Link(path: ["lead", "a/../b"], query: [("q", "x&y")]).address == "/lead/a%2F..%2Fb?q=x%26y")
    #expect(Link(fragment: "a b").address == "#a%20b")
    #expect(percentEncoded("a b/é~") == "a%20b%2F%C3%A9~")
    var html = HTML()
    html.add("a", .href(Link(fragment: "\"><b>")), text: "x")
    #expect(html.text == "<a href=\"#%22%3E%3Cb%3E\">x</a>")
  }

  @Test("a template puts the key, encoded, behind the host")
  func templates() {
    let template = LinkTemplate("https://crm.example/find?key={lead}&x={lead}")
    #expect(
      template?.link(to: "a\"b@c&d/é")?.address
        == "https://crm.example/find?key=a%22b%40c%26d%2F%C3%A9&x=a%22b%40c%26d%2F%C3%A9")
    for text in [
      "https://{lead}/x", "https://{lead}", "https://crm.example/", "{lead}", "javascript:{lead}//",
      "https:///{lead}",
    ] {
      #expect(LinkTemplate(text) == nil, "\(text)")
    }
  }

  @Test("a page's policy lets nothing be loaded, and its style alone be applied")
  func policy() throws {
    let page = String(decoding: Page(title: "<b>", body: HTML("x")).file, as: UTF8.self)
    #expect(page.contains("<title>&lt;b&gt;</title>"))
    let style = try #require(
      page.components(between: "<style>", and: "</style>").first)
    #expect(style == pageStyle.description)
    #expect(Page.policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
    #expect(Page.policy.contains("'\(sourceHash(pageStyle))'"))
    // The digest of no bytes is known everywhere.
    #expect(sourceHash("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    #expect(!page.contains("<script") && !page.contains(" style="))
  }

  @Test("rows of a table say what each cell is about")
  func tables() {
    var table = PageTable("People", [.init("Name"), .number("Score")])
    table.add(["<Ada>", "1"])
    #expect(table.html.text.contains("data-label=\"Score\" class=\"n\">1</td>"))
    #expect(table.html.text.contains(">&lt;Ada&gt;</th>"))
    #expect(table.html.text.contains("<caption>People</caption>"))
  }
}

extension String {
  func components(between start: String, and end: String) -> [String] {
    components(separated: start).dropFirst().compactMap { $0.components(separated: end).first }
  }

  private func components(separated by: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: by) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
