import Audit
import Definition
import Engine
import Foundation
import Nightly
import Notation
import TestBooks
import Testing

/// As many withdraws as merges and events, all of one lead or of many.
///
/// `SCOREBOOK_MANY_FORGETS=100000` in the environment makes that many of each, where a comparison of each with all
/// others would take days.
@Suite("Many withdraws", .serialized) struct ManyWithdrawsTests {
  private static let count =
    ProcessInfo.processInfo.environment["SCOREBOOK_MANY_FORGETS"].flatMap(Int.init) ?? 500
  private static let definition = """
    name: d
    identity: { merges: keep-first, never: ["stranger-*"] }
    interactions: { view: { type: page_view } }
    scores: { s: { points: { view: 1 } } }
    """
  private static let end = "2027-01-01T00:00:00Z"

  /// The first second of 2026 is 0.
  private static func line(
    _ id: String, _ second: Int, _ type: String, _ lead: String, _ rest: String = ""
  ) -> String {
    let time = timeText(milliseconds: 1_767_225_600_000 + Int64(second) * 1000)
    return #"{"id":"\#(id)","time":"\#(time)","type":"\#(type)","lead":"\#(lead)"\#(rest)}"# + "\n"
  }

  private func subject(_ second: Int? = nil) throws -> AuditSubject {
    let end = try #require(eventTime(Self.end))
    return AuditSubject(
      definition: try Definition.load(text: Self.definition, file: "d.yaml"),
      asOf: second.map { 1_767_225_600_000 + Int64($0) * 1000 } ?? end, knownAt: nil)
  }

  @Test("as many merges as join two leads each are taken back", arguments: ["chain", "star"])
  func merges(shape: String) throws {
    let scratch = try ScratchBook()
    var text = ""
    for number in 0..<Self.count {
      let (lead, from) = shape == "chain" ? (number + 1, number) : (0, number + 1)
      text += Self.line("e\(number)", 1, "page_view", "k\(from)")
      text += Self.line("m\(number)", 2, "merge", "k\(lead)", #","from":"k\#(from)""#)
      text += Self.line(
        "w\(number)", 3 + number, "withdraw", "k\(lead)", #","event":"m\#(number)""#)
    }
    try scratch.writeLog([("1.ndjson", Array(text.utf8))])
    let summary = try scratch.run(definition: Self.definition, asOf: Self.end).report.summary
    let events = summary.events
    #expect(events.withdraws == Self.count && events.withdrawn == Self.count)
    #expect(events.used == Self.count && events.withdrawsWithoutEffect == 0)
    #expect(summary.leads.known == Self.count && summary.largestGroups.isEmpty)
    let half = Self.count / 2
    let report = try diff(
      DiffPlan(book: scratch.book, from: subject(2 + half), to: subject(), shownMax: nil))
    #expect(report.leads.came == Self.count - half)
    #expect(Set(report.causes.map(\.cause)) == [.withdrawal])
    let explanation = try explain(
      ExplainPlan(book: scratch.book, subject: subject(), lead: "k1"))
    #expect(
      explanation.keys == ["k1"] && explanation.events.withdrawn.count == (shape == "chain" ? 1 : 0)
    )
  }

  @Test("as many events of one lead of as many keys are taken back")
  func events() throws {
    let scratch = try ScratchBook()
    var text = ""
    for number in 0..<Self.count {
      text += Self.line("e\(number)", 1, "page_view", "k\(number)")
      text += Self.line("m\(number)", 2, "merge", "k", #","from":"k\#(number)""#)
      text += Self.line("w\(number)", 3, "withdraw", "k\(number)", #","event":"e\#(number)""#)
    }
    try scratch.writeLog([("1.ndjson", Array(text.utf8))])
    let summary = try scratch.run(definition: Self.definition, asOf: Self.end).report.summary
    #expect(summary.events.withdrawn == Self.count && summary.events.used == Self.count)
    #expect(summary.leads.known == 1 && summary.leads.engaged == 0)
    #expect(summary.largestGroups == [Summary.LeadGroup(lead: "k", keys: Self.count + 1)])
    let explanation = try explain(ExplainPlan(book: scratch.book, subject: subject(), lead: "k0"))
    #expect(explanation.events.withdrawn.count == Self.count)
  }

  @Test("as many merges are held back by keep-first and by never")
  func heldBack() throws {
    let scratch = try ScratchBook()
    var text = Self.line("e", 1, "page_view", "kiosk")
    for number in 0..<Self.count {
      text += Self.line("m\(number)", 2 + number, "merge", "k\(number)", #","from":"kiosk""#)
      text += Self.line("n\(number)", 2 + number, "merge", "k\(number)", #","from":"stranger-1""#)
    }
    try scratch.writeLog([("1.ndjson", Array(text.utf8))])
    let summary = try scratch.run(definition: Self.definition, asOf: Self.end).report.summary
    #expect(summary.events.notJoined == Self.count * 2 - 1)
    #expect(summary.largestGroups == [Summary.LeadGroup(lead: "k0", keys: 2)])
    let explanation = try explain(ExplainPlan(book: scratch.book, subject: subject(), lead: "k1"))
    #expect(
      explanation.merges.isEmpty && explanation.notJoined.map(\.from) == ["kiosk", "stranger-1"])
  }

  @Test("the report names the first ten withdraws without effect, by time and place")
  func idle() throws {
    let scratch = try ScratchBook()
    let lines = (0..<12).map { number in
      Self.line("w\(number)", 20 - number, "withdraw", "k", #","event":"é\#(number)""#)
    }
    let ofAccount =
      #"{"id":"w","time":"2026-01-01T00:00:00Z","type":"withdraw","account":"a","event":"x"}"#
      + "\n"
    try scratch.writeLog([("1.ndjson", Array((lines.joined() + ofAccount).utf8))])
    let report = try scratch.run(definition: Self.definition, asOf: Self.end).report
    #expect(report.summary.events.withdrawsWithoutEffect == 13)
    let idle = try #require(report.withdrawsWithoutEffect)
    #expect(idle.map(\.event) == ["x"] + (3..<12).reversed().map { "é\($0)" })
    #expect(idle[0].account == "a" && idle[0].lead == nil && idle[1].lead == "k")
    #expect(idle[1].time == "2026-01-01T00:00:09.000Z")
  }
}
