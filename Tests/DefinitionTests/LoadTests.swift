import Notation
import Testing

@testable import Definition

@Suite("loading a definition") struct LoadTests {
  @Test("a name alone is a definition, and empty sections are none")
  func least() throws {
    let least = try load("name: x")
    #expect(least.timezone == "UTC")
    #expect(least.interactions.isEmpty)
    #expect(least.nps == nil)
    #expect(least.ready == nil)
    let empty = "name: x\njourney: []\ninteractions: {}\nscores: {}\nlists: {}\nexamples: []\n"
    #expect(try load(empty).scores.isEmpty)
  }

  @Test(
    "a plain scalar is what the YAML 1.2 core schema says, but only true and false are booleans",
    arguments: [
      ("NO", .text("NO")), ("yes", .text("yes")), ("True", .text("True")), ("true", .bool(true)),
      ("false", .bool(false)), ("12:30:45", .text("12:30:45")), ("2026-03-01", .text("2026-03-01")),
      ("7", .number(7)), ("+007", .number(7)), ("0o17", .number(15)), ("0x1F", .number(31)),
      ("017", .number(17)), (".5", .number(0.5)), ("5.", .number(5)), ("-1.5e3", .number(-1500)),
      ("1_000", .text("1_000")), ("0b11", .text("0b11")), ("0xZ", .text("0xZ")),
      ("1e", .text("1e")),
      (".", .text(".")), ("'7'", .text("7")), ("\"true\"", .text("true")),
      ("!!str 7", .text("7")), ("! 7", .text("7")), ("'null'", .text("null")),
      ("nUll", .text("nUll")),
    ] as [(String, Scalar)])
  func scalars(written: String, value: Scalar) throws {
    let yaml = "name: x\ninteractions:\n  v:\n    m: \(written)\n"
    let pattern: Predicate.Pattern =
      switch value {
      case .text(let text): .text(Glob(text))
      case .number(let number): .number(number)
      case .bool(let bool): .bool(bool)
      }
    let condition = try load(yaml).interactions[0].condition
    guard case .test(.member("m"), let predicate) = condition else {
      Issue.record("not one test of 'm'")
      return
    }
    #expect(predicate.parts == [.oneOf([pattern])])
  }

  @Test("how events are read: as they are, unless it says otherwise")
  func reading() throws {
    let plain = try load("name: x\nkeys: {}\npaths: {}\nblanks: keep").reading
    #expect(plain.leadKeys == .exact && plain.accountKeys == .exact && plain.ignore.isEmpty)
    #expect(plain.paths == PathForm() && !plain.ignoresBlanks)
    let rules = try load(
      """
      name: x
      keys: { leads: email, accounts: fold-case }
      paths: { trailing_slash: drop, case: fold }
      blanks: ignore
      ignore: { lead: "*@us.example", not: { type: demo } }
      """
    ).reading
    #expect(rules.leadKeys == .email && rules.accountKeys == .foldCase && rules.ignoresBlanks)
    #expect(rules.paths.dropsTrailingSlash && rules.paths.foldsCase)
    #expect(rules.ignore.map(\.written) == ["lead: *@us.example, not: { type: demo }"])
  }

  @Test("what any of several tests ignores is told by each of them")
  func ignoring() throws {
    let yaml = """
      name: x
      ignore:
        any:
          - { lead: [a, b] }
          - any: [ { bot: true }, { channel: test, type: t } ]
          - all: [ { any: [ { x: 1 }, { y: 2 } ] } ]
      """
    #expect(
      try load(yaml).reading.ignore.map(\.written) == [
        "lead: [a, b]", "bot: true", "channel: test, type: t",
        "all: [{ any: [{ x: 1 }, { y: 2 }] }]",
      ])
  }

  @Test("a rule's own aging replaces the score's of that name only")
  func aging() throws {
    let yaml = """
      name: x
      interactions: { v: { type: a }, w: { type: b } }
      scores:
        s:
          half_life: 2d
          fade: 2w
          points: { v: 1, w: { points: -0.000001, fade: 90m, expires: 12h } }
      """
    guard case .points(let rules, _) = try load(yaml).scores[0].source else {
      Issue.record("no points")
      return
    }
    #expect(rules[0].aging == Aging(halfLife: 172_800_000, fade: 1_209_600_000))
    #expect(
      rules[1].aging == Aging(halfLife: 172_800_000, fade: 5_400_000, expires: 43_200_000))
    #expect(rules[1].points == .fixed(-1))
  }

  @Test("conditions nest, and a condition of one test is that test")
  func conditions() throws {
    let yaml = """
      name: x
      interactions:
        v:
          any: [{ type: a }, { all: [{ type: b }, { fields.plan: { exists: true } }] }]
          not: { path: [/x, 5, true], duration: { above: 1, below: 2.5 } }
      """
    let condition = try load(yaml).interactions[0].condition
    guard case .all(let parts) = condition, parts.count == 2, case .any(let any) = parts[0],
      case .not(.all(let not)) = parts[1], case .test(.member("path"), let path) = not[0],
      case .test(.member("duration"), let duration) = not[1]
    else {
      Issue.record("another shape: \(condition)")
      return
    }
    #expect(any.count == 2)
    #expect(path.parts == [.oneOf([.text(Glob("/x")), .number(5), .bool(true)])])
    #expect(duration.parts == [.above(1), .below(2.5)])
    #expect(condition.subjects.contains(.field("plan")))
  }

  @Test("at_least is the letters from one up, whatever their case")
  func atLeast() throws {
    let yaml = """
      name: x
      grades:
        fit: { start: C, criteria: [{ attribute: a, is: x, thirds: 1 }] }
      lists:
        good: { grade.fit: { at_least: a- } }
        any: { grade.fit: "b*" }
      """
    guard case .test(.grade(0), let predicate) = try load(yaml).lists[0].condition else {
      Issue.record("no test of the grade")
      return
    }
    #expect(predicate.parts == [.oneOf(["A+", "A", "A-"].map { .text(Glob($0)) })])
  }

  @Test("a persona can ask for a group above")
  func personas() throws {
    let yaml = """
      name: x
      personas:
        one: [{ name: a, when: { visits: { min: 5 } } }, { name: b, when: { visits: { min: 3 } } }]
        two: [{ name: c, when: { not: { persona.one: [A, b] } } }, { name: d }]
      """
    let condition = try load(yaml).personas[1].personas[0].condition
    #expect(condition?.subjects == [.persona(group: 0)])
  }

  @Test("score without points or blend can have bonuses alone; a cap of 0 is allowed")
  func bonusesAlone() throws {
    let yaml = """
      name: x
      interactions: { v: { type: a } }
      scores:
        only: { bonuses: [{ name: seen, when: { activities: { min: 1 } }, points: 2.5 }] }
        nothing: { points: { v: { points: 1e3, cap: 0, limit: 2 } } }
      """
    let scores = try load(yaml).scores
    guard case .points(let none, _) = scores[0].source,
      case .points(let rules, _) = scores[1].source
    else {
      Issue.record("no points")
      return
    }
    #expect(none.isEmpty)
    #expect(scores[0].bonuses.map(\.points) == [2_500_000])
    #expect(rules[0].points == .fixed(1_000_000_000))
    #expect(rules[0].cap == 0)
    #expect(rules[0].limit == Limit(count: 2, window: .calendar(.lifetime)))
  }

  @Test(
    "time zones are the IANA names, links included",
    arguments: [
      "UTC", "US/Eastern", "Etc/GMT+5", "EST", "Asia/Calcutta", "Asia/Kolkata", "Europe/Kyiv",
      "America/Argentina/Buenos_Aires", "EST5EDT", "GMT",
    ])
  func timezones(name: String) throws {
    #expect(try load("name: x\ntimezone: \(name)").timezone == name)
  }

  @Test(
    "what Foundation takes for a time zone beyond those is none",
    arguments: ["PST", "GMT+3", "SystemV/PST8", "Factory", "", "UTC/GMT", "Etc/GMT+99", "JST"])
  func notTimezones(name: String) {
    #expect(!isTimezone(name))
  }

  @Test("each subject is written as it was read")
  func subjectNames() throws {
    let subjects = [
      "attribute.a.b@c", "score.s", "raw.s", "grade.g", "percent.g", "tally.one@90m",
      "count.v@2w", "stage", "activities@36h", "visits", "deepest_visit@1d", "active_days",
      "time_on_site@8d", "days_since_last", "days_since_first", "nps", "nps_group", "persona.p",
    ]
    let accounts = [
      "attribute.x", "total.s", "max.s", "mean.s", "leads", "engaged", "personas.p.q", "nps",
    ]
    let tests = (subjects.map { "{ \($0): { exists: true } }" }).joined(separator: ", ")
    let ready = (accounts.map { "{ \($0): { exists: true } }" }).joined(separator: ", ")
    let definition = try load(
      """
      name: x
      journey: [one]
      interactions: { v: { type: a, fields.f: b } }
      scores: { s: { points: { v: 1 } } }
      grades:
        g:
          letters: { A: 0 }
          criteria: [{ attribute: a, weight: 1, values: [{ exists: true, value: 1 }] }]
      nps: { answers: { type: a }, value: v, scale: [0, 10] }
      personas: { p: [{ name: q }] }
      lists: { l: { any: [\(tests)] } }
      accounts: { ready: { any: [\(ready)] } }
      """)
    #expect(definition.lists[0].condition.subjects.map { name(of: $0, in: definition) } == subjects)
    #expect(definition.ready?.subjects.map { name(of: $0, in: definition) } == accounts)
    #expect(
      definition.interactions[0].condition.subjects.map { name(of: $0, in: definition) }
        == ["type", "fields.f"])
    #expect(definition.nps?.lowest == 0)
  }

  private func load(_ yaml: String) throws -> Definition {
    try Definition.load(text: yaml, file: "f")
  }
}
