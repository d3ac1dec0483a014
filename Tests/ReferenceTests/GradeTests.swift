import Testing

@testable import Reference

@Suite struct GradeTests {
  private let definition = """
    name: test
    interactions:
      view: { type: page_view }
    scores:
      s: { points: { view: 1 } }
    grades:
      fit:
        letters: { A: 80, B: 60, C: 40, D: 20, F: 0 }
        criteria:
          - { attribute: title, weight: 3, values: [ { is: "VP*", value: 100 } ], otherwise: 40 }
          - { attribute: size, weight: 2.5, values: [ { min: 1000, value: 100 }, { min: 50, value: 60 } ] }
      climb:
        start: D
        criteria:
          - { attribute: title, is: "VP*", thirds: 2 }
          - { attribute: size, min: 50, thirds: 5 }
          - { attribute: land, is: NO, thirds: 12 }
    lists:
      good: { grade.fit: { at_least: C } }
      high: { grade.climb: { at_least: C- } }
    """

  private func graded(_ fields: String, _ more: [String] = []) throws -> HandResult {
    let profile = line("p", "2026-01-01T00:00:00Z", "profile", "a", "\"fields\":{\(fields)}")
    return try HandBook(definition, [profile] + more).result()
  }

  private func grades(_ fields: String) throws -> [String?] {
    let found = try graded(fields)
    return ["grade.fit", "percent.fit", "coverage.fit", "grade.climb", "coverage.climb"]
      .map { found.cell("a", $0) }
  }

  /// Nothing known: "both are empty, which is neither F nor 0", and coverage is 0.
  @Test func theUngraded() throws {
    #expect(try grades(#""other":1"#) == ["", "", "0", "", "0"])
  }

  // Only the size, 60: percent 60, B. Coverage 2.5 / 5.5 = 45.45…, 45. The ladder: D (2) up 5 is
  // B- (7); coverage 5 / 19 = 26.3, 26.
  @Test func theUnknownIsNeutral() throws {
    #expect(try grades(#""size":50"#) == ["B", "60", "45", "B-", "26"])
  }

  // Title otherwise 40, size below 50 falls to 0: (3 × 40 + 0) / 5.5 = 21.8, 22: D. The ladder:
  // 2 − 2 − 5 is held at F. Coverage of the ladder 7 / 19 = 36.8, 37.
  @Test func theFirstMatchingEntryElseOtherwise() throws {
    #expect(try grades(#""title":"Clerk","size":49.9"#) == ["D", "22", "100", "F", "37"])
  }

  // 2 − 2 − 5 + 12 = 7, B-: only the sum is held, not each step. All is known: 100.
  @Test func onlyTheSumIsHeldOnTheLadder() throws {
    #expect(
      try grades(#""title":"Clerk","size":1,"land":"no""#) == ["D", "22", "100", "B-", "100"])
    // 2 + 2 + 5 + 12 is past A+.
    #expect(try grades(#""title":"vp","size":"5e1","land":"NO""#)[3] == "A+")
  }

  /// A size that is no number is known, and fails `min`: 0 by default.
  @Test func aValueThatIsNoNumberIsKnown() throws {
    #expect(try grades(#""size":"many""#) == ["F", "0", "45", "F", "26"])
  }

  /// percent 60 is at least a C, B- at least a C-; ungraded is neither.
  @Test func atLeast() throws {
    let found = try graded(#""size":50"#)
    #expect(found.keys("lists/good.csv") == ["a"])
    #expect(found.keys("lists/high.csv") == ["a"])
    #expect(try graded(#""x":1"#).keys("lists/good.csv") == [])
    #expect(try graded(#""title":"Clerk","size":1"#).keys("lists/good.csv") == [])
  }

  /// The latest event by order decides; a null removes, and then the account's value counts; an
  /// outcome's fields are ignored, and a nested value is as if absent.
  @Test func attributes() throws {
    func size(_ more: [String]) throws -> String? {
      try graded(#""size":1000"#, more).cell("a", "percent.fit")
    }
    let later = "2026-01-02T00:00:00Z"
    let account = line("x", later, "account_profile", "", #""account":"acme","fields":{"size":50}"#)
    #expect(try size([line("1", later, "page_view", "a", #""fields":{"size":1}"#)]) == "0")
    #expect(
      try size([line("1", "2025-01-02T00:00:00Z", "profile", "a", #""fields":{"size":1}"#)])
        == "100")
    #expect(try size([line("1", later, "profile", "a", #""fields":{"size":null}"#)]) == "")
    #expect(try size([line("1", later, "profile", "a", #""fields":{"size":[1]}"#)]) == "100")
    #expect(
      try size([line("1", later, "outcome", "a", #""outcome":"won","fields":{"size":1}"#)]) == "100"
    )
    let removed = #""account":"acme","fields":{"size":null}"#
    #expect(try size([account, line("1", later, "profile", "a", removed)]) == "60")
    #expect(try size([account, line("1", later, "profile", "a", #""account":"acme""#)]) == "100")
  }
}
