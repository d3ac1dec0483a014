import Testing

@testable import Definition

/// What somebody types who has never written YAML, where it goes wrong, and what to write instead.
struct Slip: Sendable, CustomTestStringConvertible {
  let yaml: String
  /// `line:column: `, or how that begins.
  let place: String
  /// Part of what is told.
  let told: String

  var testDescription: String { yaml }

  init(_ yaml: String, _ place: String, _ told: String) {
    self.yaml = "name: t\n" + yaml
    self.place = place
    self.told = told
  }

  static func points(_ value: String, _ place: String, _ told: String) -> Slip {
    Slip("interactions: { a: { type: x } }\nscores:\n  s:\n    points:\n      a: \(value)", place, told)
  }

  static func score(_ key: String, _ place: String, _ told: String) -> Slip {
    Slip("interactions: { a: { type: x } }\nscores:\n  s:\n    \(key)\n    points: { a: 5 }", place, told)
  }

  static func list(_ test: String, _ place: String, _ told: String) -> Slip {
    Slip(
      "interactions: { a: { type: x } }\nscores: { s: { points: { a: 5 } } }\nlists:\n  hot: \(test)",
      place, told)
  }

  static let layout = [
    Slip("interactions:\n  view:\n    type: page_view\n   path: /x", "5:4", "line 5 is indented by 3, its neighbours by 4"),
    Slip("interactions:\n    a: { type: x }\n   b: { type: y }", "4:4", "line 4 is indented by 3, its neighbours by 4"),
    Slip("timezone: UTC\n  week_starts: monday", "3:1", "indent it by 0"),
    Slip("interactions:\n\ta: { type: x }", "3:1", "indent with spaces"),
    Slip("interactions:\n  - a: { type: x }", "3:3", "leave out the '- '"),
    Slip("interactions:\na: { type: x }", "2:", "stands below it, indented further"),
    Slip("interactions:\n  a:\n  type: x", "3:", "stands below it, indented further"),
    Slip("journey:\n  -a\n  -b", "3:3", "a dash needs a space behind it"),
    Slip("journey:\n  - a\n  b", "4:3", "has no colon"),
    Slip("timezone UTC\nlists: {}", "2:1", "write timezone: UTC"),
    Slip("interactions\n  a: { type: x }", "2:1", "write interactions:"),
    Slip("// a note\ninteractions: {}", "2:1", "write # a note"),
  ]

  static let signs = [
    Slip("interactions:\n  v: {type:page_view}", "3:7", "write type: page_view"),
    Slip("interactions:\n  v:\n    type:page_view", "4:5", "a colon needs a space behind it"),
    Slip("interactions:\n  v: { type=x }", "3:8", "write type: x"),
    Slip("interactions:\n  a: { type: x\n  b: { type: y }", "3:6", "'{' that opens here is not closed"),
    Slip("interactions:\n  a: { type: x }}\n  b: { type: y }", "3:17", "one '}' too many"),
    Slip("journey: [a, b\nscores: {}", "2:10", "'[' that opens here is not closed"),
    Slip("interactions:\n  a: { type: x, path: \"/a }\n  b: { type: y, path: \"/b\" }", "3:6", "close it with \""),
    Slip("interactions:\n  a: { type: y, path: *b }", "3:23", "write \"*b\""),
    Slip("interactions:\n  a: { type: y, path: %b }", "3:23", "write \"%b\""),
    Slip("interactions:\n  a: { type: y, path: @b }", "3:23", "write \"@b\""),
    Slip("interactions:\n  a: { type: y, path: `b` }", "3:23", "write \"`b`\""),
    Slip("interactions:\n  a: { type: x, path: \"C:\\docs\" }", "3:", "a \\ begins an escape"),
    Slip("interactions:\n  a: { type: x, form: 'it's' }", "3:", "around text with ' in it"),
    Slip("interactions:\n  a: { type: x, form: “contact” }", "3:23", "write \"contact\""),
    Slip("interactions:\n  a: { type: x; path: y }", "3:", "write , between two"),
    Slip("interactions:\n  a: ( type: x )", "3:", "write { and }"),
    Slip("timezone: Europe: Tallinn", "2:", "a second colon in this line"),
    Slip("journey: a, b", "2:10", "write [a, b]"),
    Slip("journey: a > b", "2:10", "write [a, b]"),
  ]

  static let numbers = [
    points("\"20\"", "6:10", "write 20, without quotes"),
    points("20%", "6:10", "write 20"),
    points("2,5", "6:10", "write 2.5"),
    points("1.000,5", "6:10", "write 1000.5"),
    points("+20 points", "6:10", "write 20"),
    points("3 per day", "6:10", "write 3, and behind it per: day"),
    points("20 b: 30", "6:", "a second colon in this line"),
    points("{ points: 2,5 }", "6:", "decimals begin with a point: 2.5"),
    points("{ points: 20, limit: 3 per day }", "6:", "write 3, and behind it per: day"),
    score("half_life: 30 days", "5:16", "did you mean '30d'?"),
    score("half_life: 30", "5:16", "did you mean '30d'?"),
    score("expires: 1 year", "5:14", "did you mean '365d'?"),
    score("expires: 6M", "5:14", "did you mean '180d'?"),
    score("expires: 6 months", "5:14", "did you mean '180d'?"),
    score("fade: 2 weeks", "5:11", "did you mean '2w'?"),
    score("range: 0-100", "5:12", "write [0, 100]"),
    score("range: [0 100]", "5:12", "write [0, 100]"),
  ]

  static let tests = [
    list("{ score.s: \">= 40\" }", "5:19", "write { min: 40 }"),
    list("{ score.s: >= 40 }", "5:19", "write { min: 40 }"),
    list("\n    score.s: >= 40", "6:14", "write { min: 40 }"),
    list("score.s > 40", "5:8", "write { score.s: { above: 40 } }"),
    list("{ score.s: 40+ }", "5:19", "write { min: 40 }"),
    list("{ score.s: 40-60 }", "5:19", "write { min: 40, max: 60 }"),
    list("{ score.s: { min: 40% } }", "5:", "write 40"),
    list("{ score.s: { gte: 40 } }", "5:", "did you mean 'min'?"),
    list("{ score.s: { less_than: 40 } }", "5:", "did you mean 'below'?"),
    list("{ country: EE }", "5:10", "attribute.country"),
    list("{ attribute.country: { exists: yes } }", "5:", "write true"),
    Slip("Lists: {}", "2:1", "did you mean 'lists'?"),
    Slip("interactions:\n  My View: { type: x }", "3:3", "'my-view'"),
  ]
}

@Suite("slips of the pen") struct SlipTests {
  static let all = Slip.layout + Slip.signs + Slip.numbers + Slip.tests

  @Test("each is told with its line, what is wrong and what to write", arguments: all)
  func told(_ slip: Slip) {
    let faults = faults(in: slip.yaml)
    #expect(
      faults.contains { $0.hasPrefix(slip.place) && $0.contains(slip.told) }, "\(faults)")
  }

  @Test("there are fifty and more")
  func count() { #expect(SlipTests.all.count > 50) }

  private func faults(in yaml: String) -> [String] {
    do throws(DefinitionFaults) {
      _ = try Definition.load(text: yaml, file: "f")
      return []
    } catch {
      return error.faults.map { String($0.description.dropFirst("f:".count)) }
    }
  }
}
