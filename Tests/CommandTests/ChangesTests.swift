import Foundation
import Snapshots
import Testing

/// What a run tells of last night, and whom.
@Suite("what changed since last night", .serialized)
struct ChangesTests {
  private let first = "2026-03-02T00:00:00Z"
  private let second = "2026-03-06T00:00:00Z"
  /// A key that CSV has in quotes, as JSON has it.
  private let quoted = #"cool, \"x\""#

  /// A book that has been run once: `hot` is on all lists, `cool` on none, `bye` will be forgotten.
  private func book() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(changingDefinition, to: "acme/pipeline.yaml")
    try workplace.write(
      event("1", at: "01T00:00:00", "form_fill", "hot", #","account":"big""#)
        + event("2", at: "01T01:00:00", "page_view", "hot")
        + event("3", at: "01T00:00:00", "page_view", quoted, #","account":"small""#)
        + event("4", at: "01T00:00:00", "page_view", "same")
        + event("5", at: "01T00:00:00", "form_fill", "bye"), to: "acme/log/a.ndjson")
    #expect(try workplace.run("run", "--book", "acme", "--as-of", first).code == 0)
    return workplace
  }

  /// What comes to the log afterwards.
  private var later: String {
    event("6", at: "05T00:00:00", "form_fill", quoted)
      + event("7", at: "05T00:00:00", "page_view", "new", #","account":"small""#)
      + event("8", at: "05T00:00:00", "forget", "bye")
      + event("9", at: "05T12:00:00", "page_view", "same")
  }

  @Test(
    "leads new, gone, up and down, in and out of lists and personas, accounts ready: a row each")
  func rows() throws {
    let workplace = try book()
    #expect(!workplace.exists("acme/snapshots/latest/changes.csv"))
    try workplace.write(later, to: "acme/log/b.ndjson")
    let outcome = try workplace.run("run", "--book", "acme", "--as-of", second)
    // Of hot's 60 points inactivity takes 5 after two idle days and 5 for each one more.
    #expect(
      try workplace.read("acme/snapshots/latest/changes.csv") == ##"""
        kind,key,account,what,change,before,after,at,because
        account,big,,ready,out,true,false,2026-03-03T01:00:00.000Z,time passing
        account,small,,ready,in,false,true,2026-03-05T00:00:00.000Z,event 6 at b.ndjson:1
        lead,bye,,lead,gone,,,,
        lead,bye,,persona.warmth.hot,out,,,,erasure
        lead,"cool, ""x""",small,score.heat,up,10,60,,
        lead,"cool, ""x""",small,persona.warmth.cold,out,,,2026-03-05T00:00:00.000Z,event 6 at b.ndjson:1
        lead,"cool, ""x""",small,persona.warmth.hot,in,,,2026-03-05T00:00:00.000Z,event 6 at b.ndjson:1
        lead,"cool, ""x""",small,list.call,in,,,2026-03-05T00:00:00.000Z,event 6 at b.ndjson:1
        lead,hot,big,score.heat,down,60,45,,
        lead,hot,big,persona.warmth.hot,out,,,2026-03-05T01:00:00.000Z,time passing
        lead,hot,big,persona.warmth.cold,in,,,2026-03-05T01:00:00.000Z,time passing
        lead,hot,big,list.call,out,,,2026-03-03T01:00:00.000Z,time passing
        lead,new,small,lead,new,,,,
        lead,new,small,persona.warmth.cold,in,,,2026-03-05T00:00:00.000Z,event 7 at b.ndjson:2
        lead,same,,score.heat,up,10,20,,

        """##)
    let counts = try JSONDecoder().decode(
      Changes.self, from: Data(try workplace.read("acme/snapshots/latest/changes.json").utf8))
    #expect(counts.leads.new == 1 && counts.leads.gone == 1)
    #expect(counts.scores["heat"]?.up == 2 && counts.scores["heat"]?.down == 1)
    #expect(counts.lists["call"]?.in == 1 && counts.lists["call"]?.out == 1)
    let warmth = try #require(counts.personas["warmth"])
    #expect(warmth["hot"]?.in == 1 && warmth["hot"]?.out == 2)
    #expect(warmth["cold"]?.in == 2 && warmth["cold"]?.out == 1)
    #expect(counts.accounts.ready.in == 1 && counts.accounts.ready.out == 1)
    #expect(counts.since.asOf == "2026-03-02T00:00:00.000Z" && counts.file.rows == 15)
    #expect(outcome.out.contains("; 1 new, 1 gone, call +1 -1, ready +1 -1; 9 lines read; "))
    #expect(try workplace.faults("acme", workplace.latest("acme")) == [])
  }

  @Test("the results and their name do not depend on what they are compared with")
  func determined() throws {
    let workplace = try book()
    try workplace.write(later, to: "acme/log/b.ndjson")
    #expect(try workplace.run("run", "--book", "acme", "--as-of", second).code == 0)
    let name = try workplace.latest("acme")
    let files = try workplace.files("acme", name)
    // The same again, and after a snapshot in between: what is published stays as it was.
    for asOf in [second, "2026-03-04T00:00:00Z", second] {
      #expect(try workplace.run("run", "--book", "acme", "--as-of", asOf).code == 0)
    }
    #expect(try workplace.latest("acme") == name)
    #expect(try workplace.files("acme", name) == files)
    // Brought back, it is told since another one, but is the same.
    try FileManager.default.removeItem(atPath: "\(workplace.path)/acme/snapshots/\(name)")
    #expect(try workplace.run("run", "--book", "acme", "--as-of", second).code == 0)
    let again = try workplace.files("acme", name)
    #expect(again["changes.json"] != files["changes.json"])
    let isResult = { (file: (key: String, value: [UInt8])) in !file.key.hasPrefix("changes.") }
    #expect(again.filter(isResult) == files.filter(isResult))
    // And with the snapshot named that it was told since, all of it is.
    let since = try #require(try workplace.names(in: "acme/snapshots").first)
    try FileManager.default.removeItem(atPath: "\(workplace.path)/acme/snapshots/\(name)")
    #expect(
      try workplace.run("run", "--book", "acme", "--as-of", second, "--since", since).code == 0)
    #expect(try workplace.files("acme", name) == files)
  }

  @Test(
    "another definition's snapshots are not compared with; a list that is new has its leads come in"
  )
  func definitions() throws {
    let workplace = try book()
    try workplace.write(
      changingDefinition.replacingOccurrences(of: "name: moving", with: "name: other"), to: "o.yaml"
    )
    #expect(
      try workplace.run("run", "--book", "acme", "--as-of", second, "-p", "o.yaml", "--latest")
        .code == 0)
    #expect(try workplace.latest("acme").hasPrefix("20260306"))
    #expect(!workplace.exists("acme/snapshots/latest/changes.csv"))
    try workplace.write(
      changingDefinition.replacingOccurrences(
        of: "call: {", with: "all: { activities: { min: 1 } }\n  phone: {"),
      to: "acme/pipeline.yaml")
    #expect(
      try workplace.run(
        "run", "--book", "acme", "--as-of", first.replacing("02T", with: "03T"), "--latest"
      ).code == 0)
    let changes = try workplace.read("acme/snapshots/latest/changes.csv")
    #expect(changes.contains("\nlead,same,,list.all,in,,,,definition\n"))
    #expect(changes.contains("\nlead,hot,big,list.call,out,,,,definition\n"))
  }

  @Test(
    "a snapshot before that is damaged is no reason to go without tonight's: a warning, no changes")
  func damagedBefore() throws {
    for (damage, text, other) in [
      ("leads.csv", "10", "11"), ("accounts.csv", "1", "2"),
      ("manifest.json", "\"events\" : 5", "\"events\" : 6"),
    ] {
      let workplace = try book()
      let before = try workplace.latest("acme")
      let path = "acme/snapshots/\(before)/\(damage)"
      let damaged = try workplace.read(path).replacingOccurrences(of: text, with: other)
      try workplace.write(damaged, to: path)
      let outcome = try workplace.run("run", "--book", "acme", "--as-of", second)
      #expect(
        outcome.code == 0 && outcome.err.hasPrefix("warning: acme/snapshots/\(before)/\(damage): "))
      #expect(try workplace.latest("acme") != before)
      #expect(!workplace.exists("acme/snapshots/latest/changes.csv"))
      #expect(!workplace.exists("acme/snapshots/latest/changes.json"))
    }
    let workplace = try book()
    let unknown = try workplace.run(
      "run", "--book", "acme", "--as-of", second, "--since", "20260101T000000Z-00000000")
    #expect(unknown.code == 66 && unknown.err.hasPrefix("error: --since: acme/snapshots has no"))
  }

  @Test("`--on-change` runs once a new snapshot is published, and knows where it is")
  func onChange() throws {
    let workplace = try book()
    try workplace.write(later, to: "acme/log/b.ndjson")
    let command =
      #"printf '%s|%s|%s\n' "$SCOREBOOK_SNAPSHOT" "$SCOREBOOK_CHANGES" "$(pwd)" > told; echo said; cp"#
    // The path is put behind the command: what cp is given is one argument too few.
    let failed = try workplace.run(
      "run", "--book", "acme", "--as-of", second, "--on-change", command, "--metrics-file", "x.prom"
    )
    let name = try workplace.latest("acme")
    #expect(failed.code == 74)
    #expect(failed.out.hasPrefix("moving as of ") && !failed.out.contains("said"))
    #expect(failed.err.hasPrefix("said\n"))
    #expect(failed.err.contains("' ended with exit code 1; the snapshot is published\nhint: "))
    #expect(try name.hasPrefix("20260306") && workplace.faults("acme", name) == [])
    let told = try workplace.read("told").split(separator: "|")
    #expect(
      told[0].hasSuffix("/acme/snapshots/\(name)") && told[0].hasPrefix("/") && told[1] == "15")
    #expect(try workplace.read("x.prom").contains("last_run_exit_code{book="))
    #expect(try workplace.read("x.prom").contains("} 74\n"))

    let tell = ["--on-change", "echo >> times"]
    let again = try workplace.run(["run", "--book", "acme", "--as-of", second] + tell)
    #expect(again.code == 0 && !workplace.exists("times"), "nothing new was published")
    try workplace.write("{}\n", to: "acme/log/c.ndjson")
    #expect(
      try workplace.run(["run", "--book", "acme", "--as-of", "2026-03-07T00:00:00Z"] + tell).code
        == 65)
    #expect(!workplace.exists("times"))
    try workplace.write("", to: "acme/log/c.ndjson")
    for placed in ["echo >> times", "echo \"$1\" >> times", "echo $SCOREBOOK_SNAPSHOT >> times"] {
      #expect(
        try workplace.run(
          "run", "--book", "acme", "--as-of", "2026-03-07T00:00:00Z", "--on-change", placed
        ).code == 0)
      let path = try #require(try workplace.read("times").split(separator: "\n").last)
      #expect(path.hasSuffix("/\(try workplace.latest("acme"))"))
      try FileManager.default.removeItem(atPath: "\(workplace.path)/times")
      #expect(try workplace.run("run", "--book", "acme", "--as-of", second).code == 0)
    }
  }
}
