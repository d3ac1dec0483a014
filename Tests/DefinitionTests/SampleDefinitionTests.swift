import Notation
import Testing

@testable import Definition

@Suite("the contract's sample definition") struct SampleDefinitionTests {
  let definition: Definition

  init() throws {
    definition = try Definition.load(text: sampleDefinition, file: "pipelines/b2b.yaml")
  }

  @Test("its name, time zone, journey and text are taken over")
  func head() {
    #expect(definition.name == "b2b")
    #expect(definition.timezone == "Europe/Tallinn")
    #expect(definition.journey == ["awareness", "consideration", "decision"])
    #expect(definition.text == sampleDefinition)
  }

  @Test("interactions keep their order, stage and conditions")
  func interactions() throws {
    #expect(
      definition.interactions.map(\.name) == [
        "page-view", "blog-view", "pricing-view", "long-read", "white-paper", "demo-request",
        "careers-view",
      ])
    #expect(definition.interactions.map(\.stage) == [nil, 0, 2, nil, 1, 2, nil])
    let type = Scalar.text("page_view")
    #expect(holds("pricing-view", ["type": type, "path": .text("/Pricing/eu")]))
    #expect(!holds("pricing-view", ["type": type, "path": .text("/price")]))
    #expect(holds("long-read", ["type": type, "duration": .number(120)]))
    #expect(!holds("long-read", ["type": type, "duration": .text("119")]))
    #expect(!holds("page-view", ["type": .text("download")]))
    #expect(
      definition.interactions[1].condition.subjects == [.member("type"), .member("path")])
  }

  @Test("points, gates, caps and aging land in their rules")
  func engagement() throws {
    let score = definition.scores[0]
    #expect(score.name == "engagement")
    #expect(score.range == 0...100)
    guard case .points(let rules, let caps) = score.source else {
      Issue.record("engagement has no points")
      return
    }
    #expect(rules.map(\.interaction) == [0, 1, 2, 4, 5, 6])
    #expect(
      rules.map(\.points.fixed) == [
        1_000_000, 3_000_000, 8_000_000, 10_000_000, 30_000_000, -10_000_000,
      ])
    #expect(
      rules.map(\.limit) == [nil, Limit(count: 3, window: .calendar(.day)), nil, nil, nil, nil])
    #expect(rules.map(\.cap) == [nil, nil, 40_000_000, nil, nil, nil])
    #expect(rules.map(\.oncePer) == [nil, nil, nil, .member("asset"), nil, nil])
    #expect(rules.map(\.aging.halfLife) == [60, 60, 60, 60, 180, 60].map { $0 * 86_400_000 })
    #expect(rules.allSatisfy { $0.aging.fade == nil && $0.aging.expires == nil })
    #expect(caps.map(\.interactions) == [[0, 1]])
    #expect(caps.map(\.points) == [30_000_000])
    let inactivity = try #require(score.inactivity)
    let month: Milliseconds = 30 * 86_400_000
    #expect(inactivity.after == month)
    #expect(inactivity.every == month)
    #expect(inactivity.points == -5_000_000)
    let bonus = try #require(score.bonuses.first)
    #expect(bonus.name == "back-in-a-week")
    #expect(bonus.points == 8_000_000)
    #expect(bonus.condition.subjects == [.visits(window: 7 * 86_400_000)])
  }

  @Test("a blend names what it blends and by which weight")
  func priority() {
    guard case .blend(let terms) = definition.scores[1].source else {
      Issue.record("priority is no blend")
      return
    }
    #expect(terms.map(\.source) == [.percent(0), .score(0)])
    #expect(terms.map(\.weight) == [400_000, 600_000])
    #expect(definition.scores[1].range == nil)
  }

  @Test("both ways to grade are understood")
  func grades() {
    guard case .weighted(let letters, let criteria) = definition.grades[0].method,
      case .ladder(let start, let steps) = definition.grades[1].method
    else {
      Issue.record("not a weighted grade and a ladder")
      return
    }
    #expect(definition.grades[0].letters == ["A", "B", "C", "D", "F"])
    #expect(letters.map(\.bound) == [80, 60, 40, 20, 0])
    #expect(criteria.map(\.attribute) == ["job_title", "company_size"])
    #expect(criteria.map(\.weight) == [3_000_000, 2_000_000])
    #expect(criteria.map(\.otherwise) == [40_000_000, 0])
    #expect(criteria[0].values.map(\.value) == [100_000_000, 0])
    #expect(criteria[1].values.map(\.predicate.parts) == [[.min(1000)], [.min(50)]])
    #expect(Grade.ladder[start] == "D")
    #expect(steps.map(\.attribute) == ["industry"])
    #expect(steps.map(\.thirds) == [2])
    #expect(steps[0].predicate.holds(for: .text("Retail")))
  }

  @Test("nps, personas, lists and accounts are understood")
  func people() throws {
    let nps = try #require(definition.nps)
    #expect(nps.value == .field("satisfaction"))
    #expect(nps.lowest == 1)
    #expect(nps.answers.subjects == [.member("type"), .member("form")])
    #expect(definition.personas.map(\.name) == ["role", "interest"])
    #expect(
      definition.personas[0].personas.map(\.name) == [
        "decision-maker", "champion", "information-gatherer",
      ])
    #expect(
      definition.personas[0].personas.map { $0.condition?.subjects ?? [] } == [
        [.attribute("job_title")],
        [.tally(stage: 0, window: nil), .visits(window: nil)],
        [.count(interaction: 4, window: nil), .attribute("job_title")],
      ])
    #expect(definition.personas[1].personas.map { $0.condition == nil } == [false, false, true])
    #expect(definition.lists.map(\.name) == ["sales-ready"])
    #expect(definition.lists[0].condition.subjects == [.score(0), .grade(0)])
    #expect(
      definition.ready?.subjects == [.total(score: 0), .engaged, .persona(group: 0, persona: 0)])
  }

  @Test("an example becomes lines of a log and what is expected of them")
  func examples() throws {
    let example = try #require(definition.examples.first)
    #expect(example.name == "the same white paper twice counts once")
    #expect((example.line, example.column) == (76, 5))
    #expect(example.asOf == 1_772_323_200_000)
    #expect(
      example.events == [
        #"{"id":"example-1","lead":"example","time":"2026-03-01T00:00:00Z","type":"download","#
          + #""asset":"roi-whitepaper"}"#,
        #"{"id":"example-2","lead":"example","time":"2026-03-01T00:00:00Z","type":"download","#
          + #""asset":"roi-whitepaper"}"#,
      ])
    #expect(
      example.expectations.map(\.subject) == [
        "score.engagement", "count.white-paper", "persona.role",
      ])
    #expect(example.expectations.map(\.expected) == ["10", "2", "information-gatherer"])
    #expect(example.expectations.map(\.column) == [15, 37, 59])
    guard case .lead("example", .score(0), let predicate) = example.expectations[0].target else {
      Issue.record("not an expectation of the score")
      return
    }
    #expect(predicate.parts == [.oneOf([.number(10)])])
  }

  private func holds(_ interaction: String, _ members: [String: Scalar]) -> Bool {
    definition.interactions.first { $0.name == interaction }?.condition.holds { subject in
      if case .member(let name) = subject { members[name] } else { nil }
    } ?? false
  }
}
