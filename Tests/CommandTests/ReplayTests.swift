import Foundation
import Testing

/// What an analyst sees.
@Suite("replay, sweep and coverage as commands", .serialized)
struct ReplayCommandTests {
  private func book() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    try workplace.write(
      event("1", at: "01T00:00:00", "form_fill", "hot", #","account":"big""#)
        + event("2", at: "01T01:00:00", "page_view", "hot")
        + event("3", at: "01T00:00:00", "page_view", #"odd\u001b[31m"#, #","account":"small""#)
        + event("4", at: "01T00:00:00", "search", "same"), to: "acme/log/a.ndjson")
    return workplace
  }

  private let time = ["--as-of", "2026-03-02T00:00:00Z"]

  @Test("what moves is told, lead by lead with --csv, and nothing is published")
  func tells() throws {
    let workplace = try book()
    let outcome = try workplace.run(
      "replay", "--book", "acme", "--as-of", "2026-03-02T00:00:00Z", "--set",
      "scores.heat.points.demo=45", "--set", "lists.call.score.heat.min=56")
    #expect(outcome.code == 0, "\(outcome.err)")
    #expect(outcome.out.contains("score heat: 0 up, 1 down, 2 the same"))
    #expect(outcome.out.contains("hot  60  ->  55  demo 50 -> 45"))
    #expect(outcome.out.contains("out of call:\n      hot\n"))
    #expect(outcome.out.contains("accounts ready: 1 -> 0"))
    #expect(!outcome.out.contains("\u{1b}"))
    let rows = try workplace.run(
      "replay", "--book", "acme", "--as-of", "2026-03-02T00:00:00Z", "--csv", "--set",
      "scores.heat.points.demo=45", "--set", "lists.call.score.heat.min=56")
    #expect(
      rows.out == """
        kind,key,account,what,change,before,after,at,because
        account,big,,ready,out,true,false,,definition
        lead,hot,big,score.heat,down,60,55,,
        lead,hot,big,list.call,out,,,,definition

        """)
    #expect(!workplace.exists("acme/snapshots"))
  }

  @Test("controls in a lead's name are written out")
  func controls() throws {
    let outcome = try book().run(
      "replay", "--book", "acme", "--as-of", "2026-03-02T00:00:00Z", "--set",
      "scores.heat.points.view=11")
    #expect(outcome.out.contains(#"odd\u{1b}[31m"#))
    #expect(!outcome.out.contains("\u{1b}"))
  }

  @Test("--save writes the definition as set, and --out a snapshot that can be compared with")
  func keeps() throws {
    let workplace = try book()
    let outcome = try workplace.run(
      "replay", "--book", "acme", "--as-of", "2026-03-02T00:00:00Z", "--set",
      "scores.heat.points.demo=45", "--save", "new.yaml", "--out", "kept")
    #expect(outcome.code == 0, "\(outcome.err)")
    #expect(
      try workplace.read("new.yaml")
        == changingDefinition.replacingOccurrences(of: "demo: 50", with: "demo: 45"))
    let names = try workplace.names(in: "kept")
    #expect(
      names == [
        "accounts.csv", "leads.csv", "lists", "manifest.json", "memberships.csv", "summary.json",
        "tallies.csv",
      ])
    let same = try workplace.run(
      "replay", "--book", "acme", "-p", "new.yaml", "--against", "kept", "--json")
    let json = try JSONSerialization.jsonObject(with: Data(same.out.utf8)) as? [String: Any]
    #expect(json?["schema"] as? Int == 1)
    #expect((json?["leads"] as? [String: Any])?["moved"] as? Int == 0)
    #expect(json?["asOf"] as? String == "2026-03-02T00:00:00.000Z")
    let again = try workplace.run(
      "replay", "--book", "acme", "--set", "scores.heat.points.demo=45", "--out", "kept")
    #expect(again.code == 73)
  }

  @Test("a path that leads nowhere is a wrong command line that says what is there")
  func wrongPath() throws {
    let workplace = try book()
    for command in [["replay", "--set"], ["sweep", "--set"]] {
      let outcome = try workplace.run(
        command[0], "--book", "acme", command[1], "scores.heat.points.dmo=45")
      #expect(outcome.code == 64)
      #expect(outcome.err.contains("'scores.heat.points' has no 'dmo'"))
      #expect(outcome.err.contains("did you mean 'demo'?"))
    }
    let nothing = try workplace.run("replay", "--book", "acme")
    #expect(nothing.code == 64)
    #expect(nothing.err.contains("nothing to compare with"))
    let missing = try workplace.run("replay", "--book", "acme", "--against", "nowhere")
    #expect(missing.code == 66)
  }

  @Test("a sweep is a table, a row for each number with --csv")
  func sweeps() throws {
    let workplace = try book()
    let outcome = try workplace.run(
      "sweep", "--book", "acme", "--as-of", "2026-03-02T00:00:00Z", "--vary",
      "lists.call.score.heat.min=50:70:10", "--csv")
    #expect(outcome.code == 0, "\(outcome.err)")
    let lists = outcome.out.split(separator: "\n").filter { $0.contains(",list,") }
    #expect(lists == ["50,list,call,1,0,0", "60,list,call,1,0,0", "70,list,call,0,0,1"])
    let rules = try workplace.run("sweep", "--book", "acme", "--as-of", "2026-03-02T00:00:00Z")
    #expect(rules.out.contains("rules that never match: none"))
    let three = try workplace.run(
      "sweep", "--book", "acme", "--vary", "a=1:2:1", "--vary", "b=1:2:1", "--vary", "c=1:2:1")
    #expect(three.code == 64)
  }

  @Test("check --coverage tells what nothing matches")
  func covers() throws {
    let outcome = try book().run("check", "acme/pipeline.yaml", "--coverage", "acme")
    #expect(outcome.code == 0, "\(outcome.err)")
    #expect(outcome.out.contains("4 lines = 3 matched + 1 unmatched + 0 profiles"))
    #expect(outcome.out.contains("  search  1  "))
  }
}
