import Foundation
import Testing
import Upkeep

@Suite("Files as they come", .serialized)
struct StrangeFilesTests {
  private let columns = [
    "append", "--book", "acme", "--from", "csv", "--set", "type=form_fill", "--map", "lead=Email",
    "--map", "time=When",
  ]

  @Test("equal refused elements of an array are all in quarantine, each with its number")
  func elements() throws {
    let workplace = try Workplace()
    let call = #"{"type":"track","event":"x","userId":"u"}"#
    try workplace.write(
      #"[{"type":"page","userId":"u","messageId":"1","timestamp":"2026-02-01T00:00:00Z"},"#
        + "\(call),\(call),\(call)]",
      to: "calls.json")
    let outcome = try workplace.run(
      "append", "--book", "acme", "--from", "segment", "--max-refused", "100%", "calls.json")
    #expect(outcome.code == 0)
    let name = try workplace.names(in: "acme/quarantine")[0]
    let lines = try workplace.read("acme/quarantine/\(name)").split(separator: "\n")
    #expect(lines.count == 3 && (2...4).allSatisfy { lines[$0 - 2].contains("\"element\":\($0),") })
  }

  @Test("a date that could be several names the option that settles it")
  func dates() throws {
    let workplace = try Workplace()
    try workplace.write("Email,When\nada@x.example,1/15/2026 3:45 PM\n", to: "dates.csv")
    let refused = try workplace.run(columns + ["dates.csv"])
    #expect(refused.code == 65 && refused.err.contains("January 15, 2026 with --dates mdy"))
    #expect(try workplace.run(columns + ["--dates", "mdy", "dates.csv"]).code == 0)
    #expect(try workplace.run(columns + ["--date-order", "mdy", "dates.csv"]).code == 0)
  }

  @Test("a file that is no text is told in one sentence, with the command that unpacks it")
  func compressed() throws {
    let workplace = try Workplace()
    try workplace.write([UInt8]("BZh91AY&SYcy7!".utf8) + [0, 0, 0x2D], to: "a.bz2")
    for format in ["native", "segment", "access-log"] {
      let outcome = try workplace.run("append", "--book", "acme", "--from", format, "a.bz2")
      #expect(outcome.code == 65 && outcome.out.isEmpty)
      #expect(
        outcome.err
          == "error: a.bz2: the file is compressed by bzip2\nhint: unpack it: bzip2 -dc FILE | scorebook append … -\n"
      )
    }
  }

  @Test(
    "what has grown counts once: a last line without its line feed waits, unless the files are complete"
  )
  func growing() throws {
    let workplace = try Workplace()
    let text = "Email,When,Score\na@x.example,2026-01-15,9\nb@x.example,2026-01-15,1"
    let options = columns + ["--map", "score=Score"]
    try workplace.write(text, to: "a.csv")
    let first = try workplace.run(options + ["a.csv"])
    #expect(
      first.out.contains("1 appended + 0 duplicate + 1 skipped") && first.out.contains("--complete")
    )
    try workplace.write(text + "0\n", to: "a.csv")
    #expect(
      try workplace.run(options + ["a.csv"]).out.contains("1 appended + 1 duplicate + 0 skipped"))
    try workplace.write(text, to: "b.csv")
    let whole = try workplace.run(options + ["--complete", "b.csv"])
    #expect(whole.out.contains("1 appended + 1 duplicate + 0 skipped"))
  }

  @Test("keys that are none are counted")
  func nobody() throws {
    let workplace = try Workplace()
    let call =
      #"{"type":"identify","messageId":"1","userId":"undefined","anonymousId":"a-1","timestamp":"2026-01-15T10:00:00Z"}"#
    try workplace.write(call + "\n", to: "calls.json")
    let outcome = try workplace.run("append", "--book", "acme", "--from", "segment", "calls.json")
    #expect(outcome.out.contains("\n  nobody   1 key such as 'undefined' passed over\n"))
  }
}

@Suite("Exports of tools")
struct ToolExportTests {
  @Test("an export goes in with options that append's help names", arguments: ToolExport.all)
  func export(tool: ToolExport) throws {
    let workplace = try Workplace()
    try workplace.write(tool.text + "\n", to: "export")
    let outcome = try workplace.run(
      ["append", "--book", "acme", "--json"] + tool.options + ["export"])
    #expect(outcome.code == 0, "\(outcome.err)")
    let report = try JSONDecoder().decode(AppendReport.self, from: Data(outcome.out.utf8))
    #expect(report.appended == tool.events && report.events == tool.events)
  }
}
