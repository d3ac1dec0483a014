import Notation
import Testing

@testable import Definition
@testable import Judging

@Suite("Personas by points")
struct HighestTests {
  /// What is chosen of three attributes.
  private func chosen(_ values: [Scalar?], _ more: String = "") throws -> String? {
    let definition = scoring(
      "{ points: { view: 1 } }",
      "personas: { role: { highest: "
        + "{ a: attribute.a, b: attribute.b, c: attribute.c }\(more) } }")
    return try JudgedLead(
      definition,
      [.profile("2026-02-01T00:00:00Z", zip(["a", "b", "c"], values).map { ($0, $1) })])[
        .persona(group: 0)]
  }

  @Test("the entry with the greatest present value; of equals the first in the mapping")
  func greatest() throws {
    #expect(try chosen([.number(1), .number(3), .number(2)]) == "b")
    #expect(try chosen([.number(2), .number(3), .number(3)]) == "b")
    #expect(try chosen([nil, nil, .number(0.5)]) == "c")
    #expect(try chosen([nil, nil, nil]) == nil)
  }

  @Test("without `min` it is above 0, else at least that")
  func least() throws {
    #expect(try chosen([.number(0), .number(-1), nil]) == nil)
    #expect(try chosen([.number(5e-324), .number(-1), nil]) == "a")
    #expect(try chosen([.number(9.999999), nil, nil], ", min: 10") == nil)
    #expect(try chosen([.number(10), nil, nil], ", min: 10") == "a")
    #expect(try chosen([.number(-2), .number(-3), nil], ", min: -2.5") == "a")
  }

  @Test("it is at least `gap` above every other present value")
  func gap() throws {
    #expect(try chosen([.number(5), .number(10), .number(1)], ", gap: 5") == "b")
    #expect(try chosen([.number(5.000001), .number(10), nil], ", gap: 5") == nil)
    #expect(try chosen([nil, .number(10), nil], ", gap: 5") == "b")
    #expect(try chosen([.number(-1), .number(4), nil], ", gap: 5") == "b")
  }

  @Test("what is neither a number nor numeric text is absent")
  func absent() throws {
    #expect(try chosen([.text("many"), .text("1e1"), .bool(true)]) == "b")
    #expect(try chosen([.text(" 99"), .number(1), nil], ", gap: 50") == "b")
  }

  @Test("all is compared exactly")
  func exact() throws {
    // Neighbours in binary64, and numbers that millionths do not measure.
    #expect(try chosen([.number(0.1), .number(0.1.nextUp), .number(0.1.nextDown)]) == "b")
    #expect(try chosen([.number(1e300), .number(1e300.nextUp), nil]) == "b")
    #expect(try chosen([.number(0x1p53), .number(0x1p53 + 2), nil], ", gap: 2") == "b")
    #expect(try chosen([.number(0x1p53), .number(0x1p53 + 2), nil], ", gap: 2.000001") == nil)
    // 0.3 - 0.1 is less than 0.2 in binary64, and exactly so.
    #expect(try chosen([.number(0.3), .number(0.1), nil], ", gap: 0.2") == nil)
    #expect(try chosen([.number(0.3), .number(0.1), nil], ", gap: 0.199999") == "a")
    #expect(try chosen([.number(-1e300), .number(1e300), .number(5e-324)], ", gap: 1") == "b")
  }

  @Test("scores, counts and times are compared with each other")
  func kinds() throws {
    var deeds = (0..<3).map { Deed(at: 1_772_000_000_000 + Milliseconds($0) * 1000) }
    deeds[0].seconds = 2.75
    func chosen(_ highest: String) throws -> String? {
      try JudgedLead(
        scoring("{ points: { view: 0.9 } }", "personas: { role: \(highest) }"), deeds)[
          .persona(group: 0)]
    }
    // raw 2.7, 2.75 seconds, three views
    #expect(try chosen("{ highest: { raw: raw.s, time: time_on_site } }") == "time")
    #expect(try chosen("{ highest: { raw: raw.s, time: time_on_site }, gap: 0.05 }") == "time")
    #expect(try chosen("{ highest: { raw: raw.s, time: time_on_site }, gap: 0.050001 }") == nil)
    #expect(
      try chosen("{ highest: { time: time_on_site, views: count.view, nps: tally.late } }")
        == "views")
  }

  @Test("between two times a choice is known where no value in between could make another")
  func between() {
    let highest = CompiledHighest(
      Highest(subjects: [.score(0), .score(1)], min: 2_000_000, gap: 1_000_000)
    ) { subject in (subject == .score(0) ? 0 : 1, .number(divisor: 1)) }
    let absent = LeadLayout.absent
    var choices = 0
    for bounds in [absent, -1, 0, 1, 2, 3, 4].flatMap({ a in
      [absent, -1, 0, 1, 2, 3, 4].map { (a, $0) }
    }) where bounds.0 <= bounds.1 {
      for others in [(absent, absent), (absent, 2), (0, 1), (1, 3), (2, 2), (3, 4)]
        as [(Int64, Int64)]
      {
        let told = highest.choice(between: [bounds.0, others.0], and: [bounds.1, others.1])
        var found: Set<Int?> = []
        for first in [absent] + Array(-1...4) where bounds.0 <= first && first <= bounds.1 {
          for second in [absent] + Array(-1...4) where others.0 <= second && second <= others.1 {
            found.insert(highest.choice([first, second]))
          }
        }
        if let told { #expect(found == [told], "\(bounds), \(others)") }
        if told != nil { choices += 1 }
      }
    }
    #expect(choices > 100)
  }
}
