import Testing

@testable import Reference

@Suite struct KeyTests {
  private func book(_ keys: String, _ lines: [String]) throws -> HandResult {
    let found = try HandBook(viewing("keys: " + keys), lines).result()
    #expect(found.counts.balance)
    return found
  }

  private let day = "2026-01-01T00:00:00Z"

  private func normalised(_ mode: String, _ key: String) throws -> [String] {
    try book("{ leads: " + mode + " }", [line("1", day, "page_view", key)]).keys()
  }

  @Test func janeAtXAndJaneAtXAreOneLeadCalledByItsFolding() throws {
    let found = try book(
      "{ leads: fold-case }",
      [line("1", day, "page_view", "Jane@x"), line("2", day, "page_view", " jane@x\\t")])
    #expect(found.keys() == ["jane@x"])
    #expect(found.cell("jane@x", "activities") == "2")
  }

  @Test func keysAreExactByDefault() throws {
    #expect(try normalised("exact", " Jane+a@x") == [" Jane+a@x"])
  }

  // The ends lose what White_Space has (U+3000, U+0085) and the five without width; between other
  // characters they stay. ẞ folds to ß, and ß to itself.
  @Test func aKeyLosesWhiteSpaceAtItsEndsAndIsFolded() throws {
    #expect(try normalised("fold-case", "\u{3000}\u{FEFF}A B\u{200B}\u{2060}\u{85}") == ["a b"])
    #expect(try normalised("fold-case", "A\u{200B}B\u{200C}\u{200D}") == ["a\u{200B}b"])
    #expect(try normalised("fold-case", "STRA\u{1E9E}E") == ["stra\u{DF}e"])
    #expect(try normalised("fold-case", "Jane+a@X") == ["jane+a@x"])
  }

  @Test func fromTheFirstPlusUpToTheLastAtGoes() throws {
    #expect(try normalised("email", " Jane+news@X.com") == ["jane@x.com"])
    #expect(try normalised("email", "a+b+c@x") == ["a@x"])
    #expect(try normalised("email", "a+b@y@x") == ["a@x"])
    #expect(try normalised("email", "a@y+b@x") == ["a@y@x"])
  }

  @Test func nothingGoesIfThatPlusIsFirstOrBehindTheAtOrThereIsNoAt() throws {
    #expect(try normalised("email", "+ann@x") == ["+ann@x"])
    #expect(try normalised("email", "+a+b@x") == ["+a+b@x"])
    #expect(try normalised("email", "ann@x+y") == ["ann@x+y"])
    #expect(try normalised("email", "a+b") == ["a+b"])
  }

  // A lead of white space alone is refused only after the other members were looked at: the second
  // has no outcome, and is refused for it.
  @Test func aRequiredKeyThatComesToNothingIsRefusedByItsName() throws {
    let found = try book(
      "{ leads: fold-case, accounts: email }",
      [
        line("1", day, "page_view", "\\u2060 "),
        line("2", day, "outcome", " "),
        line("3", day, "merge", "a", #""from":"\u200b""#),
        #"{"id":"4","time":"2026-01-01T00:00:00Z","type":"account_profile","account":" "}"#,
        #"{"id":"5","time":"2026-01-01T00:00:00Z","type":"account_merge","account":"a","from":" "}"#,
        line("6", day, "page_view", "a", #""account":" ""#),
      ])
    #expect(found.counts.refused == ["lead": 1, "outcome": 1, "from": 2, "account": 1])
    // "an optional account is then absent."
    #expect(found.cell("a", "account") == "")
    #expect(found.counts.used == 1)
  }

  @Test func limitsOnLengthApplyToTheKeyAsWritten() throws {
    let long = String(repeating: "l", count: 256) + " "
    #expect(try book("{ leads: fold-case }", [line("1", day, "page_view", long)]).keys() == [])
  }

  @Test func accountsHaveAModeOfTheirOwn() throws {
    let found = try book(
      "{ accounts: fold-case }",
      [
        line("1", day, "page_view", "Ann", #""account":" ACME ""#),
        line("2", day, "account_profile", "", #""account":"acme\u200d","fields":{"size":5}"#),
      ])
    #expect(found.cell("Ann", "account") == "acme")
    #expect(found.keys("accounts.csv") == ["acme"])
  }

  @Test func conditionsSeeKeysAsWritten() throws {
    let definition = """
      name: test
      keys: { leads: email, accounts: fold-case }
      interactions:
        tagged: { lead: "*+*", account: "* " }
      scores:
        s: { points: { tagged: 1 } }
      """
    let found = try HandBook(
      definition, [line("1", day, "page_view", "a+b@x", #""account":"acme ""#)]
    ).result()
    #expect(found.tally("a@x", "tagged") == "1")
  }

  // The merge joins a@x and b@x by other spellings; the forget reaches both by a third.
  @Test func mergesAndForgetsActOnKeysAsTheDefinitionSeesThem() throws {
    let lines = [
      line("1", day, "page_view", "A@x"), line("2", day, "page_view", "b@x"),
      line("m", day, "merge", "a@x ", #""from":"B+1@x""#),
    ]
    let merged = try book("{ leads: email }", lines)
    #expect(merged.keys() == ["a@x"])
    let forgotten = try book(
      "{ leads: email }", lines + [line("f", "2026-01-02T00:00:00Z", "forget", "B+z@X")])
    #expect(forgotten.counts.erased == 3)
  }
}
