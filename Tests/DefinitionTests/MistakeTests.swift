import Testing

@testable import Definition

@Suite("mistakes") struct MistakeTests {
  static let all =
    Mistake.syntax + Mistake.sections + Mistake.reading + Mistake.interactions + Mistake.predicates
    + Mistake.subjects + Mistake.scores + Mistake.caps + Mistake.bonusesAndBlends + Mistake.grades
    + Mistake.nps + Mistake.personas + Mistake.listings + Mistake.accounts + Mistake.examples
    + Mistake.times + Mistake.touches + Mistake.askedOfLeads

  @Test("each mistake is named with its place, and nothing else is", arguments: all)
  func mistake(_ mistake: Mistake) {
    #expect(!mistake.faults.isEmpty)
    #expect(faults(in: mistake.yaml) == mistake.faults)
  }

  @Test("the tables hold what they seem to hold")
  func count() {
    #expect(MistakeTests.all.count > 180)
  }

  @Test("every mistake is reported at once, in the order of the file")
  func many() {
    let yaml = """
      name: B2B
      timezone: PST
      journey: [awareness]
      interactions:
        view: { type: page_view, stage: awarness }
        view: { type: page_view }
      scores:
        main:
          half_life: 60
          points:
            veiw: 1
            view: { points: 1.1234567, limit: 0, per: dya }
      lists:
        hot: { score.mian: { min: 5, max: 1 }, visits: often }
      examples:
        - name: none
          events: []
      """
    #expect(
      faults(in: yaml) == [
        "1:7: 'B2B' is no name for a definition; a name is small letters, digits, '-' and '_', "
          + "beginning with a letter or digit: 'b2b'",
        "2:11: unknown time zone 'PST'; an IANA name such as Europe/Tallinn or UTC",
        "5:35: unknown stage 'awarness'; did you mean 'awareness'?",
        "6:3: key 'view' is given twice; the first is on line 5",
        "9:16: 'half_life' must be a duration, not the number 60; did you mean '60d'?",
        "11:7: unknown interaction 'veiw'; did you mean 'view'?",
        "12:23: 'points' has more than six decimals: 1.1234567",
        "12:41: 'limit' must be 1 to 1000000000, not 0",
        "12:49: unknown window 'dya'; did you mean 'day'?",
        "14:10: unknown score 'mian'; did you mean 'main'?",
        "14:50: 'visits' is a number and never 'often'; write a number, or bounds such as "
          + "{ min: 1 }",
        "16:5: missing key 'as_of' in an example without events",
        "16:5: missing key 'expect' in an example",
      ])
  }

  @Test("a fault is shown with its line and a caret under the place")
  func shown() {
    let yaml = "name: t\nlists:\n  höt: { visits@2d: many }\n"
    #expect(throws: DefinitionFaults.self) { try Definition.load(text: yaml, file: "p/b.yaml") }
    do throws(DefinitionFaults) {
      _ = try Definition.load(text: yaml, file: "p/b.yaml")
    } catch {
      #expect(
        error.description == """
          p/b.yaml:3:3: 'höt' is no name for a list; a name is small letters, digits, '-' and '_', \
          beginning with a letter or digit
            \("  höt: { visits@2d: many }")
            \("  ^")
          p/b.yaml:3:21: 'visits@2d' is a number and never 'many'; write a number, or bounds such \
          as { min: 1 }
            \("  höt: { visits@2d: many }")
            \("                    ^")
          """)
    }
  }

  @Test("line ends and a byte order mark move no place")
  func lineEnds() {
    let expected = ["2:11: unknown time zone 'X'; an IANA name such as Europe/Tallinn or UTC"]
    for yaml in [
      "name: t\ntimezone: X\n", "name: t\r\ntimezone: X\r\n", "\u{FEFF}name: t\ntimezone: X",
      "name: t\rtimezone: X\r",
    ] {
      #expect(faults(in: yaml) == expected)
    }
  }

  @Test("what would take for ever or too deep is refused at once")
  func bombs() {
    let levels = (1...60).map { "- &a\($0) [*a\($0 - 1), *a\($0 - 1)]" }.joined(separator: "\n")
    let aliases = faults(in: "- &a0 [x, x]\n" + levels)
    #expect(aliases.first == "1:1: a definition must be a mapping, not a list")
    #expect(aliases.contains("1:3: anchors and aliases are not allowed; write the value out"))
    let deep = faults(in: "name: t\nlists: " + String(repeating: "[", count: 100_000))
    #expect(deep.count == 1)
    #expect(deep.first?.contains("aximum nesting level") == true)
    let keys = faults(in: "name: t\n" + String(repeating: "lists: {}\n", count: 40))
    #expect(keys.count == 39)
  }

  @Test("a character that YAML does not take is named with its place")
  func control() {
    let found = faults(in: "name: t\nlists: { é\u{1}: 1 }\n")
    #expect(found == ["2:11: this is not YAML: control characters are not allowed"])
  }

  private func faults(in yaml: String) -> [String] {
    do throws(DefinitionFaults) {
      _ = try Definition.load(text: yaml, file: "f")
      return []
    } catch {
      return error.faults.map { String($0.description.dropFirst("f:".count)) }
    }
  }
}
