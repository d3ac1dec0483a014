import Nightly
import TestBooks
import Testing

@Suite("what came to nothing") struct UnmetTests {
  private static let definition = """
    name: d
    interactions:
      view: { type: page_view, path: { exists: true } }
      form: { type: form_fill }
    nps: { answers: { type: nps }, value: fields.score, scale: [0, 10] }
    scores:
      s: { points: { view: 1, form: 5 } }
      t: { points: { form: 5 } }
    exclude: { lead: gone }
    """

  private func report(_ lines: [String]) throws -> RunReport {
    let scratch = try ScratchBook()
    let text = lines.enumerated().map { index, line in
      #"{"id":"\#(index)","time":"2026-03-01T00:00:00Z",\#(line)}"# + "\n"
    }.joined()
    try scratch.writeLog([("1.ndjson", Array(text.utf8))])
    return try scratch.run(definition: Self.definition, asOf: "2026-04-01T00:00:00Z").report
  }

  @Test("used events of no special type that are neither an occurrence nor an answer are counted")
  func unmatched() throws {
    let report = try report([
      #""type":"page_view","lead":"ada","path":"/""#, #""type":"page_view","lead":"ada""#,
      #""type":"nps","lead":"ada","fields":{"score":9}"#, #""type":"other","lead":"bob""#,
      #""type":"profile","lead":"bob""#, #""type":"outcome","lead":"bob","outcome":"won""#,
      #""type":"forget","lead":"carl""#, #""type":"other","lead":"gone""#,
    ])
    // One view without a path, one other, and one of a lead that is left out afterwards.
    #expect(report.unmatched == 3)
  }

  @Test("copies are not used, and so not counted")
  func copies() throws {
    let scratch = try ScratchBook()
    let line = #"{"id":"1","time":"2026-03-01T00:00:00Z","type":"other","lead":"ada"}"# + "\n"
    try scratch.writeLog([("1.ndjson", Array((line + line).utf8))])
    let report = try scratch.run(definition: Self.definition, asOf: "2026-04-01T00:00:00Z").report
    #expect(report.unmatched == 1 && report.summary.events.duplicates == 1)
  }

  @Test("rules without an occurrence are named, each with its score")
  func idleRules() throws {
    let some = try report([#""type":"page_view","lead":"ada","path":"/""#])
    #expect(
      some.idleRules.map { "\($0.score) \($0.interaction)" } == ["s form", "t form"])
    let all = try report([
      #""type":"page_view","lead":"ada","path":"/""#, #""type":"form_fill","lead":"ada""#,
    ])
    #expect(all.idleRules.isEmpty && all.unmatched == 0)
  }
}
