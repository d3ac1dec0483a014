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
    #expect(try chosen([.number(.leastNonzeroMagnitude), .number(-1), nil]) == "a")
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
    #expect(
      try chosen([.number(-1e300), .number(1e300), .number(.leastNonzeroMagnitude)], ", gap: 1")
        == "b")
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
    let values: [Int64] = [absent, -1, 0, 1, 2, 3, 4]
    let pairs: [(low: Int64, high: Int64)] = values.flatMap { low in
      values.filter { low <= $0 }.map { (low: low, high: $0) }
    }
    var choices = 0
    for mine in pairs {
      for other in pairs {
        let told = highest.choice(between: [mine.low, other.low], and: [mine.high, other.high])
        guard let told else { continue }
        choices += 1
        var found: Set<Int?> = []
        for first in values where mine.low <= first && first <= mine.high {
          for second in values where other.low <= second && second <= other.high {
            found.insert(highest.choice([first, second]))
          }
        }
        #expect(found == [told], "\(mine), \(other)")
      }
    }
    #expect(choices > 100)
  }
}
