import Notation
import Testing

@testable import Definition
@testable import Judging

/// What sums end in is held once, after all else, within 999,999,999,999 points either way.
@Suite("Numbers at their limits")
struct HoldTests {
  private static let most = "999999999999"

  private func silence(
    _ points: String, every: String = "1m", _ score: String = "points: { view: 0 }",
    _ rest: String = ""
  ) -> String {
    scoring(
      "{ \(score), inactivity: { after: 1m, points: \(points), every: \(every) } }", rest)
  }

  @Test("what a lead comes to ends at twelve digits of points, up and down")
  func inactivity() throws {
    for (points, end) in [("1000000000", Self.most), ("-1000000000", "-\(Self.most)")] {
      let lead = try JudgedLead(silence(points), [Deed("2026-01-01T00:00:00Z")])
      #expect(lead.raw == end)
      #expect(lead.score == end)
      #expect(lead.counts.heldRaws == [1])
    }
  }

  @Test("a number that is held is there: it is no absent one")
  func isThere() throws {
    // 2^63 micro-points below 0, exactly: 9223 minutes of a billion, and 372036854.775808 points.
    let text = silence(
      "-1000000000", "points: { view: -372036854.775808 }",
      "lists: { gone: { raw.s: { exists: false } }, low: { raw.s: { max: -999999999999 } } }")
    let lead = try JudgedLead(text, asOf: "2026-01-07T09:43:00Z", [Deed("2026-01-01T00:00:00Z")])
    #expect(lead.raw == "-\(Self.most)")
    #expect(lead.isOn == [false, true])
  }

  @Test("what reaches the end exactly is not held")
  func exactEnd() throws {
    func lead(_ bonus: String) throws -> JudgedLead {
      try JudgedLead(
        silence(
          "100000000", every: "1m", "points: { view: \(bonus) }"),
        // 9,999 minutes from the first on: 999,900,000,000 points.
        asOf: "2026-01-07T22:39:00Z", [Deed("2026-01-01T00:00:00Z")])
    }
    let exact = try lead("99999999")
    #expect(exact.raw == Self.most)
    #expect(exact.counts.heldRaws == [0])
    let beyond = try lead("99999999.000001")
    #expect(beyond.raw == Self.most)
    #expect(beyond.counts.heldRaws == [1])
  }

  @Test("it is held after all else: what is beyond comes back by what is taken off")
  func afterAllElse() throws {
    let text = scoring(
      """
      { points: { view: 1000000000, paper: -1000000000 }, \
      bonuses: [ { name: b, when: { activities: { min: 1 } }, points: 0.000001 } ] }
      """)
    let start = eventTime("2026-01-01T00:00:00Z") ?? 0
    let deeds = (0..<5000).map { index in
      Deed(at: start + Milliseconds(index), [index.isMultiple(of: 2) ? "view" : "paper"])
    }
    // 2,500 billion up, and back.
    let sorted = deeds.sorted { $0.interactions[0] > $1.interactions[0] }
    let lead = try JudgedLead(text, sorted)
    #expect(lead.raw == "0.000001")
    #expect(lead.counts.heldRaws == [0])
  }

  @Test("a blend of the largest weights and values is exact, an absent percent or not")
  func blends() throws {
    let grades = """
      grades:
        g: { letters: { A: 50, F: 0 }, criteria: [ { attribute: a, weight: 1, values: [ { min: 0, value: 100 } ] } ] }
      """
    func raw(_ blend: String, knowsGrade: Bool = false) throws -> (raw: String?, held: [Int]) {
      let text = silence(
        "1000000000", "points: { view: 0 }",
        "  b: { blend: { \(blend) } }\n  small: { blend: { score.b: 0.000001, score.s: 0.000001 } }\n"
          + grades)
      let attributes: [(String, Scalar?)] = knowsGrade ? [("a", .number(1))] : []
      let lead = try JudgedLead(
        text,
        [Deed("2026-01-01T00:00:00Z"), .profile("2026-01-01T00:00:00Z", attributes)])
      #expect(lead.traced(1) == Int128(lead.rawCell(1)))
      return (pointsText(lead.rawCell(1)), lead.counts.heldRaws)
    }
    // The first score is held, so its value is 999,999,999,999.
    #expect(try raw("score.s: 1000000000, percent.g: 1000000000") == (Self.most, [1, 1, 0]))
    #expect(try raw("score.s: 0.000001, percent.g: 0.000001") == ("1999999.999998", [1, 0, 0]))
    #expect(try raw("score.s: 0.999999, percent.g: 0.000001") == (Self.most, [1, 0, 0]))
    // 999,999,999,999 x 0.999999 + 100 x 0.000001
    #expect(
      try raw("score.s: 0.999999, percent.g: 0.000001", knowsGrade: true)
        == ("999998999999.000101", [1, 0, 0]))
  }

  @Test("what a blend comes to is told to the last digit before it is held")
  func exactBlend() throws {
    let text = silence(
      "1000000000", "points: { view: 0 }",
      """
        b: { blend: { score.s: 999999999.999999, percent.g: 1000000000 } }
      grades:
        g: { letters: { A: 50, F: 0 }, criteria: [ { attribute: a, weight: 1, values: [ { min: 0, value: 100 } ] } ] }
      """)
    let lead = try JudgedLead(text, [Deed("2026-01-01T00:00:00Z")])
    let blend = Int128(999_999_999_999) * 1_999_999_999_999_999
    #expect(lead.adjustments(1).map(\.points) == [blend, 999_999_999_999_000_000 - blend])
    #expect(lead.parts(1).map(\.points) == [blend, 999_999_999_999_000_000 - blend])
  }

  @Test("contributions, adjustments and the hold add up to raw, and so do the parts of a score")
  func addsUp() throws {
    let texts = [
      silence("1000000000"), silence("-1000000000"),
      silence(
        "1000000000", "points: { view: 7, paper: { points: -9, cap: 3 } }",
        "  b: { blend: { score.s: 1000000000 }, bonuses: [ { name: x, when: { visits: 1 }, points: -5 } ] }"
      ),
    ]
    for text in texts {
      let lead = try JudgedLead(
        text, [Deed("2026-01-01T00:00:00Z"), Deed("2026-01-01T00:00:01Z", ["paper"])])
      for score in lead.definition.scores.indices {
        #expect(lead.traced(score) == Int128(lead.rawCell(score)))
        #expect(lead.parts(score).reduce(0) { $0 + $1.points } == Int128(lead.rawCell(score)))
        #expect(lead.parts(score).contains { $0.source == .hold })
      }
    }
  }

  @Test("a raw score of more digits than binary64 has is compared as the nearest one")
  func conditions() throws {
    // Of these a rounded binary64 divided by a million is another one than the nearest.
    for points in ["856766499.050875", "427407879.097371", "-142603309.763783"] {
      let number = pointsText(12_000_000_000_000_000 + (parsed(points) ?? 0))
      let text = silence(
        "1000000000", "points: { view: \(points) }",
        """
        lists:
          same: { raw.s: \(number) }
          from: { raw.s: { min: \(number) } }
          to: { raw.s: { max: \(number) } }
        """)
      let lead = try JudgedLead(
        text, asOf: "2026-01-01T00:12:00Z", [Deed("2026-01-01T00:00:00Z")])
      #expect(pointsText(lead.rawCell(0)) == number)
      #expect(lead.isOn == [true, true, true], "\(points)")
    }
  }

  private func parsed(_ points: String) -> Micropoints? { try? parseMillionths(points) }
}
