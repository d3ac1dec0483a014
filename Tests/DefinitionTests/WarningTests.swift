import Testing

@testable import Definition

@Suite("warnings") struct WarningTests {
  private static let table = Mistake.table(
    #"""
    interactions: { v: { type: a, score.s: 3 } }
    ! 2:31: 'score.s' is a subject of leads; of an event it is a member of that name, which none has; ask it of leads: in bonuses, personas, lists or exclude

    interactions: { v: { type: a, not: { attribute.title: x } } }
    ! 2:38: 'attribute.title' is a subject of leads; of an event it is a member of that name, which none has; write fields.title for what the event tells

    ignore: { any: [ { visits@7d: 1 }, { count.v@2w: 1 } ] }
    ! 2:20: 'visits@7d' is a subject of leads; of an event it is a member of that name, which none has; ask it of leads: in bonuses, personas, lists or exclude
    ! 2:38: 'count.v@2w' is a subject of leads; of an event it is a member of that name, which none has; ask it of leads: in bonuses, personas, lists or exclude

    lists: { l: { attribute.fields.title: x } }
    ! 2:15: 'attribute.fields.title' is an attribute named 'fields.…', but attributes are what stands inside fields; write attribute.title

    interactions: { v: { path: /a } }
    ! 2:20: interaction 'v' asks for no 'type', so events of every type can be one; write type: page_view or another, or type: "*" if all are meant

    nps: { answers: { form: nps }, value: score, scale: [0, 10] }
    ! 2:17: 'answers' of 'nps' asks for no 'type', so events of every type can be one; write type: page_view or another, or type: "*" if all are meant
    ! 2:39: 'value' of 'nps' is the event's own member 'score'; what was filled in stands in its fields: write fields.score

    interactions: { v: { type: a, duration: "> 120" } }
    ! 2:41: '> 120' is text, and no number is equal to it; write { above: 120 }

    interactions: { v: { type: a, duration: { is: [">=1.50", "<3", "<=4", "=5"] } } }
    ! 2:48: '>=1.50' is text, and no number is equal to it; write { min: 1.50 }
    ! 2:58: '<3' is text, and no number is equal to it; write { below: 3 }
    ! 2:64: '<=4' is text, and no number is equal to it; write { max: 4 }
    ! 2:71: '=5' is text, and no number is equal to it; write 5

    lists: { l: { attribute.zip: 01234 } }
    ! 2:30: 01234 is the number 1234, not text that reads '01234'; write it in quotes if it is text: '01234'; else write 1234

    grades: { g: { start: D, criteria: [ { attribute: v, is: [1.10, 2], thirds: 1 } ] } }
    ! 2:59: 1.10 is the number 1.1, not text that reads '1.10'; write it in quotes if it is text: '1.10'; else write 1.1

    exclude: { any: [ { attribute.id: 1234567890123456 }, { attribute.id: 12345678901234567890 } ] }
    ! 2:35: 1234567890123456 has more digits than numbers are told apart by; write it in quotes if it is text: '1234567890123456'
    ! 2:71: 12345678901234567890 is the number 12345678901234567000, not text that reads '12345678901234567890'; write it in quotes if it is text: '12345678901234567890'; else write 12345678901234567000

    paths: { trailing_slash: drop }
    interactions: { v: { type: a, path: /blog/ }, w: { type: a, path: ["/docs/*"] } }
    ! 3:37: under 'trailing_slash: drop' no path ends in '/', as '/blog/' does; write /blog
    ! 3:68: under 'trailing_slash: drop' /docs/ is read as /docs, which '/docs/*' does not match; write ["/docs", "/docs/*"]

    keys: { leads: email }
    identity: { never: ["*+test@*", "kiosk+*"] }
    ! 3:21: '*+test@*' is read as '*@*': with 'keys: { leads: email }' no key has a '+' before its '@'; write *@* if all of those are meant, else leave it out
    """#)

  @Test("each is told with its place, what it sees and what to write instead", arguments: table)
  func told(_ warned: Mistake) throws {
    let warnings = try Definition.load(text: warned.yaml, file: "f").warnings
    #expect(!warned.faults.isEmpty)
    #expect(warnings.map { String($0.description.dropFirst(2)) } == warned.faults)
  }

  @Test("the table holds what it seems to hold")
  func count() { #expect(Self.table.count == 13) }

  @Test(
    "what is meant is not warned of",
    arguments: [
      "interactions: { v: { any: [ { type: a }, { type: b } ] }, w: { not: { type: c } } }",
      "interactions: { v: { type: a, score: 3, fields.count.x: 1, visits: 2, a@b: 1 } }",
      "interactions: { v: { type: a, size: { min: 1.10 }, name: '<b>', sign: '>', zip: '01234' } }",
      "paths: { trailing_slash: drop }\n"
        + "interactions: { v: { type: a, path: [/, '/*', '/blog', '/blog/*', '/docs*', '/docs/*'] } }",
      "paths: { trailing_slash: drop }\n"
        + "interactions: { v: { type: a, path: '/a/*', not: { path: /a } } }",
      "interactions: { v: { type: a, path: [/blog/, '/docs/*'] } }",
      "identity: { never: ['*+test@*'] }",
      "keys: { leads: email }\nidentity: { never: ['+*@x', '*@a+b'] }",
      "interactions: { v: { type: a } }\nlists: { l: { visits: 07, attribute.fields: x } }",
      "nps: { answers: { type: a }, value: fields.score, scale: [0, 10] }",
    ])
  func meant(_ yaml: String) throws {
    #expect(try Definition.load(text: "name: t\n" + yaml, file: "f").warnings == [])
  }

  @Test("a definition with mistakes is told of these alone")
  func mistakes() {
    #expect(throws: DefinitionFaults.self) {
      try Definition.load(text: "name: t\ninteractions: { v: { path: /a, x: [] } }", file: "f")
    }
  }

  @Test("a member of events in a condition on leads is a mistake that says what to ask")
  func membersOfEvents() {
    for (subject, hint) in [
      (
        "path",
        "it is a member of events: ask for count.INTERACTION, of an interaction that tests it"
      ),
      (
        "fields.title", "what stands inside fields is an attribute of a lead: write attribute.title"
      ),
    ] {
      do throws(DefinitionFaults) {
        _ = try Definition.load(text: "name: t\nlists: { l: { \(subject): x } }", file: "f")
        Issue.record("\(subject) loads")
      } catch {
        #expect(error.faults.map(\.hint) == [hint])
      }
    }
  }
}
