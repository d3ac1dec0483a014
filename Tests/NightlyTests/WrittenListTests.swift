import Definition
import Engine
import Foundation
import Nightly
import TestBooks
import Testing

/// Lists that are written out: who is on them, and who is in their files.
@Suite("Lists that are written out") struct WrittenListTests {
  private let definition = """
    name: lists
    interactions: { view: { type: page_view } }
    scores: { heat: { points: { view: 10 } } }
    lists:
      warm: { score.heat: { min: 10 } }
      call: { when: { score.heat: { min: 10 } }, order_by: -score.heat, first: 2 }
    """

  private func views(_ counts: [(lead: String, views: Int)], at day: String) -> [UInt8] {
    let lines = counts.flatMap { lead, views in
      (0..<views).map {
        #"{"id":"\#(lead)\#(day)\#($0)","time":"\#(day)T00:00:00Z","type":"page_view","lead":"\#(lead)"}"#
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

  private func book() throws -> ScratchBook {
    let scratch = try ScratchBook()
    try scratch.writeLog([
      ("a.ndjson", views([("ada", 1), ("bob", 3), ("cat", 2)], at: "2026-03-01"))
    ])
    return scratch
  }

  @Test("`first` limits the file alone: memberships and the summary's members are who meets `when`")
  func first() throws {
    let found = try book().run(definition: definition, asOf: "2026-03-02T00:00:00Z")
    #expect(text(found.files["lists/call.csv"]) == "lead,account,score.heat\nbob,,30\ncat,,20\n")
    #expect(
      text(found.files["memberships.csv"])
        == "lead,list\nada,call\nada,warm\nbob,call\nbob,warm\ncat,call\ncat,warm\n")
    let lists = found.report.summary.lists
    #expect(lists == ["warm": .members(3), "call": .init(members: 3, first: 2)])
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(lists))
    let counts = try #require(json as? [String: Any])
    #expect(counts["warm"] as? Int == 3)
    #expect(counts["call"] as? [String: Int] == ["members": 3, "inFile": 2])
    let again = try JSONDecoder().decode(
      [String: Summary.ListSummary].self, from: JSONEncoder().encode(lists))
    #expect(again == lists)
    #expect(Summary.ListSummary(members: 1, first: 2) == .init(members: 1, first: 1))
  }

  @Test("changes are about memberships: whoever only leaves the file has none")
  func changes() throws {
    let scratch = try book()
    try scratch.run(definition: definition, asOf: "2026-03-02T00:00:00Z")
    // Ada overtakes cat, who stays a member; dan is new.
    try scratch.writeLog([("b.ndjson", views([("ada", 4), ("dan", 1)], at: "2026-03-03"))])
    let found = try scratch.run(definition: definition, asOf: "2026-03-04T00:00:00Z")
    #expect(text(found.files["lists/call.csv"]) == "lead,account,score.heat\nada,,50\nbob,,30\n")
    let rows = NamedRows(try #require(found.files["changes.csv"])).rows
    #expect(
      rows.compactMap { row in
        row["what"].flatMap { $0.hasPrefix("list.") ? "\(row["key"] ?? "") \($0)" : nil }
      } == ["dan list.warm", "dan list.call"])
    #expect(found.report.changes?.lists["call"]?.in == 1)
    #expect(found.report.changes?.lists["call"]?.out == 0)
  }

  @Test("an attribute that only a column names is read, and blank where there is none")
  func attributes() throws {
    let scratch = try ScratchBook()
    let line =
      #"{"id":"1","time":"2026-03-01T00:00:00Z","type":"profile","lead":"ada","fields":{"title":"VP, \"Sales\"","size":12.50,"vip":true}}"#
    try scratch.writeLog([("a.ndjson", Array((line + "\n").utf8))])
    let found = try scratch.run(
      definition: """
        name: c
        columns: [attribute.title, attribute.size, attribute.vip, attribute.none]
        """,
      asOf: "2026-03-02T00:00:00Z")
    let rows = text(found.files["leads.csv"]).split(separator: "\n")
    #expect(rows[0].hasSuffix(",attribute.title,attribute.size,attribute.vip,attribute.none"))
    #expect(rows[1].hasSuffix(#","VP, ""Sales""",12.5,true,"#))
  }
}
