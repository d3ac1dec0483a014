import Foundation
import Testing

@testable import Definition

@Suite("setting values by path") struct SettingTests {
  private static let text = """
    # why: the first note
    name: small
    journey: [early, late]
    interactions:
      view: { type: page_view, stage: early }   # counts
      demo: { type: form_fill, form: "demo, or so" }

    scores:
      heat:
        range: [0, 100]        # bounds
        half_life: 30d
        points:
          view: 1              # one
          demo:
            points: 20         # twenty
            limit: 3
        caps:
          - { interactions: [view], points: 9 }
        bonuses:
          - name: twice
            when: { visits@7d: { min: 2 } }
            points: 4          # four
    personas:
      warmth:
        - { name: hot, when: { score.heat: { min: 50 } } }
        - { name: cold }
    lists:
      call: { score.heat: { min: 60 },
              not: { stage: early } }

    """

  private func set(_ settings: String..., in text: String = text) throws -> (
    Definition, [AppliedSetting]
  ) {
    let definition = try Definition.load(text: text, file: "small.yaml")
    let parsed = settings.compactMap(Setting.init)
    #expect(parsed.count == settings.count)
    let (changed, applied) = try definition.setting(parsed, file: "small.yaml")
    return (changed, applied)
  }

  @Test(
    "a value changes where it stands, and nothing else does",
    arguments: [
      ("scores.heat.points.view=2.5", "view: 1  ", "view: 2.5  "),
      ("scores.heat.points.view.points=7", "view: 1  ", "view: 7  "),
      ("scores.heat.points.view.cap=7", "view: 1  ", "view: { points: 1, cap: 7 }  "),
      (
        "scores.heat.points.view={ points: 2, limit: 1 }", "view: 1  ",
        "view: { points: 2, limit: 1 }  "
      ),
      (
        "scores.heat.points.view.points={ of: duration, max: 9 }", "view: 1  ",
        "view: { points: { of: duration, max: 9 } }  "
      ),
      (
        "scores.heat.points.demo.points={ of: duration }", "points: 20 ",
        "points: { of: duration } "
      ),
      ("scores.heat.points.demo.each=path", "limit: 3\n", "limit: 3\n        each: path\n"),
      ("scores.heat.points.demo.points=-3", "points: 20 ", "points: -3 "),
      ("scores.heat.points.demo.cap=8", "limit: 3\n", "limit: 3\n        cap: 8\n"),
      ("scores.heat.range.1=50", "[0, 100]", "[0, 50]"),
      ("scores.heat.range=[-5, 5]", "[0, 100]", "[-5, 5]"),
      ("scores.heat.half_life=12h", "half_life: 30d", "half_life: 12h"),
      ("scores.heat.caps.0.points=1", "points: 9 }", "points: 1 }"),
      ("scores.heat.bonuses.twice.points=5", "points: 4 ", "points: 5 "),
      ("scores.heat.bonuses.0.when.visits@7d.min=3", "{ min: 2 }", "{ min: 3 }"),
      ("scores.heat.bonuses.twice.when.visits@7d={ above: 2 }", "{ min: 2 }", "{ above: 2 }"),
      ("personas.warmth.hot.when.score.heat.min=40", "{ min: 50 }", "{ min: 40 }"),
      ("personas.warmth.1.name=cool", "name: cold", "name: cool"),
      ("lists.call.score.heat.min=70", "{ min: 60 }", "{ min: 70 }"),
      ("lists.call.score.heat.max=90", "{ min: 60 }", "{ min: 60, max: 90 }"),
      ("lists.call.not.stage=[early, late]", "stage: early } }\n", "stage: [early, late] } }\n"),
      (
        "lists.call.visits={ min: 1 }", "stage: early } }\n",
        "stage: early }, visits: { min: 1 } }\n"
      ),
      (
        "lists.all={ activities: { min: 1 } }", "stage: early } }\n",
        "stage: early } }\n  all: { activities: { min: 1 } }\n"
      ),
      ("interactions.demo.form=a, or b", #""demo, or so""#, "'a, or b'"),
      ("interactions.demo.form='it''s'", #""demo, or so""#, "'it''s'"),
      ("name=other", "name: small", "name: other"),
    ])
  func change(setting: String, old: String, new: String) throws {
    #expect(Self.text.components(separatedBy: old).count == 2, "'\(old)' stands there once")
    let changed = try set(setting).0
    #expect(changed.text == Self.text.replacingOccurrences(of: old, with: new))
  }

  @Test("a section of a few words need not be there for one of them to be set")
  func newSection() throws {
    let (changed, applied) = try set("keys.leads=email", "keys.accounts=fold-case", "blanks=ignore")
    #expect(changed.reading.leadKeys == .email && changed.reading.accountKeys == .foldCase)
    #expect(changed.text.hasSuffix("keys: { leads: email, accounts: fold-case }\nblanks: ignore\n"))
    #expect(
      applied[0] == AppliedSetting(path: "keys.leads", before: nil, after: "email"))
    let (paths, _) = try set("paths.case=fold", "ignore={ lead: '*@us.example' }")
    #expect(paths.reading.paths.foldsCase && paths.reading.ignore.count == 1)
  }

  @Test("what was there and what is there now is told")
  func told() throws {
    let (_, applied) = try set("scores.heat.range.1=50", "scores.heat.points.demo.cap=8")
    #expect(
      applied == [
        AppliedSetting(path: "scores.heat.range.1", before: "100", after: "50"),
        AppliedSetting(path: "scores.heat.points.demo.cap", before: nil, after: "8"),
      ])
  }

  @Test("values in blocks, with line ends of CR LF and after a byte order mark")
  func otherLayouts() throws {
    let windows = "\u{FEFF}" + Self.text.replacingOccurrences(of: "\n", with: "\r\n")
    let (changed, _) = try set("scores.heat.points.demo.cap=8", "name=x", in: windows)
    #expect(
      changed.text
        == windows.replacingOccurrences(of: "limit: 3\r\n", with: "limit: 3\r\n        cap: 8\r\n")
        .replacingOccurrences(of: "name: small", with: "name: x"))
    let (block, _) = try set("scores.heat.bonuses.twice.when={ visits: { min: 9 } }")
    #expect(block.text.contains("when: { visits: { min: 9 } }\n        points: 4"))
    let (whole, _) = try set("scores.heat.points={ view: 3 }")
    #expect(whole.text.contains("points:\n      { view: 3 }\n    caps:"))
  }

  @Test("a changed text loads to the values that were set, whatever is set together")
  func loads() throws {
    let (changed, _) = try set(
      "scores.heat.points.view=2", "scores.heat.points.view.limit=4", "scores.heat.range=[0, 10]",
      "lists.call.score.heat.min=5", "scores.heat.points.view=3")
    guard case .points(let rules, _) = changed.scores[0].source else {
      Issue.record("not points")
      return
    }
    #expect(rules[0].points == .fixed(3_000_000))
    #expect(rules[0].limit == nil)
    #expect(changed.scores[0].range == 0...10)
    let again = try Definition.load(text: changed.text, file: "again.yaml")
    #expect("\(again.scores)" == "\(changed.scores)")
    #expect("\(again.lists)" == "\(changed.lists)")
  }

  @Test(
    "a path that leads nowhere says how far it leads, and what is there",
    arguments: [
      ("score.heat=1", 2, "the definition has no 'score'", "did you mean 'scores'?"),
      ("scores.haet.range=1", 9, "'scores' has no 'haet'", "did you mean 'heat'?"),
      ("scores.heat.points.veiw=1", 12, "'scores.heat.points' has no 'veiw'", "'view'?"),
      ("scores.heat.points.demo.limt=1", 14, "'scores.heat.points.demo' has no 'limt'", "'limit'?"),
      ("scores.heat.caps.1.points=1", 17, "'scores.heat.caps' has no '1'", "there are: 0"),
      ("scores.heat.bonuses.thrice.points=1", 19, "has no 'thrice'", "there are: twice"),
      ("scores.heat.points.view.limit.per=1", 13, "so nothing in it is called 'limit'", nil),
      ("personas.warmth.hott.when=1", 24, "'personas.warmth' has no 'hott'", "'hot'?"),
      ("lists.cal.score.heat.min=1", 28, "'lists' has no 'cal'", "'call'?"),
      ("lists.call.score.heat.mn=1", 28, "'lists.call.score.heat' has no 'mn'", "'min'?"),
      ("name.x=1", 2, "'name' is text, so nothing in it is called 'x'", nil),
    ] as [(String, Int, String, String?)])
  func wrongPath(setting: String, line: Int, message: String, hint: String?) throws {
    let path = try #require(Setting(setting)).path
    let fault = try #require(throws: SettingFault.self) { try set(setting) }
    #expect(fault.message.hasPrefix("--set \(path): small.yaml:"))
    #expect(fault.message.contains(message), "\(fault.message)")
    if let hint { #expect(fault.hint?.contains(hint) == true, "\(fault.hint ?? "none")") }
  }

  @Test(
    "a value that is none is refused before anything is changed",
    arguments: ["", " ", "a: b", "- 1", "[1", "*x", "{ a: 1, a: 2 }"])
  func wrongValue(value: String) {
    #expect(throws: SettingFault.self) {
      try Definition.load(text: Self.text, file: "small.yaml").setting(
        [Setting(path: "scores.heat.range", value: value)], file: "small.yaml")
    }
  }

  @Test("a value that may not stand there is a mistake in the definition as set")
  func mistake() throws {
    let faults = try #require(throws: DefinitionFaults.self) {
      try set("scores.heat.points.demo.limit=many")
    }
    #expect(faults.faults.map(\.line) == [16])
    #expect(faults.faults.first?.file == "small.yaml, as set")
  }
}
