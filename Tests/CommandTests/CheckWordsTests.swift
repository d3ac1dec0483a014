import Foundation
import Testing

/// What `check` says beside mistakes and examples, and `describe`.
@Suite("check and describe") struct CheckWordsTests {
  private static let warned = """
    name: warned
    interactions:
      view: { path: /a }
    scores:
      s: { points: { view: 1 } }

    """

  @Test("a warning goes to stderr with its place; the exit code is 0, and 1 with --strict")
  func warnings() throws {
    let workplace = try Workplace()
    try workplace.write(Self.warned, to: "a.yaml")
    let outcome = try workplace.run("check", "a.yaml")
    #expect(outcome.code == 0 && outcome.out == "a.yaml: sound; it has no examples\n")
    #expect(
      outcome.err.hasPrefix("warning: a.yaml:3:9: interaction 'view' asks for no 'type'"))
    let strict = try workplace.run("check", "--strict", "a.yaml")
    #expect(strict.code == 1 && strict.err == outcome.err)
    let json = try workplace.run("check", "--strict", "--json", "a.yaml")
    let reports =
      try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [[String: Any]]
    let warnings = try #require(reports?.first?["warnings"] as? [[String: Any]])
    #expect(json.code == 1 && json.err.isEmpty)
    #expect(warnings.count == 1 && warnings[0]["line"] as? Int == 3)
    #expect(warnings[0]["hint"] as? String != nil)
    try workplace.write(
      Self.warned.replacing("{ path", with: "{ type: page_view, path"), to: "b.yaml")
    #expect(try workplace.run("check", "--strict", "b.yaml").code == 0)
    let both = try workplace.run("check", "--strict", "b.yaml", "a.yaml")
    #expect(both.code == 1)
  }

  @Test("--schema prints a JSON Schema, and stands alone")
  func schema() throws {
    let workplace = try Workplace()
    let outcome = try workplace.run("check", "--schema")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any]
    #expect(outcome.code == 0 && outcome.err.isEmpty)
    #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    #expect(try workplace.run("check", "--schema", "a.yaml").code == 64)
    #expect(try workplace.run("check").code == 64)
  }

  @Test("--free-mail prints the list, one domain a line, and takes no definition")
  func freeMail() throws {
    let workplace = try Workplace()
    let outcome = try workplace.run("check", "--free-mail")
    let lines = outcome.out.split(separator: "\n")
    #expect(outcome.code == 0 && outcome.err.isEmpty && lines.count >= 150)
    #expect(lines.contains("gmail.com"))
    let json = try workplace.run("check", "--free-mail", "--json")
    let names = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String]
    #expect(names?.count == lines.count)
    #expect(try workplace.run("check", "--free-mail", "a.yaml").code == 64)
  }

  @Test("describe says what a definition does, as text and as JSON")
  func describe() throws {
    let workplace = try Workplace()
    try workplace.write(Self.warned, to: "a.yaml")
    let outcome = try workplace.run("describe", "a.yaml")
    #expect(outcome.code == 0 && outcome.err.isEmpty)
    #expect(outcome.out.contains("\nScore s\n - A view is worth 1 point.\n"))
    #expect(outcome.out.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let json = try workplace.run("describe", "--json", "a.yaml")
    let object = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    let sections = try #require(object?["sections"] as? [[String: Any]])
    #expect(object?["definition"] as? String == "warned" && sections.count == 3)
    try workplace.write("nome: x\n", to: "bad.yaml")
    let bad = try workplace.run("describe", "bad.yaml")
    #expect(bad.code == 65 && bad.out.isEmpty && bad.err.hasPrefix("bad.yaml:1:1: "))
    #expect(try workplace.run("describe", "nope.yaml").code == 66)
  }

  @Test("the long report of a run names rules without an occurrence, and counts what met nothing")
  func unmet() throws {
    let workplace = try Workplace()
    let definition = """
      name: d
      interactions: { view: { type: page_view }, form: { type: form_fill } }
      scores: { s: { points: { view: 1, form: 5 } } }

      """
    try workplace.write(definition, to: "d.yaml")
    _ = try workplace.run("init", "acme")
    let lines = ["other", "page_view"].enumerated().map { number, type in
      #"{"id":"\#(number)","time":"2026-03-01T00:00:00Z","type":"\#(type)","lead":"ada"}"#
    }
    let input = lines.joined(separator: "\n") + "\n"
    #expect(try workplace.run("append", "--book", "acme", input: input).code == 0)
    let outcome = try workplace.run("run", "--book", "acme", "-p", "d.yaml", "--details")
    #expect(outcome.out.contains("\nrules of s without an occurrence: form\n"))
    #expect(outcome.out.contains("\n1 used event was neither an occurrence nor an answer\n"))
  }
}
