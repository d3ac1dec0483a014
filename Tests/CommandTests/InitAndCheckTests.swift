import Foundation
import Testing

@Suite("init and check", .serialized)
struct InitAndCheckTests {
  @Test("`init DIR` makes a book with an example definition, which `check` finds sound")
  func makes() throws {
    let workplace = try Workplace()
    let made = try workplace.run("init", "acme")
    #expect(made.code == 0 && made.err.isEmpty)
    #expect(
      made.out == """
        made the book acme; its definition is acme/pipeline.yaml
        next: scorebook append --book acme EVENTS.ndjson, then: scorebook run --book acme

        """)
    #expect(try workplace.names(in: "acme") == ["log", "pipeline.yaml"])
    let checked = try workplace.run("check", "acme/pipeline.yaml")
    #expect(checked.code == 0 && checked.err.isEmpty)
    #expect(checked.out.hasPrefix("acme/pipeline.yaml: sound, and its 1 example"))
  }

  @Test("`init` where there is a book already changes nothing")
  func twice() throws {
    let workplace = try Workplace()
    _ = try workplace.run("init", "acme")
    try workplace.write("name: mine\n", to: "acme/pipeline.yaml")
    let again = try workplace.run("init", "acme")
    #expect(again.code == 0 && again.err.isEmpty)
    #expect(again.out.hasPrefix("acme is a book already; nothing was changed\n"))
    #expect(try workplace.read("acme/pipeline.yaml") == "name: mine\n")
  }

  @Test("`init` where no folder can be made ends with 73")
  func cannotCreate() throws {
    let workplace = try Workplace()
    try workplace.write("", to: "file")
    let outcome = try workplace.run("init", "file/acme")
    #expect(outcome.code == 73 && outcome.out.isEmpty)
    #expect(outcome.err.hasPrefix("error: file/acme: cannot create the folder\n"))
  }

  @Test(
    "an empty definition is one with a mistake, and none is no input", arguments: ["check", "run"])
  func empty(command: String) throws {
    let workplace = try Workplace()
    _ = try workplace.run("init", "acme")
    try workplace.write("", to: "empty.yaml")
    func run(_ file: String) throws -> Outcome {
      try workplace.run(
        command == "check" ? ["check", file] : ["run", "--book", "acme", "-p", file])
    }
    let empty = try run("empty.yaml")
    #expect(empty.code == 65 && empty.err.hasPrefix("empty.yaml:1:1: the file is empty"))
    #expect(try run("none.yaml").code == 66)
    #expect(try run("acme").code == 66)
  }

  @Test("a book's own definition is a file; a pipe in its place holds nothing up")
  func pipe() throws {
    let workplace = try Workplace()
    _ = try workplace.run("init", "acme")
    let path = "\(workplace.path)/acme/pipeline.yaml"
    #expect(unlink(path) == 0 && mkfifo(path, 0o644) == 0)
    _ = try workplace.run("append", "--book", "acme", input: event("1", "t", "ada"))
    for command in [["run"], ["replay"], ["sweep"], ["erase", "ada"]] {
      let outcome = try workplace.run(command + ["--book", "acme"])
      #expect(outcome.code == 66, "\(command): \(outcome.err)")
    }
    #expect(try workplace.run("verify", "--full", "--book", "acme").code == 0)
    // A shell's own pipes are read.
    let given = try workplace.shell("scorebook run --book acme -p <(echo 'name: x') -q")
    #expect(given.code == 0 && given.err.isEmpty)
  }

  @Test("every mistake is told with its place, the line and a caret, and the exit code is 65")
  func mistakes() throws {
    let workplace = try Workplace()
    try workplace.write(
      """
      name: first
      interactions:
        view: { type: page_view }
      scores:
        s: { points: { veiw: 1, paper: 2 } }

      """, to: "a.yaml")
    let outcome = try workplace.run("check", "a.yaml")
    #expect(outcome.code == 65 && outcome.out.isEmpty)
    #expect(
      outcome.err == """
        a.yaml:5:18: unknown interaction 'veiw'; did you mean 'view'?
            s: { points: { veiw: 1, paper: 2 } }
                           ^
        a.yaml:5:27: unknown interaction 'paper'; there are: view
            s: { points: { veiw: 1, paper: 2 } }
                                    ^

        """)
  }

  private let failing = """
    name: failing
    interactions:
      view: { type: page_view }
    scores:
      s: { points: { view: 1 } }
    examples:
      - name: one view
        events:
          - { time: 2026-03-01T00:00:00Z, type: page_view }
        expect: { score.s: 2, count.view: 1 }
      - name: no view
        events:
          - { time: 2026-03-01T00:00:00Z, type: other }
        expect: { score.s: 0 }

    """

  @Test("an example that does not come out is told with its place, and the exit code is 1")
  func failingExample() throws {
    let workplace = try Workplace()
    try workplace.write(failing, to: "a.yaml")
    let outcome = try workplace.run("check", "a.yaml")
    #expect(outcome.code == 1 && outcome.err.isEmpty)
    #expect(
      outcome.out == """
        a.yaml:10:15: example 'one view': expected score.s to be 2, but it is 1
        a.yaml: sound, but 1 of its 2 examples does not come out

        """)
  }

  @Test("several files are all checked; the highest exit code counts")
  func severalFiles() throws {
    let workplace = try Workplace()
    try workplace.write(failing, to: "failing.yaml")
    try workplace.write("name: good\n", to: "good.yaml")
    try workplace.write("nome: bad\n", to: "bad.yaml")
    let outcome = try workplace.run("check", "bad.yaml", "good.yaml", "failing.yaml")
    #expect(outcome.code == 65)
    #expect(outcome.err.hasPrefix("bad.yaml:1:1: "))
    #expect(outcome.out.contains("good.yaml: sound; it has no examples\n"))
    #expect(outcome.out.contains("failing.yaml: sound, but 1 of its 2 examples"))
    #expect(try workplace.run("check", "good.yaml", "failing.yaml").code == 1)
  }

  @Test("a definition that is not there ends with 66, one that is not UTF-8 with 65")
  func unreadable() throws {
    let workplace = try Workplace()
    let missing = try workplace.run("check", "nope.yaml")
    #expect(missing.code == 66 && missing.out.isEmpty)
    #expect(missing.err.hasPrefix("error: nope.yaml: no such definition\nhint: "))
    try workplace.write([0x6e, 0xff], to: "latin.yaml")
    let latin = try workplace.run("check", "latin.yaml")
    #expect(latin.code == 65 && latin.err.hasPrefix("error: latin.yaml: not UTF-8\n"))
  }

  @Test("`--json` gives the report, and any error, as JSON")
  func json() throws {
    let workplace = try Workplace()
    try workplace.write(failing, to: "a.yaml")
    let outcome = try workplace.run("check", "--json", "a.yaml")
    #expect(outcome.code == 1 && outcome.err.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
    let reports = try #require(object as? [[String: Any]])
    #expect(reports.count == 1 && reports[0]["examples"] as? Int == 2)
    let failures = try #require(reports[0]["failures"] as? [[String: Any]])
    #expect(failures[0]["line"] as? Int == 10 && failures[0]["column"] as? Int == 15)
    let missing = try workplace.run("check", "--json", "nope.yaml")
    let error = try JSONSerialization.jsonObject(with: Data(missing.err.utf8)) as? [String: Any]
    #expect(missing.code == 66 && error?["code"] as? Int == 66)
    #expect((error?["error"] as? String)?.hasPrefix("nope.yaml") == true)
  }

  @Test(
    "help goes to stdout and says how the command ends",
    arguments: [[], ["init"], ["check"], ["run"], ["append"]])
  func help(command: [String]) throws {
    let workplace = try Workplace()
    let arguments = command + ["--help"]
    let outcome =
      arguments.count == 1
      ? try workplace.run(arguments[0]) : try workplace.run(arguments[0], arguments[1])
    #expect(outcome.code == 0 && outcome.err.isEmpty)
    #expect(outcome.out.contains("EXIT STATUS"))
    #expect(outcome.out.contains("USAGE: scorebook"))
  }

  @Test("the version goes to stdout")
  func version() throws {
    let outcome = try Workplace().run("--version")
    #expect(outcome.code == 0 && outcome.err.isEmpty)
    #expect(outcome.out.range(of: #"^\d+\.\d+\.\d+\n$"#, options: .regularExpression) != nil)
  }
}
