import Testing

@testable import Reference

@Suite struct ReadingTests {
  private let day = "2026-01-01T00:00:00Z"

  /// The texts of the property `path` of page views, in their order, as touches show them.
  private func paths(_ settings: String, _ members: [String]) throws -> [String?] {
    let definition = """
      name: test
      \(settings)
      interactions:
        view: { type: page_view }
      touches:
        path: { first: view, property: path }
      scores:
        s: { points: { view: 1 } }
      """
    let lines = members.enumerated().map { line("1", day, "page_view", "l\($0)", $1) }
    let found = try HandBook(definition, lines).result()
    return members.indices.map { found.cell("l\($0)", "touch.path") }
  }

  @Test func allSlashesAtTheEndGoAndOfSlashesAloneOneStays() throws {
    let found = try paths(
      "paths: { trailing_slash: drop }",
      [
        #""path":"/Blog//""#, #""path":"///""#, #""path":"/""#, #""path":"""#,
        #""url":"https://x.org/a/?q""#, #""url":"https://x.org""#, #""path":"a/ ""#,
      ])
    #expect(found == ["/Blog", "/", "/", "", "/a", "/", "a/ "])
  }

  @Test func caseFoldNormalisesTheTextOfPathOnly() throws {
    let found = try paths(
      "paths: { case: fold }", [#""path":"/BLOG/Ä/""#, #""url":"HTTP://X/Y""#, #""path":5"#])
    #expect(found == ["/blog/ä/", "/y", "5"])
  }

  // A blank path is absent, so that of the url counts; one that is blank after the slash went is
  // absent, too; and so is a path of the url that is blank.
  @Test func blanksComeBeforeThePathOfTheURLAndPathsAfterIt() throws {
    let found = try paths(
      "blanks: ignore\npaths: { trailing_slash: drop }",
      [
        #""path":" ","url":"/x/""#, #""path":" /""#, #""url":"s: ?q""#, #""path":"","url":" ""#,
      ])
    #expect(found == ["/x", "", "", ""])
    #expect(try paths("blanks: keep", [#""path":" ","url":"/x/""#]) == [" "])
  }

  // An empty title removes nothing and is none; a null removes.
  @Test func blankFieldsAreAsIfAbsentAndRemoveNothing() throws {
    let lines = [
      line("1", day, "profile", "a", #""fields":{"title":"VP","size":"1"}"#),
      line("2", day, "profile", "a", #""fields":{"title":"\u200b ","size":null,"x":""}"#),
    ]
    let columns = "columns: [attribute.title, attribute.size, attribute.x]"
    let ignoring = try HandBook(viewing("blanks: ignore\n" + columns), lines).result()
    #expect(ignoring.cell("a", "attribute.title") == "VP")
    #expect(ignoring.cell("a", "attribute.size") == "")
    let keeping = try HandBook(viewing(columns), lines).result()
    #expect(keeping.cell("a", "attribute.title") == "\u{200B} ")
  }

  @Test func blankPropertiesAreAbsentToConditions() throws {
    let definition = viewing("ignore: { asset: { exists: true } }\nblanks: ignore")
    let found = try HandBook(
      definition,
      [
        line("1", day, "page_view", "a", #""asset":"\ufeff\u2060""#),
        line("2", day, "page_view", "a", #""asset":"x""#),
        line("3", day, "page_view", "a", #""account":" ""#),
      ]
    ).result()
    #expect(found.counts.ignored == 1)
    #expect(found.cell("a", "activities") == "2")
    // An account is a key, and no property.
    #expect(found.cell("a", "account") == " ")
  }

  // Ignored is what meets it and is of no special type; it gives no account, and is erased by none.
  @Test func whatIsIgnoredIsAsIfTheLineWereNotThere() throws {
    let found = try HandBook(
      viewing("ignore: { lead: \"staff*\" }"),
      [
        line("1", day, "page_view", "Staff-1", #""account":"x""#),
        line("2", day, "open", "staff-2", #""fields":{"a":1}"#),
        line("3", day, "profile", "staff-3"),
        line("4", "2026-05-01T00:00:00Z", "page_view", "staff-1"),
        line("5", day, "page_view", "ann"),
        line("f", "2026-01-02T00:00:00Z", "forget", "staff-1"),
        line("", day, "page_view", "staff-1"),
      ]
    ).result()
    #expect(found.counts.ignored == 3)
    #expect(found.counts.erased == 0)
    #expect(found.counts.future == 0)
    #expect(found.counts.refused == ["id": 1])
    #expect(found.keys() == ["ann", "staff-3"])
    #expect(found.counts.balance)
  }

  // 2026-02-01 is a Sunday: with weeks from Sunday it is one week with the Monday after it, with
  // weeks from Monday one with the Saturday before it.
  @Test func weeksMayStartOnSunday() throws {
    func raw(_ settings: String, _ days: [String]) throws -> String? {
      let definition = """
        name: test
        \(settings)
        interactions:
          view: { type: page_view }
        scores:
          s: { points: { view: { points: 1, limit: 1, per: week } } }
        """
      let lines = days.map { line($0, $0 + "T12:00:00Z", "page_view", "a") }
      return try HandBook(definition, lines).result().cell("a", "raw.s")
    }
    #expect(try raw("week_starts: sunday", ["2026-02-01", "2026-02-02"]) == "1")
    #expect(try raw("week_starts: sunday", ["2026-01-31", "2026-02-01"]) == "2")
    #expect(try raw("week_starts: monday", ["2026-02-01", "2026-02-02"]) == "2")
    #expect(try raw("", ["2026-01-31", "2026-02-01"]) == "1")
  }
}
