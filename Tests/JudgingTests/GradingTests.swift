import Notation
import Testing

@testable import Definition
@testable import Judging

@Suite("Grades and answers")
struct GradingTests {
  private func lead(_ grades: String, _ attributes: [(String, Scalar?)]) throws -> JudgedLead {
    try JudgedLead(
      scoring("{ points: { view: 1 } }", "grades:\n  fit: \(grades)"),
      [.profile("2026-02-01T00:00:00Z", attributes)])
  }

  @Test(
    "the letter is that of the highest bound ≤ percent, which is rounded to a whole number",
    arguments: [
      (100.0, "100", "A"), (80, "80", "A"), (79.5, "80", "A"), (79.499999, "79", "B"),
      (60, "60", "B"), (59.499999, "59", "C"), (12.5, "13", "C"), (0.5, "1", "C"), (0, "0", "C"),
    ])
  func letters(value: Double, percent: String, letter: String) throws {
    let lead = try lead(
      """
      { letters: { A: 80, B: 60, C: 0 }, criteria: [ { attribute: a, weight: 3, \
      values: [ { is: yes, value: \(shortestDecimal(value)) } ] } ] }
      """, [("a", .text("YES"))])
    #expect(lead[.percent(0)] == percent)
    #expect(lead[.grade(0)] == letter)
    #expect(lead.coverage(0) == 100)
  }

  private let weighted = """
    { letters: { A: 80, B: 60, F: 0 }, criteria: [ \
    { attribute: title, weight: 3, values: [ { is: "vp*", value: 100 }, { is: "*", value: 30 } ], \
    otherwise: 40 }, { attribute: size, weight: 2, values: [ { min: 1000, value: 100 }, \
    { min: 50, value: 60 } ] }, { attribute: land, weight: 1, values: [ { is: ee, value: 100 } ] } ] }
    """

  @Test("percent = Σ weight × value / Σ weight over known criteria; unknown is neither F nor 0")
  func unknownIsNeutral() throws {
    let cases: [([(String, Scalar?)], String?, String?, Int64)] = [
      ([], nil, nil, 0),
      ([("title", .text("VP Sales"))], "100", "A", 50),
      ([("title", .text("Clerk"))], "30", "F", 50),
      ([("title", .bool(true))], "30", "F", 50),
      ([("size", .number(999))], "60", "B", 33),
      ([("size", .text("1000"))], "100", "A", 33),
      ([("size", .text("many"))], "0", "F", 33),
      ([("land", .text("FI"))], "0", "F", 17),
      ([("title", .text("VP")), ("size", .number(49))], "60", "B", 83),
      ([("title", .text("VP")), ("size", .number(50)), ("land", .text("EE"))], "87", "A", 100),
      ([("title", .text("VP")), ("title", nil)], nil, nil, 0),
    ]
    for (attributes, percent, letter, coverage) in cases {
      let lead = try lead(weighted, attributes)
      #expect(lead[.percent(0)] == percent, "\(attributes)")
      #expect(lead[.grade(0)] == letter, "\(attributes)")
      #expect(lead.coverage(0) == coverage, "\(attributes)")
    }
  }

  @Test(
    "a ladder F D- D D+ … A+: the sum is then held on the ladder",
    arguments: [
      ("D", 1, true, "D+"), ("D", 2, true, "C-"), ("D", 3, true, "C"), ("D", 10, true, "A+"),
      ("D", 12, true, "A+"), ("D", 1, false, "D-"), ("D", 2, false, "F"), ("D", 3, false, "F"),
      ("F", 1, false, "F"), ("A+", 1, true, "A+"), ("A+", 12, false, "F"), ("F", 12, true, "A+"),
      ("C", 5, true, "A-"),
    ])
  func ladder(start: String, thirds: Int, holds: Bool, letter: String) throws {
    let lead = try lead(
      "{ start: \(start), criteria: [ { attribute: a, is: x, thirds: \(thirds) } ] }",
      [("a", .text(holds ? "X" : "y"))])
    #expect(lead[.grade(0)] == letter)
    #expect(lead[.percent(0)] == nil)
    #expect(lead.coverage(0) == 100)
  }

  @Test(
    "five criteria of two thirds each, from D: all met A+, four of five B",
    arguments: [(5, "A+"), (4, "B"), (3, "C-"), (2, "F"), (0, "F")])
  func fiveCriteria(met: Int, letter: String) throws {
    let names = ["size", "industry", "land", "title", "team"]
    let criteria = names.map { "{ attribute: \($0), is: fit, thirds: 2 }" }
    let lead = try lead(
      "{ start: D, criteria: [ \(criteria.joined(separator: ", ")) ] }",
      names.enumerated().map { ($1, .text($0 < met ? "fit" : "unfit")) })
    #expect(lead[.grade(0)] == letter)
  }

  @Test("a ladder's unknown criteria move nothing, and coverage weighs by thirds")
  func ladderCoverage() throws {
    let grade = """
      { start: D, criteria: [ { attribute: a, is: x, thirds: 1 }, { attribute: b, is: x, thirds: 2 } ] }
      """
    #expect(try lead(grade, [])[.grade(0)] == nil)
    #expect(try lead(grade, []).coverage(0) == 0)
    #expect(try lead(grade, [("a", .text("x"))]).coverage(0) == 33)
    #expect(try lead(grade, [("b", .text("x"))]).coverage(0) == 67)
    #expect(try lead(grade, [("b", .text("x"))])[.grade(0)] == "C-")
    #expect(try lead(grade, [("a", .text("n")), ("b", .text("x"))])[.grade(0)] == "D+")
  }

  @Test(
    "promoter 9–10, passive 7–8, detractor up to 6; other answers change nothing",
    arguments: [
      (0.0, nil, nil, "0", "detractor"), (1, "1", "detractor", "1", "detractor"),
      (6, "6", "detractor", "6", "detractor"), (7, "7", "passive", "7", "passive"),
      (8, "8", "passive", "8", "passive"), (9, "9", "promoter", "9", "promoter"),
      (10, "10", "promoter", "10", "promoter"), (11, nil, nil, nil, nil), (-1, nil, nil, nil, nil),
      (8.5, nil, nil, nil, nil), (.nan, nil, nil, nil, nil), (1e300, nil, nil, nil, nil),
      (-0.0, nil, nil, "0", "detractor"),
    ] as [(Double, String?, String?, String?, String?)])
  func answers(
    answer: Double, fromOne: String?, groupFromOne: String?, fromZero: String?, group: String?
  ) throws {
    for (scale, value, name) in [(1, fromOne, groupFromOne), (0, fromZero, group)] {
      let definition = scoring(
        "{ points: { view: 1 } }",
        "nps: { answers: { type: form_fill }, value: fields.n, scale: [\(scale), 10] }")
      var deed = Deed("2026-02-01T00:00:00Z", [])
      deed.answer = answer
      let lead = try JudgedLead(definition, [deed])
      #expect(lead[.nps] == value)
      #expect(lead[.npsGroup] == name)
      #expect(lead.counts.invalidAnswers == (value == nil ? 1 : 0))
    }
  }

  @Test("a lead's latest valid answer counts")
  func latestAnswer() throws {
    let definition = scoring(
      "{ points: { view: 1 } }",
      "nps: { answers: { type: form_fill }, value: fields.n, scale: [1, 10] }")
    let deeds = [3.0, 9, 99, .nan].enumerated().map { index, answer in
      var deed = Deed("2026-02-0\(index + 1)T00:00:00Z", [])
      deed.answer = answer
      return deed
    }
    let lead = try JudgedLead(definition, deeds.reversed())
    #expect(lead[.nps] == "9")
    #expect(lead.counts.invalidAnswers == 2)
  }

  @Test("`nps` = %promoters − %detractors among answers: published examples")
  func netPromoterScores() {
    func score(_ answers: [Int64]) -> Int64? {
      var sum = NetPromoterScore()
      for answer in answers { sum.count(NetPromoterGroup(answer: answer)) }
      return sum.score
    }
    func score(_ promoters: Int64, _ passives: Int64, _ detractors: Int64) -> Int64? {
      var sum = NetPromoterScore()
      (sum.promoters, sum.passives, sum.detractors) = (promoters, passives, detractors)
      return sum.score
    }
    #expect(score([3, 4, 5, 6, 8, 8, 8, 9, 10, 10]) == -10)
    #expect(score(60, 25, 15) == 45)
    #expect(score(30, 50, 20) == 10)
    #expect(score([1, 9, 10]) == 33)
    #expect(score([]) == nil)
    #expect(score([7, 8]) == 0)
    #expect(score([6]) == -100)
    #expect(score([10]) == 100)
    // Half away from zero: 1 of 8 is 12.5 %, and its opposite.
    #expect(score(1, 7, 0) == 13)
    #expect(score(0, 7, 1) == -13)
    #expect(score(1, 199, 0) == 1)
    #expect(score(1, 200, 0) == 0)
  }
}
