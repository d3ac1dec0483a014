import Chance
import Engine
import Foundation
import TestBooks
import Testing

@testable import CRM

/// Whatever fails on the way, the CRM ends with what the snapshot says.
@Suite("nights of pushes") struct NightsTests {
  private static let map = """
    name: crm
    profile: generic
    accounts:
      object: accounts
      match: { key: account }
      create: true
      fields: { total: total.s, date: { column: as_of, along: true } }
    leads:
      object: leads
      match: { key: lead }
      create: true
      fields:
        account: account
        score: score.s
        stage: stage
        date: { column: as_of, along: true }
    """

  private static func definition(_ points: Int) -> String {
    """
    name: d
    journey: [first]
    interactions: { view: { type: page_view, stage: first } }
    scores: { s: { points: { view: \(points) } } }
    """
  }

  private func event(_ id: String, _ type: String, _ rest: String) -> String {
    #"{"id":"\#(id)","time":"2026-01-01T00:00:00Z","type":"\#(type)",\#(rest)}"# + "\n"
  }

  @Test("in the end its records equal the snapshot", arguments: [UInt64](1...4))
  func nights(seed: UInt64) throws {
    var dice = SeededDice(seed: seed)
    let crm = try PretendedCRM()
    try crm.write(map: Self.map)
    var log = ""
    for night in 1...8 {
      for index in 0..<6 {
        let lead = dice.below(9)
        let id = "\(night)-\(index)"
        switch dice.below(8) {
        case 0: log += event(id, "merge", #""lead":"l\#(lead)","from":"l\#(dice.below(9))""#)
        case 1: log += event(id, "forget", #""lead":"l\#(lead)""#)
        default:
          log += event(id, "page_view", #""lead":"l\#(lead)","account":"a\#(dice.below(3))""#)
        }
      }
      try crm.scratch.writeLog([("log.ndjson", Array(log.utf8))])
      try crm.scratch.run(
        definition: Self.definition(1 + dice.below(2)),
        asOf: "2026-02-\(night < 10 ? "0" : "")\(night)T00:00:00Z")
      let answers = (0..<4).map { _ in
        dice.pick([PretendedCRM.Answer.takes, .fails, .cut, .rejects])
      }
      _ = try? crm.push(answers)
    }
    try crm.push()
    try crm.push()
    #expect(
      crm.filled("leads")
        == (try crm.wanted("leads", ["account": "account", "score.s": "score", "stage": "stage"])))
    #expect(crm.filled("accounts") == (try crm.wanted("accounts", ["total.s": "total"])))
    let before = crm.rowCount
    let last = try crm.push()
    #expect(last.rows == 0)
    #expect(crm.rowCount == before, "what was acknowledged is not sent twice")
  }

  private func small(_ map: String = Self.map) throws -> PretendedCRM {
    let crm = try PretendedCRM()
    try crm.write(map: map)
    let events = ["ada", "bob", "cy"].enumerated().map { index, lead in
      event("\(index)", "page_view", #""lead":"\#(lead)","account":"acme""#)
    }
    try crm.scratch.writeLog([("log.ndjson", Array(events.joined().utf8))])
    try crm.scratch.run(definition: Self.definition(2), asOf: "2026-02-01T00:00:00Z")
    return crm
  }

  @Test("rejected rows are told of, and tried again")
  func rejected() throws {
    let crm = try small()
    let report = try crm.push([.takes, .rejects])
    #expect(report.rejectedRows == 1)
    #expect(report.rejected == ["ada"])
    #expect(crm.filled("leads").keys.sorted() == ["bob", "cy"])
    let again = try crm.push()
    #expect(again.objects.map(\.rejected) == [0, 1])
    #expect(again.rows == 1)
    #expect(crm.filled("leads").keys.sorted() == ["ada", "bob", "cy"])
  }

  @Test("an export begins where the last one ended")
  func begins() throws {
    let crm = try small()
    #expect(throws: RunError.self) { try crm.push([.takes, .fails]) }
    let report = try crm.push()
    #expect(report.objects.map(\.sent) == [0, 3])
    #expect(report.objects[1].unacknowledged == 3)
  }

  @Test("a lead that is gone is cleared, never deleted, and its key stays no longer than that")
  func cleared() throws {
    let crm = try small()
    try crm.push()
    let forget = #"{"id":"f","time":"2026-01-02T00:00:00Z","type":"forget","lead":"ada"}"# + "\n"
    try crm.scratch.writeLog([("z.ndjson", Array(forget.utf8))])
    try crm.scratch.run(definition: Self.definition(2), asOf: "2026-02-02T00:00:00Z")
    #expect(throws: RunError.self) { try crm.push([.takes, .fails]) }
    #expect(try holds("ada", crm))
    let report = try crm.push()
    #expect(report.objects[1].cleared == 1)
    #expect(crm.records["leads"]?["ada"]?.values.allSatisfy(\.isEmpty) == true)
    #expect(try !holds("ada", crm))
  }

  private func holds(_ key: String, _ crm: PretendedCRM) throws -> Bool {
    let folder = "\(crm.book.root)/pushed"
    return try FileManager.default.subpathsOfDirectory(atPath: folder).contains { path in
      let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data()
      return bytes.range(of: Data(key.utf8)) != nil
    }
  }

  @Test("a number that changes by less than min_change sends no row by itself")
  func minChange() throws {
    let map = Self.map.replacingOccurrences(
      of: "score: score.s", with: "score: { column: score.s, min_change: 5 }")
    let crm = try small(map)
    try crm.push()
    try crm.scratch.run(definition: Self.definition(6), asOf: "2026-02-02T00:00:00Z")
    #expect(try crm.push().objects[1].unchanged == 3)
    try crm.scratch.run(definition: Self.definition(7), asOf: "2026-02-03T00:00:00Z")
    #expect(try crm.push().objects[1].changed == 3)
  }

  @Test("it stops before the first file where too many are cleared; an older snapshot is refused")
  func stops() throws {
    let crm = try small()
    let old = try crm.scratch.latest().name
    try crm.push { $0.changedShareMax = 0.2 }
    let map = Self.map.replacingOccurrences(
      of: "  object: leads\n", with: "  object: leads\n  where: { lead: bob }\n")
    try crm.write(map: map)
    try crm.scratch.run(definition: Self.definition(3), asOf: "2026-02-02T00:00:00Z")
    let error = #expect(throws: RunError.self) { try crm.push { $0.changedShareMax = 0.2 } }
    #expect(error?.exitCode == 65)
    #expect(error?.message.hasPrefix("2 of 4 rows are cleared") == true)
    #expect(try crm.push().objects[1].cleared == 2)
    let older = #expect(throws: RunError.self) { try crm.push { $0.snapshot = old } }
    #expect(older?.hint == "send what is older with --older")
    #expect(throws: Never.self) {
      try crm.push {
        $0.snapshot = old
        $0.allowsOlder = true
      }
    }
  }

  @Test("an object that is not sent stays; one that the map no longer has is cleared")
  func objects() throws {
    let crm = try small()
    try crm.push()
    try crm.scratch.run(definition: Self.definition(5), asOf: "2026-02-02T00:00:00Z")
    let leads = try crm.push { $0.only = ["leads"] }
    #expect(leads.objects.map(\.table) == ["leads"])
    #expect(leads.rows == 3)
    let rest = try crm.push()
    #expect(rest.objects.map(\.changed) == [1, 0])
    let lines = Self.map.split(separator: "\n", omittingEmptySubsequences: false)
    try crm.write(map: (lines[..<2] + lines[7...]).joined(separator: "\n"))
    let error = #expect(throws: RunError.self) { try crm.push { $0.changedShareMax = 0.2 } }
    #expect(error?.message.hasPrefix("1 of 4 rows are cleared") == true)
    let cleared = try crm.push()
    #expect(cleared.objects.map(\.table) == ["leads", "accounts"])
    #expect(cleared.objects[1].cleared == 1)
    #expect(crm.filled("accounts") == [:])
    #expect(try crm.push().objects.map(\.table) == ["leads"])
  }

  @Test("a plan is acknowledged by hand, but for what was refused")
  func byHand() throws {
    let crm = try small()
    var export = crm.export()
    export.changedShareMax = 1
    _ = try exportCRM(export)
    let plan = "\(crm.book.root)/out/plan.json"
    try "nobody\n".write(toFile: "\(crm.book.root)/no", atomically: true, encoding: .utf8)
    #expect(throws: RunError.self) {
      try acknowledgeCRM(crm.book, plan: plan, rejected: "\(crm.book.root)/no")
    }
    try "bob\n".write(toFile: "\(crm.book.root)/no", atomically: true, encoding: .utf8)
    let report = try acknowledgeCRM(crm.book, plan: plan, rejected: "\(crm.book.root)/no")
    #expect(report.acknowledgedRows == 3)
    #expect(report.rejectedRows == 1)
    #expect(throws: RunError.self) { try acknowledgeCRM(crm.book, plan: plan, rejected: nil) }
    #expect(try crm.push().rows == 1)
  }

  @Test("two leads for one record are an error that names both; without a key nobody is sent")
  func twoForOne() throws {
    let map = """
      name: crm
      profile: generic
      leads: { object: leads, match: { id: attribute.crm }, fields: { score: score.s } }
      """
    let crm = try PretendedCRM()
    try crm.write(map: map)
    let events = [("ada", "7"), ("bob", "7"), ("cy", "")].map { lead, crm in
      event(
        lead, "page_view",
        #""lead":"\#(lead)""# + (crm.isEmpty ? "" : #","fields":{"crm":"\#(crm)"}"#))
    }
    try crm.scratch.writeLog([("log.ndjson", Array(events.joined().utf8))])
    let definition = Self.definition(2) + "\ncolumns: [attribute.crm]"
    try crm.scratch.run(definition: definition, asOf: "2026-02-01T00:00:00Z")
    let error = #expect(throws: RunError.self) { try crm.push() }
    #expect(error?.message.hasPrefix("'ada' and 'bob' are both the record '7'") == true)
    try crm.scratch.writeLog([("log.ndjson", Array(events.dropFirst().joined().utf8))])
    try crm.scratch.run(definition: definition, asOf: "2026-02-02T00:00:00Z")
    let report = try crm.push()
    #expect(report.objects[0].withoutKey == 1)
    #expect(crm.filled("leads").keys.sorted() == ["7"])
  }
}
