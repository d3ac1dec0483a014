import Testing

@testable import Reference

@Suite struct ConditionTests {
  /// Whether a predicate, as YAML, holds for a value, as JSON; no value: absent.
  private func holds(_ predicate: String, _ value: String? = nil) throws -> Bool {
    let condition = try Condition(Yaml(parsing: "x: " + predicate), handClock())
    let scalar = try value.flatMap { try StrictJSON.parse(Array($0.utf8)).scalar }
    return condition.holds { _ in scalar }
  }

  @Test func globs() throws {
    #expect(try holds(#""VP*""#, #""vp of sales""#))
    #expect(try holds(#""VP*""#, #""VP""#))
    #expect(try !holds(#""VP*""#, #""an VP""#))
    #expect(try holds(#""a?c""#, #""aéc""#))
    #expect(try !holds(#""a?c""#, #""ac""#))
    #expect(try holds(#""*a*b*""#, #""xaaxb""#))
    #expect(try !holds(#""[ab]""#, #""a""#))
    #expect(try holds(#""""#, #""""#))
    #expect(try holds(#"["x", "y"]"#, #""Y""#))
  }

  /// Final sigma, Kelvin, long s and sharp S fold to one character each; ß to no two, and the
  /// dotted İ to nothing else.
  @Test func caseIsFoldedSimply() throws {
    #expect(try holds("ΣΊΣΥΦΟΣ", #""σίσυφος""#))
    #expect(try holds("kelvin", #""\u212aELVIN""#))
    #expect(try holds("s", #""\u017f""#))
    #expect(try holds("straße", #""STRA\u1e9eE""#))
    #expect(try !holds("strasse", #""straße""#))
    #expect(try !holds("i", #""\u0130""#))
    #expect(try holds("привет", #""ПРИВЕТ""#))
    #expect(try !holds("é", #""e\u0301""#))
  }

  @Test func numbers() throws {
    #expect(try holds("100", #""1e2""#))
    #expect(try holds("100", "100.0"))
    #expect(try !holds("100", #""100 ""#))
    #expect(try !holds("100", #""+100""#))
    #expect(try !holds("1", "true"))
    #expect(try holds("{ min: 5, max: 5 }", #""5.0""#))
    #expect(try !holds("{ above: 5 }", "5"))
    #expect(try !holds("{ below: 5 }", "5"))
    #expect(try !holds("{ min: 0 }", #""many""#))
    #expect(try !holds("{ min: 0 }", #""1e400""#))
    #expect(try holds("{ is: [1, 2.5] }", "25e-1"))
  }

  /// By its text 1e2 is 100, 0.50 is 0.5, −0 is 0.
  @Test func numbersMeetPatternsByTheirText() throws {
    #expect(try holds(#""1*0""#, "1e2"))
    #expect(try holds(#""0.5""#, "0.50"))
    #expect(try holds(#""0""#, "-0.0"))
    #expect(try !holds(#""100""#, #""1e2""#))
    #expect(try holds(#""t*""#, "true"))
  }

  /// `NO` is Norway, and so are `yes` and `True` texts.
  @Test func booleans() throws {
    #expect(try holds("true", "true"))
    #expect(try holds("true", #""TRUE""#))
    #expect(try !holds("true", "1"))
    #expect(try !holds("true", "false"))
    #expect(try holds("NO", #""no""#))
    #expect(try !holds("NO", "false"))
    #expect(try holds("False", "false"))
  }

  @Test func whatIsAbsent() throws {
    #expect(try holds("{ exists: false }"))
    #expect(try !holds("{ exists: true }"))
    #expect(try !holds(#""*""#))
    #expect(try !holds("{ min: 0 }"))
    #expect(try holds("{ exists: true }", #""""#))
    #expect(try !holds("{ exists: false }", #""""#))
  }

  @Test func nesting() throws {
    func holds(_ yaml: String, _ values: [String: Double]) throws -> Bool {
      try Condition(Yaml(parsing: yaml), handClock()).holds { values[$0].map { .number($0) } }
    }
    #expect(try holds("{ any: [ { a: 1 }, { b: 2 } ], not: { c: 3 } }", ["b": 2]))
    #expect(try !holds("{ any: [ { a: 1 }, { b: 2 } ], not: { c: 3 } }", ["b": 2, "c": 3]))
    #expect(try !holds("{ all: [ { a: 1 }, { b: 2 } ] }", ["b": 2]))
    #expect(try !holds("{ a: 1, b: 2 }", ["a": 1]))
  }
}
