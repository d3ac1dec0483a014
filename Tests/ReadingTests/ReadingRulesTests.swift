import Definition
import Testing

@testable import Reading

@Suite("Events as a definition reads them") struct ReadingRulesTests {
  private func sheet(_ rules: String, _ lines: [String]) throws -> (sheet: Sheet, seen: [SeenRow]) {
    let plan = try plan(readingDefinition + "\n" + rules)
    let sheet = ReadingTests.sheet(of: lines.joined(separator: "\n"), plan)
    return (sheet, sheet.seen(plan))
  }

  private func keys(_ sheet: Sheet) -> Set<String> {
    Set((0..<sheet.keyCount).map(sheet.keyText))
  }

  @Test("spellings of a key are one key, and only leads' keys unless accounts are named")
  func spellings() throws {
    let lines = [
      event(lead: #""Jane@X""#, #","account":"Acme ""#),
      event(lead: #"" jane@x""#, #","account":"acme""#),
      event(lead: #""\u004aANE@x""#, #","account":"ACME""#),
      event(type: #""merge""#, lead: #""JANE@X""#, #","from":"V1 ""#),
      event(type: #""forget""#, lead: #""JANE@X""#),
      event(type: #""account_profile""#, #","account":"\u0041CME""#),
    ]
    let (one, _) = try sheet("keys: { leads: fold-case }", lines)
    #expect(keys(one) == ["jane@x", "v1", "account:ACME"])
    #expect(one.accountCount == 3 && one.rowCount == 5)
    let (both, _) = try sheet("keys: { leads: fold-case, accounts: email }", lines)
    #expect(keys(both) == ["jane@x", "v1", "account:acme"])
    #expect(both.accountCount == 1)
    let (none, _) = try sheet("", lines)
    #expect(none.keyCount == 6)
  }

  @Test("a required key of which nothing is left is refused by its name, after all else")
  func refusals() throws {
    let blank = #""\u200b ""#
    let lines = [
      event(lead: blank),
      event(type: #""account_profile""#, lead: "7", #","account":\#(blank)"#),
      event(type: #""merge""#, #","from":\#(blank)"#),
      event(type: #""merge""#, lead: blank, #","from":\#(blank)"#),
      // What is missing altogether comes first.
      event(type: #""outcome""#, lead: blank),
      event(type: #""merge""#, lead: blank),
      // Of what need not be there nothing is left.
      event(lead: #""ok""#, #","account":\#(blank),"from":\#(blank)"#),
    ]
    let (found, seen) = try sheet("keys: { leads: email, accounts: fold-case }", lines)
    #expect(
      found.refusals.map(\.reason) == [.lead, .account, .from, .lead, .outcome, .from])
    #expect(seen.map(\.key) == ["ok"] && seen[0].notes.isEmpty)
    let (exact, _) = try sheet("", lines)
    #expect(exact.refusals.map(\.reason) == [.outcome, .from])
  }

  @Test("limits on length apply to the key as written")
  func lengths() throws {
    let long = String(repeating: "Ⱥ", count: 128)
    let (found, _) = try sheet(
      "keys: { leads: fold-case }", [event(lead: "\"\(long)\""), event(lead: "\"\(long) \"")])
    #expect(found.refusals.map(\.line) == [2])
    #expect(keys(found) == [String(repeating: "ⱥ", count: 128)])
  }

  @Test("conditions and properties see keys as written")
  func asWritten() throws {
    let rules = """
      keys: { leads: email, accounts: email }
      ignore: { any: [ { lead: "*+test@*" }, { account: " *" }, { from: "X " } ] }
      """
    let lines = [
      event(lead: #""Jane+Test@x""#), event(lead: #""jane@x""#, #","account":" acme""#),
      event(lead: #""jane@x""#, #","from":"x ""#), event(lead: #""jane@x""#, #","from":"x""#),
    ]
    let (found, seen) = try sheet(rules, lines)
    #expect(found.ignoredCounts == [1, 1, 1])
    #expect(seen.map(\.line) == [4])
  }

  @Test("what ignore takes is as if it were not there, counted by the first test that holds")
  func ignored() throws {
    let rules = """
      ignore:
        any:
          - { channel: test }
          - any: [ { lead: "*@us.example" }, { bot: true, lead: "*" } ]
      """
    let lines = [
      event(lead: #""a@us.example""#, #","channel":"test","account":"n""#),
      event(lead: #""b@us.example""#, #","account":"n","fields":{"title":"vp"}"#),
      event(lead: #""c""#, #","bot":true"#), event(lead: #""c""#, #","bot":false"#),
      // Of types with a meaning of their own nothing is ignored.
      event(type: #""profile""#, lead: #""d@us.example""#),
      event(type: #""forget""#, lead: #""e@us.example""#),
      "no event",
    ]
    let (found, seen) = try sheet(rules, lines)
    #expect(found.ignoredCounts == [1, 1, 1] && found.lineCount == 7)
    #expect(found.refusals.count == 1 && found.rowCount == 2 && found.forgets.count == 1)
    #expect(Set(seen.map(\.key)) == ["c", "d@us.example"])
    #expect(found.accountCount == 0 && found.values(ofAttribute: 1).isEmpty)
    #expect(found.unmatchedTypes.map(\.count) == [1])
  }

  @Test(
    "paths lose their slashes and their case before they are tested",
    arguments: [
      (#""path":"/Pricing/""#, true), (#""path":"/PRICING///""#, true),
      (#""url":"https://X.org/Pricing/?a=/""#, true), (#""path":"/pricing""#, true),
      (#""path":"/pricing/x""#, false), (#""path":"/pricing/ ""#, false),
      (#""path":"/Prici\u006eg/""#, true),
    ])
  func paths(_ member: String, _ isMet: Bool) throws {
    // Text is compared without regard to case anyway: a property that is counted once tells.
    let text = """
      name: t
      paths: { trailing_slash: drop, case: fold }
      interactions: { view: { path: "/pricing" }, all: { type: t } }
      scores: { s: { points: { all: { points: 1, once_per: path } } } }
      """
    let plan = try plan(text)
    let found = ReadingTests.sheet(of: event(",\(member)"), plan).seen(plan)
    #expect(found[0].interactions.contains(0) == isMet)
    let bare = ReadingTests.sheet(of: event(#","path":"/pricing""#), plan).seen(plan)
    #expect((found[0].notes == bare[0].notes) == isMet)
  }

  @Test("of a path of slashes alone one stays")
  func root() throws {
    let text = """
      name: t
      paths: { trailing_slash: drop }
      interactions: { home: { path: "/" }, nothing: { path: "" } }
      """
    let plan = try plan(text)
    func met(_ path: String) -> [UInt16] {
      ReadingTests.sheet(of: event(#","path":"\#(path)""#), plan).seen(plan)[0].interactions
    }
    #expect(met("/") == [0] && met("///") == [0] && met("") == [1])
  }

  @Test("blank text is as if absent: in fields, in properties, and of a path afterwards")
  func blanks() throws {
    let text = """
      name: t
      paths: { trailing_slash: drop }
      blanks: ignore
      interactions:
        asset: { asset: { exists: true } }
        path: { path: { exists: true } }
        home: { path: "/x" }
        field: { fields.title: { exists: true } }
        id: { id: " " }
      lists: { l: { attribute.title: "*" } }
      """
    let plan = try plan(text)
    func seen(_ rest: String, id: String = "1", type: String = "t") -> SeenRow {
      ReadingTests.sheet(of: event(id: "\"\(id)\"", type: "\"\(type)\"", rest), plan).seen(plan)[0]
    }
    #expect(seen(#","asset":"\u200b \t""#).interactions == [])
    #expect(seen(#","asset":"a""#).interactions == [0])
    #expect(seen(#","asset":0"#).interactions == [0])
    #expect(seen(#","path":" ","url":"https://a.org/x""#).interactions == [1, 2])
    #expect(seen(#","path":" /""#).interactions == [])
    #expect(seen(#","fields":{"title":" "}"#).interactions == [])
    #expect(seen("", id: " ").interactions == [4])
    // It removes nothing: that is what null is for.
    #expect(seen(#","fields":{"title":""}"#, type: "profile").notes.isEmpty)
    #expect(seen(#","fields":{"title":null}"#, type: "profile").notes.count == 1)
    #expect(seen(#","fields":{"title":"vp"}"#, type: "profile").notes.count == 1)
  }

  @Test("each rule is part of what sheets are named by, and none says nothing")
  func fingerprints() throws {
    let rules = [
      "", "keys: { leads: fold-case }", "keys: { leads: email }", "keys: { accounts: email }",
      "ignore: { lead: a }", "ignore: { any: [ { lead: a }, { lead: b } ] }",
      "ignore: { any: [ { lead: b }, { lead: a } ] }", "paths: { case: fold }",
      "paths: { trailing_slash: drop }", "blanks: ignore",
    ]
    let fingerprints = try rules.map { try plan(readingDefinition + "\n" + $0).fingerprint }
    #expect(Set(fingerprints).count == rules.count)
    for none in ["keys: {}", "keys: { leads: exact }", "blanks: keep", "paths: { case: keep }"] {
      #expect(try plan(readingDefinition + "\n" + none).fingerprint == fingerprints[0])
    }
  }

  @Test("lines give the same sheet wherever they are cut into batches")
  func batches() throws {
    let rules = "keys: { leads: email, accounts: fold-case }\nblanks: ignore\nignore: { a: b }"
    let plan = try plan(readingDefinition + "\n" + rules)
    let lines = (0..<200).map { number in
      let name = number % 3 == 0 ? "Lead+\(number)@X" : "lead\(number % 7)@x"
      return event(
        id: "\"\(number)\"", lead: "\"\(name)\"",
        #","account":"\#(number % 2 == 0 ? "A" : "a")\#(number % 5)","a":"\#(number % 11 == 0 ? "b" : "")""#
      )
        + "\n"
    }
    let whole = ReadingTests.sheet(of: lines.joined(), plan)
    let decoder = SegmentDecoder(plan: plan)
    for (number, line) in lines.enumerated() {
      withPadding(Array(line.utf8)) { decoder.decode($0, firstLine: number + 1) }
    }
    let dripped = decoder.seal()
    #expect(dripped.region.elementsEqual(whole.region))
  }
}
