import Definition
import Foundation
import TestBooks
import Testing
import Trials

@Suite("coverage") struct CoverageTests {
  @Test("what is ignored is counted apart, and is neither matched nor told by type")
  func ignored() throws {
    let definition = try Definition.load(
      text: """
        name: covered
        ignore: { channel: test }
        interactions: { view: { type: page_view } }
        """, file: "covered.yaml")
    func line(_ id: Int, _ type: String, _ rest: String = "") -> String {
      #"{"id":"\#(id)","time":"2026-03-01T00:00:00Z","type":"\#(type)","lead":"ann"\#(rest)}"#
    }
    let test = #","channel":"test""#
    let lines = [
      line(1, "page_view"), line(2, "page_view", test), line(3, "search", test),
      line(4, "search"), line(5, "profile", test), "no event",
    ]
    let scratch = try ScratchBook()
    try scratch.writeLog([("a.ndjson", Array(lines.joined(separator: "\n").utf8))])
    let report = try coverage(of: definition, in: scratch.book)
    #expect(report.read == 6 && report.refused == 1 && report.ignored == 2)
    #expect(report.matched == 1 && report.unmatched == 1 && report.ownMeaning == 1)
    #expect(report.unmatchedByType.map(\.events) == [1])
  }

  @Test("events are matched or told by type, whatever file they stand in, and the counts balance")
  func counts() throws {
    let definition = try Definition.load(
      text: """
        name: covered
        interactions: { view: { type: page_view, path: "/a*" }, all: { type: page_view }, none: { type: x } }
        scores: { heat: { points: { view: 1, none: 2 } } }
        """, file: "covered.yaml")
    func line(_ id: Int, _ type: String, _ rest: String = "") -> String {
      #"{"id":"\#(id)","time":"2026-03-01T00:00:00Z","type":"\#(type)","lead":"ann"\#(rest)}"#
    }
    let first = [
      line(1, "page_view", #","path":"/a""#), "", line(2, "search"), "no event",
      line(3, "page_view", #","path":"/b""#), line(4, "odd \\\"type\\\""), line(5, "profile"),
      line(6, "outcome", #","outcome":"won""#), line(7, "forget"),
    ]
    let second = [line(2, "search"), line(8, "merge", #","from":"bob""#), line(9, "download")]
    let scratch = try ScratchBook()
    try scratch.writeLog([
      ("a.ndjson", Array(first.joined(separator: "\r\n").utf8)),
      ("b.ndjson", Array(second.joined(separator: "\n").utf8)),
    ])
    for _ in 0..<2 {
      let report = try coverage(of: definition, in: scratch.book)
      #expect(report.read == 11)
      #expect(report.refused == 1)
      #expect(report.ownMeaning == 4)
      #expect(report.matched == 2)
      #expect(report.unmatched == 4)
      #expect(report.interactions.map(\.occurrences) == [1, 2, 0])
      #expect(report.interactions.map(\.scores) == [["heat"], [], ["heat"]])
      #expect(report.unmatchedByType.map(\.type) == ["search", "download", #"odd "type""#])
      #expect(report.unmatchedByType.map(\.events) == [2, 1, 1])
    }
  }
}
