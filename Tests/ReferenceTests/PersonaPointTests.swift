import Testing

@testable import Reference

@Suite struct PersonaPointTests {
  /// The persona of a lead with these attributes, of entries a, b and c by the attribute of that name.
  private func persona(_ settings: String, _ fields: String) throws -> String? {
    let definition = """
      name: test
      interactions:
        view: { type: page_view }
      scores:
        s: { points: { view: 1 } }
      personas:
        role: { highest: { first: attribute.a, second: attribute.b, third: attribute.c }\(settings) }
      """
    let lines = [line("1", "2026-01-01T00:00:00Z", "profile", "x", "\"fields\":{\(fields)}")]
    return try HandBook(definition, lines).result().cell("x", "persona.role")
  }

  @Test func itIsTheEntryWithTheGreatestPresentValue() throws {
    #expect(try persona("", #""a":1,"b":3,"c":2"#) == "second")
    #expect(try persona("", #""a":1,"c":"2.5""#) == "third")
    #expect(try persona("", #""a":"x","b":true,"c":1"#) == "third")
    #expect(try persona("", #""a":"x""#) == "")
  }

  @Test func withoutMinItMustBeAboveZero() throws {
    #expect(try persona("", #""a":0"#) == "")
    #expect(try persona("", #""a":-1"#) == "")
    #expect(try persona("", #""a":5e-324"#) == "first")
    #expect(try persona(", min: 10", #""a":9.999999"#) == "")
    #expect(try persona(", min: 10", #""a":10"#) == "first")
    #expect(try persona(", min: -5", #""a":-5"#) == "first")
  }

  @Test func itMustBeGapAboveEveryOtherPresentValue() throws {
    #expect(try persona(", gap: 5", #""a":10,"b":5,"c":"x""#) == "first")
    #expect(try persona(", gap: 5", #""a":10,"b":5.000001"#) == "")
    #expect(try persona(", gap: 5", #""a":2"#) == "first")
    #expect(try persona(", min: -9, gap: 1", #""a":-2,"b":-1"#) == "second")
  }

  @Test func ofEqualsItIsTheFirstInTheMapping() throws {
    #expect(try persona("", #""a":1,"b":7,"c":"7.0""#) == "second")
    #expect(try persona(", gap: 0.000001", #""b":7,"c":7"#) == "")
  }

  // 2^53 and 2^53 + 2 differ by 2, though 2^53 + 1 is no binary64; and beside 1e300 one is nothing:
  // 1e300 is not above 1e300 by one.
  @Test func allIsComparedExactly() throws {
    #expect(try persona(", gap: 2", #""a":9007199254740992,"b":9007199254740994"#) == "second")
    #expect(try persona(", gap: 2.000001", #""a":9007199254740992,"b":9007199254740994"#) == "")
    #expect(try persona(", gap: 1", #""a":1e300,"b":1e300"#) == "")
    #expect(try persona(", gap: 1", #""a":1e300,"b":1e299"#) == "first")
  }

  // Three views: raw 0.999999, which rounds to a score of 1. As raw it is below the min of 1.
  @Test func aRawCountsWithAllItsDecimals() throws {
    let definition = """
      name: test
      interactions:
        view: { type: page_view }
      scores:
        s: { points: { view: 0.333333 } }
      personas:
        exact: { highest: { low: raw.s }, min: 1 }
        whole: { highest: { low: score.s }, min: 1 }
        after: [ { name: both, when: { persona.whole: low } } ]
      """
    let found = try HandBook(
      definition, (1...3).map { line("\($0)", "2026-01-01T00:00:00Z", "page_view", "a") }
    ).result()
    #expect(found.cell("a", "raw.s") == "0.999999")
    #expect(found.cell("a", "persona.exact") == "")
    #expect(found.cell("a", "persona.whole") == "low")
    #expect(found.cell("a", "persona.after") == "both")
    #expect(found.keys("lists/whole.low.csv") == ["a"])
    #expect(found.keys("lists/exact.low.csv") == [])
    #expect(
      found.result.files["memberships.csv"] == "lead,list\na,after.both\na,whole.low\n")
  }
}
