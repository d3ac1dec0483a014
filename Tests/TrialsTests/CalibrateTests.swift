import Definition
import Engine
import Foundation
import Notation
import TestBooks
import Testing
import Trials

@Suite("calibrate") struct CalibrateTests {
  @Test("5, 3 and 4 interactions on average are worth 100 / 12 = 8.33, rounded 8")
  func taught() throws {
    let scratch = try ScratchBook()
    // 4 + 2 + 5 and 6 + 4 + 3: 5 + 3 + 4 on average.
    try scratch.write(
      lead("a", awareness: 4, consideration: 2, decision: 5, outcome: "won")
        + lead("b", awareness: 6, consideration: 4, decision: 3, outcome: "won")
        + lead("c", awareness: 1, consideration: 9, decision: 0, outcome: "lost"))
    let report = try scratch.calibrate()
    #expect(report.leadCount == 2)
    #expect(report.restCount == 1)
    #expect(report.stages.map(\.average) == [5, 3, 4])
    #expect(report.stages.map(\.deviation) == [1.414214, 1.414214, 1.414214])
    #expect(report.stages.map(\.least) == [4, 2, 3])
    #expect(report.stages.map(\.most) == [6, 4, 5])
    #expect(report.average == 12)
    #expect(report.exact == 8.333333)
    #expect(report.rounded == 8)
    #expect(report.reached == 96)
    #expect(report.remainder == 4)
    #expect(report.interactionsToReady == 13)
    #expect(report.interactions.map(\.simple) == [8, 8, 8, nil])
    #expect(report.interactions.map(\.now) == [1, 2, nil, -10])
    #expect(report.interactions.map(\.points) == [8, 8, 8, -10])
    #expect(report.reachedWithPoints == 96)
  }

  @Test("what leads did after they were won does not count")
  func untilTheOutcome() throws {
    let scratch = try ScratchBook()
    try scratch.write(
      lead("a", awareness: 4, consideration: 2, decision: 4, outcome: "won")
        + (0..<50).map { event("later\($0)", 25, "page_view", "a", #","path":"/blog/x""#) })
    #expect(try scratch.calibrate().exact == 10)
  }

  @Test("an interaction that is another one too is tallied for each")
  func both() throws {
    let scratch = try ScratchBook()
    try scratch.write(
      [event("v", 1, "page_view", "a", #","path":"/blog/pricing""#)]
        + [event("o", 9, "outcome", "a", #","outcome":"won""#)])
    let report = try scratch.calibrate(
      definition.replacingOccurrences(of: #""/pricing*""#, with: #""*pricing""#))
    #expect(report.average == 2)
    #expect(report.exact == 50)
  }

  @Test("the sales team adds, takes off and sets, and sees what the average lead comes to")
  func adjusted() throws {
    let scratch = try ScratchBook()
    try scratch.write(lead("a", awareness: 5, consideration: 3, decision: 4, outcome: "won"))
    let report = try scratch.calibrate(
      adjustments: ["pricing-view=+2", "blog-view=-1.5", "paper=10", "careers-view=-20"])
    #expect(report.interactions.map(\.points) == [6.5, 10, 10, -30])
    #expect(report.interactions.map(\.adjusted) == [-1.5, 2, 2, -20])
    #expect(report.reachedWithPoints == 102.5)
  }

  @Test("whose tallies they are: an outcome, all, a list, a persona")
  func choices() throws {
    let scratch = try ScratchBook()
    try scratch.write(
      lead("a", awareness: 4, consideration: 0, decision: 0, outcome: "won")
        + lead("b", awareness: 2, consideration: 0, decision: 0, outcome: "lost")
        + lead("c", awareness: 6, consideration: 0, decision: 0, outcome: "dormant")
        + lead("d", awareness: 8, consideration: 0, decision: 0, outcome: nil))
    func average(_ leads: String) throws -> Double {
      try scratch.calibrate(leads: leads).average
    }
    #expect(try average("won") == 4)
    #expect(try average("lost") == 2)
    #expect(try average("dormant") == 6)
    #expect(try average("all") == 5)
    #expect(try average("readers") == 7)
    #expect(try average("kind.reader") == 7)
    let error = #expect(throws: RunError.self) { try average("dormand") }
    #expect(error?.hint == "did you mean 'dormant'?")
    let nobody = #expect(throws: RunError.self) { try average("kind.nobody") }
    #expect(nobody?.exitCode == 65)
  }

  @Test("fitted points stand beside the simple ones and are higher for what won leads alone do")
  func fitted() throws {
    let scratch = try ScratchBook()
    var lines: [String] = []
    for index in 0..<40 {
      lines += lead(
        "won\(index)", awareness: 5, consideration: 3, decision: 4, outcome: "won")
      lines += lead(
        "lost\(index)", awareness: 5, consideration: 1, decision: 1, outcome: "lost")
    }
    try scratch.write(lines)
    let simple = try scratch.calibrate()
    let fitted = try scratch.calibrate(method: .fitted)
    #expect(simple.interactions.map(\.fitted) == fitted.interactions.map(\.fitted))
    #expect(simple.interactions.map(\.simple) == fitted.interactions.map(\.simple))
    #expect(
      fitted.interactions.map(\.points) == fitted.interactions.map(\.fitted).dropLast() + [-10])
    let points = fitted.interactions.compactMap(\.fitted)
    #expect(points[0] == 0)
    #expect(points[2] > points[1], "four times as often is more than three times")
    #expect(abs(fitted.reachedWithPoints - 100) < 4)
    let nothing = #expect(throws: RunError.self) {
      try scratch.calibrate(leads: "all", method: .fitted)
    }
    #expect(nothing?.message.contains("no other leads") ?? false)
  }

  @Test("another ready score and another score than the first")
  func ready() throws {
    let scratch = try ScratchBook()
    try scratch.write(lead("a", awareness: 5, consideration: 3, decision: 4, outcome: "won"))
    #expect(try scratch.calibrate(ready: 76).exact == 6.333333)
    #expect(try scratch.calibrate(score: "other").interactions.map(\.now) == [3, nil, nil])
    let blend = #expect(throws: RunError.self) { try scratch.calibrate(score: "blended") }
    #expect(blend?.message.contains("blend") ?? false)
    let none = #expect(throws: RunError.self) { try scratch.calibrate(score: "othr") }
    #expect(none?.hint == "did you mean 'other'?")
    #expect(none?.exitCode == 64)
  }

  @Test(
    "a saved definition has the points, keeps all else, and says which examples no longer come out")
  func saved() throws {
    let scratch = try ScratchBook()
    try scratch.write(lead("a", awareness: 5, consideration: 3, decision: 4, outcome: "won"))
    let examples = """

      examples:
        - name: a paper is worth two   # for now
          events: [ { time: 2026-01-01T00:00:00Z, type: download } ]
          expect: { score.s: 2 }
        - name: a paper is a paper
          events: [ { time: 2026-01-01T00:00:00Z, type: download } ]
          expect: { count.paper: 1 }
      """
    let file = "\(scratch.book.root)/calibrated.yaml"
    let report = try scratch.calibrate(
      definition + examples, adjustments: ["paper=+1.5"], save: file)
    let saved = try #require(report.saved)
    #expect(saved.changed == ["blog-view", "paper"])
    #expect(saved.added == ["pricing-view"])
    #expect(saved.failingExamples == ["a paper is worth two"])
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let expected = (definition + examples).replacingOccurrences(
      of: "{ blog-view: 1, paper: { points: 2, cap: 8 }, careers-view: -10 }",
      with: "{ blog-view: 8, paper: { points: 9.5, cap: 8 }, careers-view: -10, pricing-view: 8 }")
    #expect(text == expected)
    let again = try scratch.calibrate(text, adjustments: ["paper=+1.5"], save: file)
    #expect(again.saved?.changed == [])
    #expect(again.saved?.added == [])
  }

  @Test("what cannot be calibrated is told with what to do")
  func mistakes() throws {
    let scratch = try ScratchBook()
    try scratch.write(lead("a", awareness: 5, consideration: 3, decision: 4, outcome: "won"))
    let stages = #expect(throws: RunError.self) {
      try scratch.calibrate(
        "name: x\ninteractions: { v: { type: page_view } }\nscores: { s: { points: { v: 1 } } }")
    }
    #expect(stages?.message.contains("no interaction has a stage") ?? false)
    let name = #expect(throws: RunError.self) {
      try scratch.calibrate(adjustments: ["pricing-veiw=+2"])
    }
    #expect(name?.hint == "did you mean 'pricing-view'?")
  }

  @Test(
    "an adjustment is a name and a number",
    arguments: ["x", "=2", "x=", "x=two", "x=1e300", "x= 2"])
  func adjustments(_ text: String) {
    #expect(PointChange(text) == nil)
    #expect(PointChange("x=+2")?.isChange == true)
    #expect(PointChange("x=2")?.isChange == false)
    #expect(PointChange("x=-0.5")?.points == -500_000)
    #expect(PointChange("x=0.0000001") == nil)
  }
}

private let definition = """
  name: x
  journey: [awareness, consideration, decision]
  interactions:
    blog-view: { type: page_view, path: "/blog/*", stage: awareness }
    paper: { type: download, stage: consideration }
    pricing-view: { type: page_view, path: "/pricing*", stage: decision }
    careers-view: { type: page_view, path: "/careers" }
  scores:
    s: { points: { blog-view: 1, paper: { points: 2, cap: 8 }, careers-view: -10 } }
    other: { points: { blog-view: 3 } }
    blended: { blend: { score.s: 1 } }
  personas:
    kind: [ { name: nobody, when: { tally.decision: { min: 99 } } },
            { name: reader, when: { tally.awareness: { min: 5 } } } ]
  lists: { readers: { tally.awareness: { min: 5 } } }
  """

private func event(
  _ id: String, _ day: Int, _ type: String, _ lead: String, _ rest: String = ""
) -> String {
  let time = "2026-01-\(day < 10 ? "0" : "")\(day)T00:00:00Z"
  return #"{"id":"\#(id)","time":"\#(time)","type":"\#(type)","lead":"\#(lead)"\#(rest)}"#
}

/// What a lead does before the twentieth of the month, and what becomes of it then.
private func lead(
  _ name: String, awareness: Int, consideration: Int, decision: Int, outcome: String?
) -> [String] {
  let kinds = [
    (awareness, "page_view", #","path":"/blog/a""#), (consideration, "download", ""),
    (decision, "page_view", #","path":"/pricing""#),
  ]
  let events = kinds.enumerated().flatMap { kind, kinds in
    (0..<kinds.0).map { event("\(name)-\(kind)-\($0)", 1 + $0, kinds.1, name, kinds.2) }
  }
  guard let outcome else { return events }
  return events + [event("\(name)-o", 20, "outcome", name, #","outcome":"\#(outcome)""#)]
}

extension ScratchBook {
  fileprivate func write(_ lines: [String]) throws {
    try writeLog([("1.ndjson", Array((lines.joined(separator: "\n") + "\n").utf8))])
  }

  fileprivate func calibrate(
    _ text: String = definition, leads: String = "won", score: String? = nil, ready: Int64 = 100,
    method: CalibrationMethod = .simple, adjustments: [String] = [],
    save: String? = nil
  ) throws -> CalibrationReport {
    var plan = CalibrationPlan(
      Log(of: book, jobs: 2), try Definition.load(text: text, file: "x"),
      asOf: try #require(eventTime("2026-02-01T00:00:00Z")), file: "x")
    plan.leads = leads
    plan.score = score
    plan.ready = ready * 1_000_000
    plan.method = method
    plan.adjustments = adjustments.compactMap { PointChange($0) }
    plan.save = save
    return try Trials.calibrate(plan)
  }
}
